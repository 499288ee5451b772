import { Inject, Injectable } from '@nestjs/common';
import { findSellable } from '@libs/catalog';
import { Orders } from '@libs/orders';
import type { StoreReader, StoreWriter } from '@platform/database';
import { type BalanceLink, BalanceLinks } from '../drafts/balance-links.service';
import { endBalances } from '../drafts/end-balances.queries';
import type { EditGround } from './edited-sale';
import { type AgreedUnits, type ExchangeSums, planExchange } from './exchange-plan';
import { OrderEdits } from './order-edits.service';

type ExchangePlace = Parameters<Orders['exchangeReturn']>[1];
type ReplacementOffer = Awaited<ReturnType<Orders['exchangeOffers']>>[number]['offers'][number];
type UnitsWish = Parameters<Orders['agreeUnits']>[2];

/** What an exchange would come to. */
export interface ExchangePreview {
  currency: string;
  taxIncluded: boolean;
  sums: ExchangeSums;
  lines: (AgreedUnits & {
    /** Units of the replacement that can be sent to where the order goes now; null when there is no limit, and where nothing replaces it. */
    available: number | null;
    /** Whether there is enough of it, for all lines that want it, or it is held already. */
    inStock: boolean;
  })[];
}

/** Units that may come back, and what may be sent instead. */
export interface ExchangeOffers {
  currency: string;
  lines: {
    lineId: string;
    quantity: number;
    /** With what one unit costs more, or less where it is below 0. */
    offers: (ReplacementOffer & { differenceMinor: number })[];
  }[];
}

/** Replaces what came back: the replacements are an edit of the order, and what they cost more is asked for by a link. */
@Injectable()
export class Exchanges {
  constructor(
    @Inject(Orders) private readonly orders: Orders,
    @Inject(OrderEdits) private readonly edits: OrderEdits,
    @Inject(BalanceLinks) private readonly links: BalanceLinks,
  ) {}

  /**
   * What an exchange that nobody asked for yet would come to; changes nothing.
   * @throws orders.order-not-found, orders.line-not-found, orders.line-twice, orders.too-many-units,
   * orders.no-replacement, orders.replacement-price, orders.out-of-stock
   */
  async preview(store: StoreReader, orderId: string, wish: UnitsWish): Promise<ExchangePreview> {
    const units = await this.orders.agreeUnits(store, orderId, wish);
    return this.look(store, orderId, { units, isHeld: false });
  }

  /**
   * What the exchange of a return would come to; of what came back, once it is there.
   * @throws orders.order-not-found, orders.return-not-found, orders.return-state, assemble.line-gone
   */
  async previewReturn(store: StoreReader, place: ExchangePlace): Promise<ExchangePreview> {
    const { found, units } = await this.orders.returnToExchange(store, place);
    return this.look(store, place.orderId, { units, isHeld: found.heldUntil !== null });
  }

  /** What a shopper may choose instead of what they send back. @throws orders.order-not-found */
  async offers(store: StoreReader, orderId: string): Promise<ExchangeOffers> {
    const ground = await this.orders.editGround(store, orderId);
    const lines = await this.orders.exchangeOffers(store, orderId);
    const known = new Map<string, number>();
    for (const { lineId, offers } of lines)
      for (const offer of offers) {
        const like = likeness(lineId, offer);
        if (known.has(like)) continue;
        const { replacement } = offer;
        const unit = { lineId, quantity: 1, reason: null, replacement };
        const { sums } = await this.plan(store, ground, [unit]);
        known.set(like, sums.differenceMinor);
      }
    return {
      currency: ground.order.currency,
      lines: lines.map(({ offers, ...line }) => ({
        ...line,
        offers: offers.map((offer) => ({
          ...offer,
          differenceMinor: known.get(likeness(line.lineId, offer)) ?? 0,
        })),
      })),
    };
  }

  /**
   * Exchanges what was received under the order's lock; exchanging again changes nothing.
   * @param how.refundTo where what is left over goes; back to what paid when left out
   * @param how.notify whether the shopper gets the link of what is owed by mail
   * @returns the link by which the difference is paid; null when nothing more is owed than before
   * @throws orders.order-not-found, orders.return-not-found, orders.return-state, orders.nothing-to-exchange,
   * orders.out-of-stock, assemble.line-gone, and what an edit and a refund throw
   */
  async complete(
    store: StoreWriter,
    place: ExchangePlace,
    { refundTo, notify }: { refundTo?: 'original' | 'store_credit'; notify: boolean },
  ): Promise<BalanceLink | null> {
    const { orderId, returnId } = place;
    await endBalances(store, orderId);
    await this.orders.lock(store, orderId);
    const { state } = await this.orders.exchangeGround(store, place);
    if (state === 'exchanged') return null;
    const { units } = await this.orders.returnToExchange(store, place);
    const ground = await this.orders.editGround(store, orderId);
    const before = await this.orders.balance(store, orderId);
    const { priced, replaces } = await this.plan(store, ground, units);
    const rows = await this.edits.rowsOf(store, priced);
    const edit = { ...rows, key: `exchange:${returnId}`, reason: null, notify: false };
    await this.orders.exchangeReturn(store, place, { edit, replaces, refundTo });
    const { owedMinor } = await this.orders.balance(store, orderId);
    if (owedMinor <= before.owedMinor) return null;
    return this.links.create(store, orderId, { notify, message: null });
  }

  private plan(store: StoreReader, ground: EditGround, units: readonly AgreedUnits[]) {
    return planExchange({ store, orders: this.orders }, ground, units);
  }

  private async look(
    store: StoreReader,
    orderId: string,
    { units, isHeld }: { units: readonly AgreedUnits[]; isHeld: boolean },
  ): Promise<ExchangePreview> {
    const ground = await this.orders.editGround(store, orderId);
    const { sums } = await this.plan(store, ground, units);
    const delivery = await this.orders.delivery(store, orderId);
    const there = await stockOf(store, units, delivery);
    return {
      currency: ground.order.currency,
      taxIncluded: ground.order.taxIncluded,
      sums,
      lines: units.map((line) => {
        const { available = null, wanted = 0 } = there.get(line.replacement?.variantId ?? '') ?? {};
        return { ...line, available, inStock: isHeld || available === null || available >= wanted };
      }),
    };
  }
}

/** Offers that cost the same. */
function likeness(lineId: string, { replacement, taxed }: ReplacementOffer): string {
  return [lineId, replacement.price, replacement.unitMinor, taxed].join(' ');
}

/** What there is of each replacement for where the order goes, and how much of it all lines want. */
async function stockOf(
  store: StoreReader,
  units: readonly AgreedUnits[],
  delivery: Awaited<ReturnType<Orders['delivery']>>,
): Promise<Map<string, { available: number | null; wanted: number }>> {
  const wanted = new Map<string, number>();
  for (const { quantity, replacement } of units)
    if (replacement)
      wanted.set(replacement.variantId, (wanted.get(replacement.variantId) ?? 0) + quantity);
  const found =
    wanted.size === 0 ? [] : await findSellable(store, [...wanted.keys()], null, delivery);
  return new Map(
    found.map(({ variantId, quantity: available }) => [
      variantId,
      { available, wanted: wanted.get(variantId) ?? 0 },
    ]),
  );
}
