import { Inject, Injectable } from '@nestjs/common';
import { Markets, Stock } from '@libs/catalog';
import { Payments, StoredValue } from '@libs/payments';
import type { StoreReader, StoreWriter } from '@platform/database';
import { applyEdit } from './edits/apply-edit';
import { type EditGround, readEditGround } from './edits/edit-ground.queries';
import { findEdit } from './edits/edit-rows.queries';
import type { AppliedEdit, OrderEdit } from './edits/order-edit';
import { type Exposure, exposureOf } from './exposure/exposure';
import { readOpen } from './exposure/exposure-rows.queries';
import { fulfil, type ParcelWish } from './fulfilments/fulfil';
import { type Balance, readBalance } from './money/balance';
import { capture, markPaid } from './money/capture';
import { takeStockOfMoney } from './money/take-stock-of-money';
import { cancel, type CancelWish } from './orders/cancel';
import { createOrder } from './orders/create-order';
import { listOrders, type OrderFilter } from './orders/list-orders.queries';
import { lockOrder, type OrderRow, readOrder } from './orders/order-rows.queries';
import { orderDetailView } from './orders/order-answers';
import { type OrderView, viewOrder } from './orders/order-view';
import type { OrderSnapshot, PlacedOrder } from './orders/snapshot';
import {
  findByStatusToken,
  giveStatusToken,
  markMailedLinkOpened,
  type OpenedOrder,
} from './orders/status-tokens.queries';
import { changeOrder, changeParcel, comment, type OrderPatch } from './orders/staff-changes';
import type { RefundPlan, RefundWish } from './refunds/plan-refund';
import {
  exchangeReturn,
  type ExchangeTerms,
  lapseExchange,
  readExchangeGround,
  refuseUnreplaced,
  unitsBack,
} from './returns/exchange';
import { type ExchangedUnits, type ExchangeSums, planExchange } from './returns/exchange-sums';
import { type OrderDelivery, readDelivery } from './stock/delivery-of.queries';
import { type OfferedLine, offeredLines } from './returns/replacement-offers';
import { readReturn, type ReturnView } from './returns/return-rows.queries';
import {
  type AgreedUnits,
  agreeUnits,
  decideReturn,
  type ReceivedLine,
  receiveReturn,
  refundReturn,
  refuseState,
  requestReturn,
  type ReturnPlace,
  type ReturnWish,
} from './returns/returns';
import { noteMail, type SentMail } from './timeline/note-mail';
import { record } from './timeline/timeline';
import { planFor, refund, type RefundRequest } from './refunds/refund';

/** The orders of a store. Every verb locks the order first, so that of two the second sees what the first did. */
@Injectable()
export class Orders {
  constructor(
    @Inject(Payments) private readonly payments: Payments,
    @Inject(StoredValue) private readonly value: StoredValue,
    @Inject(Stock) private readonly stock: Stock,
    @Inject(Markets) private readonly markets: Markets,
  ) {}

  /**
   * Places an order: rows, timeline, event, and by the last statement its number. A second call for the same checkout
   * answers the same order, without a token.
   * @throws orders.unbalanced-snapshot when the amounts do not add up
   */
  create(store: StoreWriter, snapshot: OrderSnapshot): Promise<PlacedOrder> {
    return createOrder(store, snapshot);
  }

  /** The order that the token opens, or null. */
  findByStatusToken(store: StoreReader, token: string): Promise<OpenedOrder | null> {
    return findByStatusToken(store, token);
  }

  /** A further token for the status page, for the link of a mail; the ones before it stay good. */
  issueStatusToken(store: StoreWriter, orderId: string): Promise<string> {
    return giveStatusToken(store, orderId, 'mail');
  }

  /** Notes that the link of a mail was followed; the first time counts. */
  markMailedLinkOpened(store: StoreWriter, token: string): Promise<void> {
    return markMailedLinkOpened(store, token);
  }

  /** An order with everything that happened to it. @throws orders.order-not-found */
  get(store: StoreReader, orderId: string): Promise<OrderView> {
    return viewOrder(store, this.payments, orderId);
  }

  /** An order as the API answers it. @throws orders.order-not-found */
  async answer(store: StoreReader, orderId: string): Promise<ReturnType<typeof orderDetailView>> {
    return orderDetailView(await this.get(store, orderId));
  }

  /** Orders, the newest first. @param page `before` is the id of the last one of the page before */
  list(
    store: StoreReader,
    filter: OrderFilter,
    page: { limit: number; before: string | null },
  ): Promise<OrderRow[]> {
    return listOrders(store, filter, page);
  }

  /** What is open in other currencies, as it was booked and as it is worth today. */
  async exposure(store: StoreReader): Promise<Exposure[]> {
    return exposureOf(await readOpen(store), await this.markets.dayRates(store));
  }

