import { newId } from '@libs/kernel';
import type { Payments } from '@libs/payments';
import type { Store } from '@libs/stores';
import { faultPoint } from '@platform/config';
import type { StoreWriter } from '@platform/database';
import { readBalance } from '../money/balance';
import { lockOrder, type OrderRow, readCharges, readLines } from '../orders/order-rows.queries';
import { ordersErrors } from '../orders.errors';
import { DocumentIssued } from '../orders.events';
import { type RefundView, readRefunds } from '../refunds/refund-rows.queries';
import { record } from '../timeline/timeline';
import { dayOf } from '../withdrawals/period';
import { type Amendment, amendmentOf } from './amendment';
import {
  creditContent,
  creditNote,
  type DocumentContent,
  type DocumentGround,
  furtherInvoice,
  invoiceContent,
  rowsOf,
} from './content';
import {
  type DocumentView,
  insertDocument,
  lastShipment,
  type NewDocument,
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
  const content = invoiceContent(await readGround(tools, order, seller));
  return issue(store, order, { refundId: null, correctsId: null, content });
}

/**
 * Issues the credit note of a refund that arrived, once. The number is taken by the last statement.
 * @returns its id
 * @throws orders.order-not-found, orders.refund-not-found, orders.no-invoice before there is an invoice to correct,
 * orders.refund-of-surplus for what was paid beyond what is due, orders.refund-under-way until its money is back
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
  if (!invoiceAmong(issued)) throw ordersErrors.error('no-invoice', { name: order.name });
  if (refund.kind === 'overpaid') throw ordersErrors.error('refund-of-surplus');
  if (refund.state !== 'succeeded') throw ordersErrors.error('refund-under-way');
  return creditRefund(tools, { order, issued, refund });
}

/**
 * Issues the next document that an order with an invoice still lacks, so that invoices less credit notes come to what it
 * costs by now: credit notes of refunds that arrived and of exchanges, then what edits took away, then what they added.
 * The number is taken by the last statement.
 * @returns its id; null when nothing is missing
 * @throws orders.order-not-found
 */
export async function issueMissing(tools: IssueTools, orderId: string): Promise<string | null> {
  const { store } = tools;
  const order = await lockOrder(store, orderId);
  const issued = await readDocuments(store, orderId);
  const first = invoiceAmong(issued);
  if (!first || isCreditedWhole(order, issued)) return null;
  const credited = new Set(issued.map(({ refundId }) => refundId));
  const refund = (await readRefunds(store, orderId)).find(
    ({ id, state, kind }) => kind !== 'overpaid' && state === 'succeeded' && !credited.has(id),
  );
  if (refund) return creditRefund(tools, { order, issued, refund });
  // What does not tell of which line its rows are cannot be compared.
  if (issued.some(({ content }) => content.version === 1)) return null;
  return amend(tools, { order, issued, first });
}

async function amend(
  tools: IssueTools,
  { order, issued, first }: { order: OrderRow; issued: DocumentView[]; first: DocumentView },
): Promise<string | null> {
  const ground = await readGround(tools, order, first.content.seller);
  const { credited, invoiced } = missingOf(ground, issued);
  const { name, content } = first;
  if (credited.length > 0) {
    const note = creditNote(ground, credited, correctable(issued));
    const correctsId = correctedBy(note, issued)?.id ?? first.id;
    return issue(tools.store, order, { refundId: null, correctsId, content: note });
  }
  if (invoiced.length === 0) return null;
  const further = furtherInvoice(ground, invoiced, { name, issuedOn: content.issuedOn });
  return issue(tools.store, order, { refundId: null, correctsId: first.id, content: further });
}

/**
 * Refunds are credited one by one; beside them, documents come to the order's rows. Of a cancelled order of which no
 * money is kept, nothing remains.
 */
