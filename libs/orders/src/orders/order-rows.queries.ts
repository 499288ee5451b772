import type { StoreReader, StoreWriter } from '@platform/database';
import type { GiftRecipient } from '../gift-cards/recipient';
import { recipientOf } from '../gift-cards/recipients.queries';
import { ordersErrors } from '../orders.errors';
import type { FinancialStatus } from '../status/financial-status';
import type { FulfilmentStatus, LineUnits } from '../status/fulfilment-status';
import type { ReturnStatus } from '../status/return-status';
import type { Address, OrderSnapshot } from './snapshot';

/** Why an order was cancelled. */
export type CancelReason = 'customer' | 'inventory' | 'fraud' | 'declined' | 'other';

/** An order's own row. Amounts in minor units of `currency`. */
export interface OrderRow {
  orderId: string;
  checkoutId: string;
  number: number;
  name: string;
  test: boolean;
  state: 'open' | 'archived' | 'cancelled';
  financialStatus: FinancialStatus;
  fulfilmentStatus: FulfilmentStatus;
  returnStatus: ReturnStatus;
  onHold: boolean;
  captureFailed: boolean;
  captureTries: number;
  locale: string;
  source: string | null;
  customerId: string | null;
  email: string | null;
  phone: string | null;
  shippingAddress: Address | null;
  billingAddress: Address | null;
  note: string | null;
  attributes: Record<string, string>;
  tags: string[];
  risk: string[];
  currency: string;
  subtotalMinor: number;
  discountMinor: number;
  shippingMinor: number;
  feesMinor: number;
  taxMinor: number;
  taxIncluded: boolean;
  totalMinor: number;
  dueMinor: number;
  base: OrderSnapshot['base'];
  reasons: Record<string, unknown>;
  authorizedMinor: number;
  capturedMinor: number;
  refundedMinor: number;
  lapsed: 'expired' | 'voided' | null;
  cancelReason: CancelReason | null;
  cancelledAt: Date | null;
  /** How often it was edited. */
  revision: number;
  placedAt: Date;
  updatedAt: Date;
  version: number;
}

/** A line of an order and what became of its units. */
export interface OrderLineRow extends LineUnits {
  id: string;
  position: number;
  variantId: string | null;
  productId: string | null;
  title: string;
  variantTitle: string | null;
  sku: string | null;
  imageUrl: string | null;
  properties: [string, string][];
  taxable: boolean;
  giftCard: boolean;
  /** Whom gift cards are for; null for the buyer. */
  recipient: GiftRecipient | null;
  grams: number;
  unitMinor: number;
  subtotalMinor: number;
  productDiscountMinor: number;
  orderDiscountMinor: number;
  totalMinor: number;
  taxMinor: number;
  baseMinor: number;
  restocked: number;
  refundedUnits: number;
  refundedMinor: number;
  refundedTaxMinor: number;
}

/** A delivery or a fee of an order. */
export interface OrderChargeRow {
  id: string;
  kind: 'shipping' | 'fee';
  title: string;
  priceMinor: number;
  discountMinor: number;
  totalMinor: number;
  taxMinor: number;
  baseMinor: number;
  promise: { method?: string; from?: string; to?: string; pickupLocationId?: string };
  refundedMinor: number;
  refundedTaxMinor: number;
}

/** What an order was paid with. */
export interface OrderTenderRow {
  kind: 'provider' | 'gift_card' | 'store_credit';
  id: string;
  amountMinor: number;
}