  /** The order's own row, locked until the transaction ends. @throws orders.order-not-found */
  lock(store: StoreWriter, orderId: string): Promise<OrderRow> {
    return lockOrder(store, orderId);
  }

  /** Cancels an order of which nothing was shipped. @throws orders.order-not-found, orders.shipped-already */
  cancel(store: StoreWriter, orderId: string, wish: CancelWish): Promise<void> {
    return cancel(this.tools(store), orderId, wish);
  }

  /**
   * Sends units away in a parcel; answers its id.
   * @throws orders.order-not-found, orders.cancelled, orders.on-hold, orders.disputed, orders.nothing-to-ship,
   * orders.line-not-found, orders.too-many-units, orders.location-not-found, orders.not-at-location
   */
  fulfil(store: StoreWriter, orderId: string, wish: ParcelWish): Promise<string> {
    return fulfil(this.tools(store), orderId, wish);
  }

  /** What a refund would come to. Throws what `refund` does. */
  async proposeRefund(
    store: StoreReader,
    orderId: string,
    wish: RefundWish,
  ): Promise<{ plan: RefundPlan; currency: string }> {
    const order = await readOrder(store, orderId);
    const plan = await planFor({ store, payments: this.payments }, order, wish);
    return { plan, currency: order.currency };
  }

  /**
   * Gives money and units back; answers the refund's id.
   * @throws orders.order-not-found, orders.nothing-to-refund, orders.line-not-found, orders.too-many-units,
   * orders.charge-not-found, money.over-refund
   */
  refund(store: StoreWriter, orderId: string, request: RefundRequest): Promise<string> {
    return refund(this.tools(store), orderId, request);
  }

  /** What an order is made of, for whoever computes an edit of it. @throws orders.order-not-found */
  editGround(store: StoreReader, orderId: string): Promise<EditGround> {
    return readEditGround(store, orderId);
  }

  /**
   * Makes an order what an edit says; answers its revision.
   * @throws orders.order-not-found, orders.cancelled, orders.edit-empty, orders.units-closed,
   * orders.edit-below-refunds, orders.out-of-stock, orders.unbalanced-snapshot
   */
  applyEdit(store: StoreWriter, orderId: string, edit: OrderEdit): Promise<AppliedEdit> {
    return applyEdit(this.tools(store), orderId, edit);
  }

  /** The edit that a request made before, or null. */
  findEdit(store: StoreReader, orderId: string, key: string): Promise<AppliedEdit | null> {
    return findEdit(store, orderId, key);
  }

  /** What is missing of an order's money, or too much of it. @throws orders.order-not-found */
  async balance(store: StoreReader, orderId: string): Promise<Balance> {
    const order = await readOrder(store, orderId);
    const { owedMinor, overMinor } = await readBalance(store, this.payments, order);
    return { owedMinor, overMinor };
  }

  /**
   * Asks for a return of shipped units; answers its id.
   * @throws orders.order-not-found, orders.line-not-found, orders.too-many-units
   */
  requestReturn(store: StoreWriter, orderId: string, wish: ReturnWish): Promise<string> {
    return requestReturn(this.tools(store), orderId, wish);
  }

  /** Approves, declines or closes a return. @throws orders.return-not-found, orders.return-state, orders.out-of-stock */
  decideReturn(
    store: StoreWriter,
    place: ReturnPlace,
    decision: Parameters<typeof decideReturn>[2],
  ): Promise<void> {
    return decideReturn(this.tools(store), place, decision);
  }

  /** Notes what came back and restocks it. @throws orders.return-not-found, orders.return-state, orders.too-many-units */
  receiveReturn(
    store: StoreWriter,
    place: ReturnPlace,
    lines?: readonly ReceivedLine[],
  ): Promise<void> {
    return receiveReturn(this.tools(store), place, lines);
  }

  /** Gives back what the received units are worth. Throws what `refund` does, and orders.return-state. */
  refundReturn(
    store: StoreWriter,
    place: ReturnPlace,
    wish: Omit<RefundRequest, 'lines'>,
  ): Promise<string> {
    return refundReturn(this.tools(store), place, wish);
  }

  /**
   * A return that is exchanged already, or can be now; the order's row is locked.
   * @throws orders.return-not-found, orders.return-state, orders.nothing-to-exchange
   */
  async exchangeGround(store: StoreReader, place: ReturnPlace): Promise<ReturnView> {
    const found = await readReturn(store, place);
    if (found.state !== 'exchanged') refuseUnreplaced(found);
    return found;
  }

