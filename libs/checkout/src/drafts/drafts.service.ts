import { Inject, Injectable } from '@nestjs/common';
import { Stock } from '@libs/catalog';
import { newId } from '@libs/kernel';
import type { StoreReader, StoreWriter, WriteOptions } from '@platform/database';
import { checkVersion } from '@platform/http';
import { blankCheckout } from '../checkouts/blank-checkout';
import { Buyers, type KnownBuyer } from '../checkouts/buyers.service';
import type { Address, Checkout } from '../checkouts/checkout';
import { PaymentRequested } from '../checkouts/checkout.events';
import { CheckoutQuotes } from '../checkouts/checkout-quotes.service';
import {
  type CheckoutRow,
  insertCheckout,
  lockCheckout,
  readCheckout,
  saveCheckout,
} from '../checkouts/checkout-rows.queries';
import { CheckoutTokens } from '../checkouts/checkout-tokens.service';
import { linesOfSale } from '../checkouts/lines-of-sale';
import type { Terms } from '../checkouts/terms';
import { newLines, type NewLine, refuseOdd } from '../sales/new-lines';
import type { SaleDiscount } from '../sales/sale';
import { draftsErrors } from './drafts.errors';
import { listDrafts } from './draft-rows.queries';
import { readStoreDefaults } from './store-defaults.queries';

/** A draft order: a checkout with the terms that staff wrote. */
export type Draft = CheckoutRow & { terms: Terms };

/** What staff write in a draft order; what is left out of a change stays. */
export interface DraftWish {
  customerId?: string | null;
  email?: string | null;
  phone?: string | null;
  shippingAddress?: Address | null;
  billingAddress?: Address | null;
  lines?: readonly NewLine[];
  discount?: ({ title?: string } & ({ percent: number } | { amountMinor: number })) | null;
  shipping?: { title?: string; priceMinor: number } | null;
  /** Of a company that buys, as it was checked. */
  vatNumber?: Checkout['vatNumber'];
  note?: string | null;
  tags?: readonly string[];
  locale?: string;
  /** Days in which it can be paid. */
  validDays?: number;
  /** Hours for which its goods are held; null lets them go. */
  reserveHours?: number | null;
}

const hourMs = 3_600_000;
const validDays = 30;

/** Orders that staff put together, to be paid by a link or by hand. */
@Injectable()
export class Drafts {
  constructor(
    @Inject(CheckoutQuotes) private readonly quotes: CheckoutQuotes,
    @Inject(Buyers) private readonly buyers: Buyers,
    @Inject(CheckoutTokens) private readonly tokens: CheckoutTokens,
    @Inject(Stock) private readonly stock: Stock,
  ) {}

  /** A transaction that creates or changes one: begun anew once the services have answered that its price needs. */
  write<T>(
    storeId: string,
    work: (store: StoreWriter) => Promise<T>,
    options: WriteOptions,
  ): Promise<T> {
    return this.quotes.answers.write(storeId, work, options);
  }

  /** A draft order. @throws drafts.draft-not-found */
  async get(store: StoreReader, draftId: string): Promise<Draft> {
    return asDraft(await readCheckout(store, draftId));
  }

  /** Draft orders, the newest first. @param page `before` is the id of the last one of the page before */
  async list(
    store: StoreReader,
    page: { state?: CheckoutRow['state']; limit: number; before: string | null },
  ): Promise<Draft[]> {
    const ids = await listDrafts(store, page);
    const found = await Promise.all(ids.map((id) => readCheckout(store, id)));
    return found.map(asDraft);
  }

  /**
   * Puts an order together; answers its id.
   * @throws assemble.line-gone, sales.off-quantum, drafts.out-of-stock, drafts.customer-not-found
   */
  async create(store: StoreWriter, wish: DraftWish): Promise<string> {
    const { currency, locale } = await readStoreDefaults(store);
    const buyer = await this.buyerOf(store, wish.customerId ?? null);
    const checkoutId = newId();
    const days = wish.validDays ?? validDays;
    const terms: Terms = {
      kind: 'draft',
      sale: { currency, lines: [], discount: null, shipping: null, fees: [] },
      tags: [],
      orderId: null,
      until: new Date(Date.now() + days * 24 * hourMs).toISOString(),
      reservedUntil: null,
      requestedAt: null,
      deletedAt: null,
    };
    const blank = { ...blankCheckout({ checkoutId, currency, locale }), ...buyer, terms };
    const draft = await applyWish(store, blank, wish);
    const token = this.tokens.of(store.storeId, checkoutId);
    await insertCheckout(store, draft, { token, browser: null }, days * 24);
    await this.save(store, draft, wish.reserveHours);
    return checkoutId;
  }

  /**
   * Changes a draft order that is not paid yet.
   * @throws drafts.draft-not-found, drafts.not-open, http.version-conflict, and what `create` throws
   */
  async update(
    store: StoreWriter,
    draftId: string,
    { version, ...wish }: DraftWish & { version?: number },
  ): Promise<void> {
    const draft = await this.lockOpen(store, draftId);
    checkVersion(draft.version, { version });
    if (wish.customerId) await this.buyerOf(store, wish.customerId);
    const changed = await applyWish(store, draft, wish);
    if (wish.validDays !== undefined) {
      const until = new Date(Date.now() + wish.validDays * 24 * hourMs).toISOString();
      changed.terms = { ...changed.terms, until };
    }
    await this.save(store, changed, wish.reserveHours, wish.validDays);
  }

