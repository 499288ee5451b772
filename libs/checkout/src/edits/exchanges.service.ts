import { Inject, Injectable } from '@nestjs/common';
import { Orders } from '@libs/orders';
import type { StoreReader, StoreWriter } from '@platform/database';
import { type BalanceLink, BalanceLinks } from '../drafts/balance-links.service';
import { endBalances } from '../drafts/end-balances.queries';
import { newLines } from '../sales/new-lines';
import type { SaleLine } from '../sales/sale';
import { agreedLine, type EditGround } from './edited-sale';
import { OrderEdits } from './order-edits.service';
import { priceEdit } from './price-edit';

type ExchangePlace = Parameters<Orders['exchangeReturn']>[1];
type ReturnToExchange = Awaited<ReturnType<Orders['exchangeGround']>>;

/** Replaces what came back: the replacements are an edit of the order, and what they cost more is asked for by a link. */
@Injectable()
export class Exchanges {
  constructor(
    @Inject(Orders) private readonly orders: Orders,
    @Inject(OrderEdits) private readonly edits: OrderEdits,
    @Inject(BalanceLinks) private readonly links: BalanceLinks,
  ) {}

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
    const found = await this.orders.exchangeGround(store, place);
    if (found.state === 'exchanged') return null;
    const ground = await this.orders.editGround(store, orderId);
    const before = await this.orders.balance(store, orderId);
    const { added, replaces } = await replacementLines(store, ground, found);
    const priced = await priceEdit(store, ground, { lines: [], added, shipping: undefined });
    const rows = await this.edits.rowsOf(store, priced);
    const edit = { ...rows, key: `exchange:${returnId}`, reason: null, notify: false };
    await this.orders.exchangeReturn(store, place, { edit, replaces, refundTo });
    const { owedMinor } = await this.orders.balance(store, orderId);
    if (owedMinor <= before.owedMinor) return null;
    return this.links.create(store, orderId, { notify, message: null });
  }
}

/** The lines that replacements become: as many units as came back, at the price that was agreed on. */
async function replacementLines(
  store: StoreReader,
  ground: EditGround,
  { lines }: ReturnToExchange,
): Promise<{ added: SaleLine[]; replaces: { lineId: string; by: string }[] }> {
  const { currency } = ground.order;
  const wanted = lines.flatMap(({ lineId, received, damaged, replacement }) => {
    const line = ground.lines.find(({ id }) => id === lineId);
    const quantity = received + damaged;
    return line && replacement && quantity > 0 ? [{ line, quantity, replacement }] : [];
  });
  const made = await newLines(
    store,
    wanted.map(({ line, quantity, replacement: { variantId, unitMinor } }) => ({
      variantId,
      quantity,
      unitMinor: unitMinor ?? line.unitMinor,
    })),
    { currency, field: 'lines' },
  );
  const added = made.map((fresh, at): SaleLine => {
    const { line, replacement } = wanted[at] ?? {};
    if (!line || !replacement || replacement.price === 'agreed') return fresh;
    if (replacement.price === 'listed') return { ...fresh, priceAgreed: false };
    const { given, rates, taxable } = agreedLine(ground, line);
    return { ...fresh, given, rates, taxable };
  });
  const replaces = added.map(({ id }, at) => ({ lineId: wanted[at]?.line.id ?? '', by: id }));
  return { added, replaces };
}