  /**
   * What a wish would come to be agreed on; changes nothing.
   * @throws orders.order-not-found, orders.line-not-found, orders.line-twice, orders.too-many-units,
   * orders.no-replacement, orders.replacement-price, orders.out-of-stock
   */
  async agreeUnits(
    store: StoreReader,
    orderId: string,
    wish: Pick<ReturnWish, 'lines' | 'by'>,
  ): Promise<AgreedUnits[]> {
    return agreeUnits(store, await readOrder(store, orderId), wish);
  }

  /**
   * A return that may be exchanged once it is there, with the units that come back by then, or came back already.
   * @throws orders.return-not-found, orders.return-state
   */
  async returnToExchange(
    store: StoreReader,
    place: ReturnPlace,
  ): Promise<{ found: ReturnView; units: AgreedUnits[] }> {
    const found = await readReturn(store, place);
    refuseState(found, ['requested', 'approved', 'in_transit', 'received']);
    const byLine = new Map(found.lines.map((line) => [line.lineId, line]));
    const units = unitsBack(found).flatMap(({ lineId, quantity }) => {
      const line = byLine.get(lineId);
      return line ? [{ ...line, quantity }] : [];
    });
    return { found, units };
  }

  /** What an exchange comes to; the sum that `exchangeReturn` makes. @throws orders.order-not-found */
  async exchangeSums(
    store: StoreReader,
    orderId: string,
    exchange: { units: readonly ExchangedUnits[]; addedMinor: number },
  ): Promise<ExchangeSums> {
    const order = await readOrder(store, orderId);
    const ground = await readExchangeGround({ store, payments: this.payments }, order);
    const { plan: _, freeMinor: __, ...sums } = planExchange(ground, exchange);
    return sums;
  }

  /** Where an order is sent, or fetched. */
  delivery(store: StoreReader, orderId: string): Promise<OrderDelivery> {
    return readDelivery(store, orderId);
  }

  /** Units that may come back, and the variants that a shopper may choose instead. @throws orders.order-not-found */
  async exchangeOffers(store: StoreReader, orderId: string): Promise<OfferedLine[]> {
    return offeredLines(store, await readOrder(store, orderId));
  }

  /** Replaces what came back. Throws what an edit and a refund do, and orders.return-state. */
  exchangeReturn(store: StoreWriter, place: ReturnPlace, terms: ExchangeTerms): Promise<void> {
    return exchangeReturn(this.tools(store), place, terms);
  }

  /** Lets go of replacements whose time is over. @throws orders.return-not-found */
  lapseExchange(store: StoreWriter, place: ReturnPlace): Promise<void> {
    return lapseExchange(this.tools(store), place);
  }

  /** Takes authorized money. @throws orders.order-not-found, orders.cancelled, orders.nothing-authorized */
  capture(
    store: StoreWriter,
    orderId: string,
    wish: { key: string; amountMinor?: number },
  ): Promise<void> {
    return capture(this.tools(store), orderId, wish);
  }

  /** Notes money that staff received. @throws orders.order-not-found, orders.cancelled, orders.nothing-due */
  markPaid(
    store: StoreWriter,
    orderId: string,
    wish: { key: string; amountMinor?: number },
  ): Promise<void> {
    return markPaid(this.tools(store), orderId, wish);
  }

  /** Changes note, tags, hold, archive. @throws orders.order-not-found, orders.cancelled */
  change(store: StoreWriter, orderId: string, patch: OrderPatch): Promise<void> {
    return changeOrder(store, orderId, patch);
  }

  /** Says something that shoppers do not see. @throws orders.order-not-found */
  comment(store: StoreWriter, orderId: string, text: string): Promise<void> {
    return comment(store, orderId, text);
  }

  /** Notes that the shopper was sent a mail: once, however often. @throws orders.order-not-found */
  noteMail(store: StoreWriter, orderId: string, sent: SentMail): Promise<void> {
    return noteMail(store, orderId, sent);
  }

  /** Notes what a register says by now of the VAT number of the company that bought; or that it could not be asked. */
  noteVatNumber(
    store: StoreWriter,
    orderId: string,
    said: { checked: boolean; data: object },
  ): Promise<void> {
    const kind = said.checked ? 'vat_number_checked' : 'vat_number_unchecked';
    return record(store, orderId, { kind, data: said.data });
  }

  /** Corrects how a parcel is followed, or says that it arrived. @throws orders.parcel-not-found */
  changeParcel(...change: Parameters<typeof changeParcel>): Promise<void> {
    return changeParcel(...change);
  }

  /** Looks at what the order's payments say now. @throws orders.order-not-found */
  async takeStockOfMoney(store: StoreWriter, orderId: string) {
    return takeStockOfMoney(store, this.payments, orderId);
  }

  private tools(store: StoreWriter) {
    const { payments, value, stock, markets } = this;
    return { store, payments, value, stock, markets };
  }
}