function missingOf(ground: DocumentGround, issued: readonly DocumentView[]): Amendment {
  const { order } = ground;
  if (order.state === 'cancelled' && order.capturedMinor === order.refundedMinor)
    return amendmentOf([], contentsOf(issued), order.taxIncluded);
  const sold = issued.filter(({ refundId }) => refundId === null);
  return amendmentOf(rowsOf(ground), contentsOf(sold), order.taxIncluded);
}

/** Whether a cancelled order is credited: money that still comes, and goes back, is of no supply. */
function isCreditedWhole(order: OrderRow, issued: readonly DocumentView[]): boolean {
  if (order.state !== 'cancelled') return false;
  const { credited, invoiced } = amendmentOf([], contentsOf(issued), order.taxIncluded);
  return [...credited, ...invoiced].every((row) => row.netMinor === 0 && row.taxMinor === 0);
}

function contentsOf(documents: readonly DocumentView[]): DocumentContent[] {
  return documents.map(({ content }) => content);
}

async function creditRefund(
  tools: IssueTools,
  { order, issued, refund }: { order: OrderRow; issued: DocumentView[]; refund: RefundView },
): Promise<string> {
  const first = invoiceAmong(issued);
  if (!first) throw ordersErrors.error('no-invoice', { name: order.name });
  const ground = await readGround(tools, order, first.content.seller);
  const content = creditContent(ground, refund, correctable(issued));
  const correctsId = correctedBy(content, issued)?.id ?? first.id;
  return issue(tools.store, order, { refundId: refund.id, correctsId, content });
}

function correctedBy({ corrects }: DocumentContent, issued: readonly DocumentView[]) {
  return issued.find(({ kind, name }) => kind === 'invoice' && name === corrects?.name);
}

/** Tells the timeline and everybody else, and takes the number: nothing but the commit may follow. */
async function issue(
  store: StoreWriter,
  { orderId, test }: OrderRow,
  document: Pick<NewDocument, 'refundId' | 'correctsId' | 'content'>,
): Promise<string> {
  const id = newId();
  const { kind } = document.content;
  const { refundId } = document;
  const data = { documentId: id, ...(refundId !== null && { refundId }) };
  await record(store, orderId, { kind: `${kind}_issued`, data });
  store.publish(DocumentIssued, { orderId, documentId: id, kind });
  const series = kind === 'invoice' ? 'invoice' : 'credit-note';
  faultPoint('orders.document-noted');
  await insertDocument(store, {
    ...document,
    id,
    orderId,
    series: test ? `test-${series}` : series,
  });
  faultPoint('orders.document-numbered');
  return id;
}

/** The first invoice; those that add to it correct it. */
function invoiceAmong(documents: readonly DocumentView[]): DocumentView | undefined {
  return documents.find(({ kind, correctsId }) => kind === 'invoice' && correctsId === null);
}

function correctable(documents: readonly DocumentView[]) {
  return documents
    .filter(({ kind }) => kind === 'invoice')
    .map(({ name, content: { issuedOn, rows } }) => ({ name, issuedOn, rows }));
}

/** @param before who sold by the first invoice, should the store not say it any more */
async function readGround(
  { store, payments, shop }: IssueTools,
  order: OrderRow,
  before: Seller,
): Promise<DocumentGround> {
  const { orderId } = order;
  const { seller } = await readSettings(store);
  const [clock] = await store.query<{ now: Date }>('SELECT now() AS now');
  const now = clock?.now ?? new Date();
  const { owedMinor } = await readBalance(store, payments, order);
  return {
    order,
    lines: await readLines(store, orderId),
    charges: await readCharges(store, orderId),
    taxes: await readTaxesOnRows(store, orderId),
    seller: seller ?? before,
    owedMinor,
    issuedOn: dayOf(now, shop.timeZone),
    orderedOn: dayOf(order.placedAt, shop.timeZone),
    suppliedOn: dayOf((await lastShipment(store, orderId)) ?? now, shop.timeZone),
  };
}
