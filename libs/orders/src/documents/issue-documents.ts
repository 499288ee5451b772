import { newId } from '@libs/kernel';
import type { Payments } from '@libs/payments';
import type { Store } from '@libs/stores';
import type { StoreWriter } from '@platform/database';
import { readBalance } from '../money/balance';
import { lockOrder, type OrderRow, readCharges, readLines } from '../orders/order-rows.queries';
import { ordersErrors } from '../orders.errors';
import { DocumentIssued } from '../orders.events';
import { type RefundView, readRefunds } from '../refunds/refund-rows.queries';
import { record } from '../timeline/timeline';
import { dayOf } from '../withdrawals/period';
import { creditContent, type DocumentGround, invoiceContent } from './content';
import {
  type DocumentView,
  insertDocument,
  lastShipment,
  readDocuments,
  readTaxesOnRows,
} from './document-rows.queries';
import { readSettings, type Seller } from './document-settings.queries';

/** What issuing works with. */
export interface IssueTools {
  store: StoreWriter;
  payments: Payments;
  /** The store of the writer. */
  shop: Store;
}

/**
 * Issues the invoice of an order, once. The number is taken by the last statement, so nothing but the commit may follow.
 * @returns the invoice's id
 * @throws orders.order-not-found, orders.cancelled, orders.no-seller before the store has written who sells
 */
export async function issueInvoice(tools: IssueTools, orderId: string): Promise<string> {
  const { store } = tools;
  const order = await lockOrder(store, orderId);
  const before = invoiceAmong(await readDocuments(store, orderId));
  if (before) return before.id;
  if (order.state === 'cancelled') throw ordersErrors.error('cancelled', { name: order.name });
  const { seller } = await readSettings(store);
  if (!seller) throw ordersErrors.error('no-seller');
  const id = newId();
  const content = invoiceContent(await readGround(tools, order, seller));
  await record(store, orderId, { kind: 'invoice_issued', data: { documentId: id } });
  store.publish(DocumentIssued, { orderId, documentId: id, kind: 'invoice' });
  const series = order.test ? 'test-invoice' : 'invoice';
  await insertDocument(store, { id, orderId, series, refundId: null, correctsId: null, content });
  return id;
}

/**
 * Issues the credit note of a refund that arrived, once. The number is taken by the last statement.
 * @returns its id
 * @throws orders.order-not-found, orders.refund-not-found, orders.no-invoice before there is an invoice to correct,
 * orders.refund-under-way until its money is back
 */
export async function issueCreditNote(
  tools: IssueTools,
  orderId: string,
  refundId: string,
): Promise<string> {
  const { store } = tools;
  const order = await lockOrder(store, orderId);
  const issued = await readDocuments(store, orderId);
  const before = issued.find((one) => one.refundId === refundId);
  if (before) return before.id;
  const refund = (await readRefunds(store, orderId)).find((one) => one.id === refundId);
  if (!refund) throw ordersErrors.error('refund-not-found', {}, { field: 'refundId' });
  const invoice = invoiceAmong(issued);
  if (!invoice) throw ordersErrors.error('no-invoice', { name: order.name });
  if (refund.state !== 'succeeded') throw ordersErrors.error('refund-under-way');
  const { seller } = await readSettings(store);
  const ground = await readGround(tools, order, seller ?? invoice.content.seller);
  const { name, content } = invoice;
  const id = newId();
  await record(store, orderId, { kind: 'credit_note_issued', data: { documentId: id, refundId } });
  store.publish(DocumentIssued, { orderId, documentId: id, kind: 'credit_note' });
  await insertDocument(store, {
    id,
    orderId,
    series: order.test ? 'test-credit-note' : 'credit-note',
    refundId,
    correctsId: invoice.id,
    content: creditContent(ground, refund, { name, issuedOn: content.issuedOn }),
  });
  return id;
}

/** Refunds of an order that its invoice knows nothing of: they arrived, and have no credit note. */
export async function uncredited(store: StoreWriter, orderId: string): Promise<string[]> {
  const issued = await readDocuments(store, orderId);
  if (!invoiceAmong(issued)) return [];
  const credited = new Set(issued.map(({ refundId }) => refundId));
  const isOpen = ({ id, state, kind }: RefundView) =>
    kind === 'goods' && state === 'succeeded' && !credited.has(id);
  return (await readRefunds(store, orderId)).filter(isOpen).map(({ id }) => id);
}

function invoiceAmong(documents: readonly DocumentView[]): DocumentView | undefined {
  return documents.find(({ kind }) => kind === 'invoice');
}

async function readGround(
  { store, payments, shop }: IssueTools,
  order: OrderRow,
  seller: Seller,
): Promise<DocumentGround> {
  const { orderId } = order;
  const [clock] = await store.query<{ now: Date }>('SELECT now() AS now');
  const now = clock?.now ?? new Date();
  const { owedMinor } = await readBalance(store, payments, order);
  return {
    order,
    lines: await readLines(store, orderId),
    charges: await readCharges(store, orderId),
    taxes: await readTaxesOnRows(store, orderId),
    seller,
    owedMinor,
    issuedOn: dayOf(now, shop.timeZone),
    orderedOn: dayOf(order.placedAt, shop.timeZone),
    suppliedOn: dayOf((await lastShipment(store, orderId)) ?? now, shop.timeZone),
  };
}