  private async buyerOf(store: StoreReader, customerId: string | null): Promise<KnownBuyer> {
    const buyer = await this.buyers.known(store, customerId);
    if (buyer.customerId !== customerId)
      throw draftsErrors.error('customer-not-found', {}, { field: 'customerId' });
    return buyer;
  }

  /** Ends a draft order that is not paid; its link leads nowhere then. @throws drafts.draft-not-found, drafts.not-open */
  async remove(store: StoreWriter, draftId: string): Promise<void> {
    const draft = await this.lockOpen(store, draftId);
    const deletedAt = new Date().toISOString();
    const terms = { ...draft.terms, deletedAt, reservedUntil: null };
    await saveCheckout(store, { ...draft, state: 'expired', terms });
    await this.stock.release(store, draftId);
  }

  /** Sends the link by which it is paid. @throws drafts.draft-not-found, drafts.not-open, drafts.no-address */
  async invoice(store: StoreWriter, draftId: string, message: string | null): Promise<void> {
    const draft = await this.lockOpen(store, draftId);
    if (draft.email === null) throw draftsErrors.error('no-address', {}, { field: 'email' });
    const terms = { ...draft.terms, requestedAt: new Date().toISOString() };
    await saveCheckout(store, { ...draft, terms });
    store.publish(PaymentRequested, { checkoutId: draftId, message, refused: false });
  }

  /** Under which path it is paid. */
  pathOf(store: StoreReader, checkoutId: string): string {
    return `/checkouts/${this.tokens.of(store.storeId, checkoutId)}`;
  }

  private async lockOpen(store: StoreWriter, draftId: string): Promise<Draft> {
    const draft = asDraft(await lockCheckout(store, draftId));
    const { state, overdue } = draft;
    if (state !== 'open' || overdue)
      throw draftsErrors.error('not-open', { state: overdue ? 'expired' : state });
    return draft;
  }

  /** Prices it, writes it, and holds or lets go of its goods: the last statements. */
  private async save(
    store: StoreWriter,
    draft: Checkout & { terms: Terms },
    reserveHours: number | null | undefined,
    days?: number,
  ): Promise<void> {
    const held = draft.terms.reservedUntil;
    const reservedUntil =
      reserveHours === undefined
        ? held
        : reserveHours === null
          ? null
          : new Date(Date.now() + reserveHours * hourMs).toISOString();
    const terms = { ...draft.terms, reservedUntil };
    const { checkout } = await this.quotes.price(store, { ...draft, terms });
    await saveCheckout(store, checkout, days === undefined ? null : days * 24 * 60);
    if (reservedUntil !== null) return this.hold(store, checkout, reservedUntil);
    return held === null ? undefined : this.stock.release(store, draft.checkoutId);
  }

  private async hold(store: StoreWriter, draft: Checkout, expiresAt: string): Promise<void> {
    const { checkoutId, lines, shippingAddress } = draft;
    const shipTo = shippingAddress?.country ?? null;
    const wants = lines
      .filter(({ custom }) => !custom)
      .map(({ variantId, quantity }) => ({ itemId: variantId, quantity }));
    const held = await this.stock.reserve(store, { checkoutId, wants, expiresAt, shipTo });
    if (held.reserved) return;
    const [short] = held.short;
    const title = lines.find(({ variantId }) => variantId === short?.itemId)?.title ?? '';
    const { wanted = 0, available = 0 } = short ?? {};
    throw draftsErrors.error('out-of-stock', { title, wanted, available }, { field: 'lines' });
  }
}

function asDraft(found: CheckoutRow | null): Draft {
  if (found?.terms?.kind !== 'draft') throw draftsErrors.error('draft-not-found');
  return { ...found, terms: found.terms };
}

async function applyWish<Base extends Checkout & { terms: Terms }>(
  store: StoreReader,
  base: Base,
  wish: DraftWish,
): Promise<Base> {
  const { currency } = base;
  const { sale } = base.terms;
  if (wish.shipping) refuseOdd(wish.shipping.priceMinor, currency, 'shipping.priceMinor');
  const lines = wish.lines
    ? await newLines(store, wish.lines, { currency, field: 'lines' })
    : sale.lines;
  const after = {
    ...sale,
    lines,
    discount: wish.discount === undefined ? sale.discount : saleDiscount(wish.discount),
    shipping: wish.shipping === undefined ? sale.shipping : saleShipping(wish.shipping),
  };
  const { customerId, email, phone, shippingAddress, billingAddress, vatNumber } = wish;
  const { note, locale } = wish;
  const tags = wish.tags ? [...new Set(wish.tags)] : base.terms.tags;
  const addresses = { shippingAddress, billingAddress };
  const said = { customerId, email, phone, ...addresses, vatNumber, note, locale };
  const known = Object.entries(said).filter(([, value]) => value !== undefined);
  return {
    ...base,
    ...(Object.fromEntries(known) as Partial<Checkout>),
    lines: linesOfSale(after),
    terms: { ...base.terms, sale: after, tags },
  };
}

function saleDiscount(discount: Exclude<DraftWish['discount'], undefined>): SaleDiscount | null {
  if (discount === null) return null;
  const off =
    'percent' in discount
      ? { ppm: Math.round(discount.percent * 10_000) }
      : { amountMinor: discount.amountMinor };
  return { title: discount.title ?? 'Discount', off };
}

function saleShipping(shipping: Exclude<DraftWish['shipping'], undefined>) {
  if (shipping === null) return null;
  const { title = 'Shipping', priceMinor } = shipping;
  return { id: 'shipping', title, priceMinor, off: null };
}
