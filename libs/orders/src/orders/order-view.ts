import type { PaidTender } from '@libs/kernel';
import type { Payments } from '@libs/payments';
import type { StoreReader } from '@platform/database';
import { type Balance, readBalance } from '../money/balance';
import { type RefundView, readRefunds } from '../refunds/refund-rows.queries';
import { readReturns, type ReturnView } from '../returns/return-rows.queries';
import { readMoney } from '../money/order-money';
import { openUnits } from '../status/fulfilment-status';
import { type TimelineEvent, timelineOf } from '../timeline/timeline';
import {
  type OrderChargeRow,
  type OrderLineRow,
  type OrderRow,
  readCharges,
  readLines,
  readOrder,
  revisionOf,
} from './order-rows.queries';

/** A parcel of an order. */
export interface ParcelView {
  id: string;
  locationId: string | null;
  carrier: string | null;
  trackingNumber: string | null;
  trackingUrl: string | null;
  deliveryStatus: 'label' | 'in_transit' | 'out_for_delivery' | 'delivered' | 'failure';
  notify: boolean;
  shippedAt: Date;
  deliveredAt: Date | null;
  lines: { lineId: string; quantity: number }[];
}

/** A payment as an order shows it. */
export interface OrderPaymentView {
  id: string;
  provider: string;
  title: string;
  testMode: boolean;
  state: string;
  authorizedMinor: number;
  authorizationExpiresAt: string | null;
  capturedMinor: number;
  refundedMinor: number;
}

/** An order with everything that happened to it. */
export interface OrderView extends OrderRow, Balance {
  lines: (OrderLineRow & { open: number })[];
  charges: OrderChargeRow[];
  taxLines: {
    name: string;
    ppm: number;
    jurisdiction: string;
    taxMinor: number;
    baseTaxMinor: number;
  }[];
  discounts: { title: string; code: string | null; class: string; amountMinor: number }[];
  parcels: ParcelView[];
  refunds: RefundView[];
  returns: ReturnView[];
  payments: OrderPaymentView[];
  /** What paid, and what of it went back or is on its way. */
  tenders: PaidTender[];
  timeline: TimelineEvent[];
}

/**
 * An order as staff see it.
 * @throws orders.order-not-found
 */
export async function viewOrder(
  store: StoreReader,
  payments: Payments,
  orderId: string,
): Promise<OrderView> {
  const order = await readOrder(store, orderId);
  const lines = await readLines(store, orderId);
  const { views, tenders } = await readMoney(store, payments, order);
  return {
    ...order,
    lines: lines.map((line) => ({ ...line, open: openUnits(line) })),
    charges: await readCharges(store, orderId),
    taxLines: await readTaxes(store, orderId),
    discounts: await readDiscounts(store, orderId),
    parcels: await readParcels(store, orderId),
    refunds: await readRefunds(store, orderId),
    returns: await readReturns(store, orderId),
    payments: views.map(({ paymentId, provider, title, testMode, state, ...sums }) => ({
      id: paymentId,
      provider,
      title,
      testMode,
      state,
      authorizedMinor: sums.authorizedMinor,
      authorizationExpiresAt: sums.authorizationExpiresAt,
      capturedMinor: sums.capturedMinor,
      refundedMinor: sums.refundedMinor,
    })),
    tenders,
    timeline: await timelineOf(store, orderId),
    ...(await balanceOfOrder(store, payments, order)),
  };
}

async function balanceOfOrder(
  store: StoreReader,
  payments: Payments,
  order: OrderRow,
): Promise<Balance> {
  const { owedMinor, overMinor } = await readBalance(store, payments, order);
  return { owedMinor, overMinor };
}

/** The parcels of an order, in the order in which they left. */
export function readParcels(store: StoreReader, orderId: string): Promise<ParcelView[]> {
  return store.query<ParcelView>(
    `SELECT f.fulfilment_id AS id, f.location_id AS "locationId", f.carrier, f.tracking_number AS "trackingNumber",
       f.tracking_url AS "trackingUrl", f.delivery_status AS "deliveryStatus", f.notify, f.shipped_at AS "shippedAt",
       f.delivered_at AS "deliveredAt",
       (SELECT jsonb_agg(jsonb_build_object('lineId', l.order_line_id, 'quantity', l.quantity) ORDER BY l.order_line_id)
        FROM fulfilment_lines l WHERE l.store_id = f.store_id AND l.fulfilment_id = f.fulfilment_id) AS lines
     FROM fulfilments f WHERE f.store_id = $1 AND f.order_id = $2 ORDER BY f.shipped_at, f.fulfilment_id`,
    [store.storeId, orderId],
  );
}

/** The taxes of an order by authority and rate. */
export function readTaxes(store: StoreReader, orderId: string): Promise<OrderView['taxLines']> {
  return store.query(
    `SELECT name, ppm, jurisdiction, sum(tax_minor)::bigint AS "taxMinor",
       sum(base_tax_minor)::bigint AS "baseTaxMinor" FROM order_tax_lines
     WHERE store_id = $1 AND order_id = $2 AND revision = ${revisionOf} GROUP BY 1, 2, 3 ORDER BY min(position)`,
    [store.storeId, orderId],
  );
}

/** The discounts of an order. */
export function readDiscounts(
  store: StoreReader,
  orderId: string,
): Promise<OrderView['discounts']> {
  return store.query(
    `SELECT title, code, class, amount_minor AS "amountMinor" FROM order_discounts
     WHERE store_id = $1 AND order_id = $2 AND revision = ${revisionOf} ORDER BY position`,
    [store.storeId, orderId],
  );
}
