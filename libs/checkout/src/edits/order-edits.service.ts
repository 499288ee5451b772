import { Inject, Injectable } from '@nestjs/common';
import { Images, imageView } from '@libs/media';
import { Orders } from '@libs/orders';
import type { StoreReader, StoreWriter } from '@platform/database';
import { checkVersion } from '@platform/http';
import { explain } from '../explain/explain';
import type { Quote } from '../quote';
import { endBalances } from '../drafts/end-balances.queries';
import { newLines, type NewLine, refuseOdd } from '../sales/new-lines';
import type { Sale, SaleLine } from '../sales/sale';
import type { EditGround, LineEdit, ShippingEdit } from './edited-sale';
import { type EditChanges, priceEdit, type PricedSale } from './price-edit';

/** What staff want to be different about an order. */
export interface EditWish {
  lines: readonly LineEdit[];
  add: readonly NewLine[];
  /** Stays when left out. */
  shipping?: ShippingEdit;
}

/** What an order would cost after an edit. */
export interface EditPreview {
  /** The version of the order that was looked at. */
  version: number;
  before: Pick<EditGround['order'], 'totalMinor' | 'currency'>;
  sale: Sale;
  quote: Quote;
  owedMinor: number;
  overMinor: number;
}

/** How an edit is made. */
export interface EditTerms {
  /** Of the request: the same key makes no second edit. */
  key: string;
  /** The version of the order that was looked at; any when left out. */
  version?: number;
  reason: string | null;
  notify: boolean;
}

/** Changes orders after they were placed: what they cost then comes from a quote like every other amount. */
@Injectable()
export class OrderEdits {
  constructor(
    @Inject(Orders) private readonly orders: Orders,
    @Inject(Images) private readonly images: Images,
  ) {}

  /**
   * What the order would cost; changes nothing.
   * @throws orders.order-not-found, edits.line-not-found, edits.line-twice, assemble.line-gone, sales.price-needed,
   * sales.off-quantum
   */
  async preview(store: StoreReader, orderId: string, wish: EditWish): Promise<EditPreview> {
    const ground = await this.orders.editGround(store, orderId);
    const { order } = ground;
    const { sale, quote: after } = await priceEdit(
      store,
      ground,
      await changesOf(store, ground, wish),
    );
    const { owedMinor, overMinor } = await this.orders.balance(store, orderId);
    const open = owedMinor - overMinor + after.totals.totalMinor - order.totalMinor;
    const { version, totalMinor, currency } = order;
    return {
      version,
      before: { totalMinor, currency },
      sale,
      quote: after,
      owedMinor: Math.max(0, open),
      overMinor: Math.max(0, -open),
    };
  }

  /**
   * Makes the edit under the order's lock; of two who change an order at once the second sees what the first did.
   * @throws what `preview` throws, http.version-conflict, and what the order refuses
   */
  async commit(
    store: StoreWriter,
    orderId: string,
    { wish, terms }: { wish: EditWish; terms: EditTerms },
  ): Promise<{ editId: string; revision: number }> {
    await endBalances(store, orderId);
    const { version } = await this.orders.lock(store, orderId);
    const done = await this.orders.findEdit(store, orderId, terms.key);
    if (done) return done;
    checkVersion(version, { version: terms.version });
    const ground = await this.orders.editGround(store, orderId);
    const priced = await priceEdit(store, ground, await changesOf(store, ground, wish));
    const edit = await this.rowsOf(store, priced);
    return this.orders.applyEdit(store, orderId, { ...edit, ...terms });
  }

  /** The rows of an order as it shall be. */
  async rowsOf(store: StoreReader, { sale, quote: after }: PricedSale) {
    const images = await this.imagesOf(store, sale.lines);
    const rows = new Map(after.lines.map((row) => [row.id, row]));
    const charge = ({ allocations, ...row }: Quote['shipping'][number]) => ({
      ...row,
      discountAllocations: allocations,
    });
    const names = new Map(sale.lines.map(({ id, title }) => [id, title]));
    return {
      lines: sale.lines.map((line) => {
        const row = rows.get(line.id);
        if (!row) throw new Error(`The quote has no row of the line ${line.id}.`);
        const { allocations: discountAllocations, ...amounts } = row;
        const {
          mediaId: _,
          given: __,
          rates: ___,
          priceAgreed: ____,
          taxCode: _____,
          ...sold
        } = line;
        const imageUrl = images.get(line.id) ?? null;
        return { ...sold, ...amounts, imageUrl, discountAllocations, allocations: [] };
      }),
      deliveries: after.shipping.map(charge),
      fees: after.fees.map(charge),
      taxLines: after.taxes,
      discounts: after.discounts,
      totals: after.totals,
      base: after.base,
      reasons: { trace: after.trace, explanation: explain(after, names).rows },
    };
  }

  private async imagesOf(
    store: StoreReader,
    lines: readonly SaleLine[],
  ): Promise<Map<string, string>> {
    const ids = [...new Set(lines.flatMap(({ mediaId }) => mediaId ?? []))];
    const ready = ids.length === 0 ? new Map() : await this.images.ready(store, ids);
    return new Map(
      lines.flatMap(({ id, mediaId, title }): [string, string][] => {
        const image = mediaId === null ? undefined : ready.get(mediaId);
        return mediaId !== null && image ? [[id, imageView(mediaId, image, title).src]] : [];
      }),
    );
  }
}

/** What staff name, looked up. @throws what `preview` throws */
async function changesOf(
  store: StoreReader,
  { order: { currency } }: EditGround,
  { lines, add, shipping }: EditWish,
): Promise<EditChanges> {
  for (const [at, { unitMinor }] of lines.entries())
    if (unitMinor !== undefined) refuseOdd(unitMinor, currency, `lines.${at}.unitMinor`);
  if (shipping) refuseOdd(shipping.priceMinor, currency, 'shipping.priceMinor');
  return { lines, added: await newLines(store, add, { currency, field: 'add' }), shipping };
}