/** Columns of `orders` as an OrderRow has them. */
export const orderColumns = `order_id AS "orderId", checkout_id AS "checkoutId", number, name, test, state,
  financial_status AS "financialStatus", fulfilment_status AS "fulfilmentStatus", return_status AS "returnStatus",
  on_hold AS "onHold", capture_failed AS "captureFailed", capture_tries AS "captureTries", locale, source,
  customer_id AS "customerId", email, phone, shipping_address AS "shippingAddress",
  billing_address AS "billingAddress", note, attributes, tags, risk, currency, subtotal_minor AS "subtotalMinor",
  discount_minor AS "discountMinor", shipping_minor AS "shippingMinor", fees_minor AS "feesMinor",
  tax_minor AS "taxMinor", tax_included AS "taxIncluded", total_minor AS "totalMinor", due_minor AS "dueMinor", base,
  reasons, authorized_minor AS "authorizedMinor", captured_minor AS "capturedMinor",
  refunded_minor AS "refundedMinor", lapsed, cancel_reason AS "cancelReason", cancelled_at AS "cancelledAt",
  revision, placed_at AS "placedAt", updated_at AS "updatedAt", version`;

/** The revision that counts of the order `$2`, for statements about rows that every revision has of its own. */
export const revisionOf =
  '(SELECT o.revision FROM orders o WHERE o.store_id = $1 AND o.order_id = $2)';

/**
 * The order's row.
 * @throws orders.order-not-found
 */
export function readOrder(store: StoreReader, orderId: string): Promise<OrderRow> {
  return findOrder(store, orderId, '');
}

/**
 * The order's row, locked until the transaction ends: of two who change an order the second one sees what the first
 * did. Comes before payments and stock in the order of locks.
 * @throws orders.order-not-found
 */
export function lockOrder(store: StoreWriter, orderId: string): Promise<OrderRow> {
  return findOrder(store, orderId, 'FOR NO KEY UPDATE');
}

async function findOrder(store: StoreReader, orderId: string, lock: string): Promise<OrderRow> {
  const [row] = await store.query<OrderRow>(
    `SELECT ${orderColumns} FROM orders WHERE store_id = $1 AND order_id = $2 ${lock}`,
    [store.storeId, orderId],
  );
  if (!row) throw ordersErrors.error('order-not-found');
  return row;
}

/** The lines of an order, in their order; those that were taken out by an edit are not among them. */
export function readLines(store: StoreReader, orderId: string): Promise<OrderLineRow[]> {
  return store.query<OrderLineRow>(
    `SELECT order_line_id AS id, position, variant_id AS "variantId", product_id AS "productId", title,
       variant_title AS "variantTitle", sku, image_url AS "imageUrl", properties,
       requires_shipping AS "requiresShipping", taxable, gift_card AS "giftCard", grams, quantity,
       unit_minor AS "unitMinor", subtotal_minor AS "subtotalMinor",
       product_discount_minor AS "productDiscountMinor", order_discount_minor AS "orderDiscountMinor",
       total_minor AS "totalMinor", tax_minor AS "taxMinor", base_minor AS "baseMinor", shipped, removed,
       refunded_unshipped AS "refundedUnshipped", restocked, refunded_units AS "refundedUnits",
       refunded_minor AS "refundedMinor", refunded_tax_minor AS "refundedTaxMinor", ${recipientOf('order_lines')} AS recipient
     FROM order_lines WHERE store_id = $1 AND order_id = $2 AND quantity > 0 ORDER BY position`,
    [store.storeId, orderId],
  );
}

/** Deliveries and fees of an order, in their order. */
export function readCharges(store: StoreReader, orderId: string): Promise<OrderChargeRow[]> {
  return store.query<OrderChargeRow>(
    `SELECT order_delivery_id AS id, kind, title, price_minor AS "priceMinor", discount_minor AS "discountMinor",
       total_minor AS "totalMinor", tax_minor AS "taxMinor", base_minor AS "baseMinor", promise, refunded_minor AS "refundedMinor",
       refunded_tax_minor AS "refundedTaxMinor"
     FROM order_deliveries WHERE store_id = $1 AND order_id = $2 ORDER BY position`,
    [store.storeId, orderId],
  );
}

/** What an order was paid with, as it was placed. */
export function readTenders(store: StoreReader, orderId: string): Promise<OrderTenderRow[]> {
  return store.query<OrderTenderRow>(
    `SELECT kind, tender_id AS id, amount_minor AS "amountMinor" FROM order_tenders
     WHERE store_id = $1 AND order_id = $2 ORDER BY position`,
    [store.storeId, orderId],
  );
}
