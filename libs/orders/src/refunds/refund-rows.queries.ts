import type { StoreReader, StoreWriter } from '@platform/database';
import type { OrderRow } from '../orders/order-rows.queries';
import type { GivenPart } from './give-back';
import type { RefundPlan, Restock } from './plan-refund';
import type { RefundExchange } from './refund-exchange';
import type { RefundTarget } from './refund-tenders';

/** A refund as it is shown; amounts in minor units of the order's currency. */
export interface RefundView {
  id: string;
  state: 'pending' | 'succeeded' | 'failed';
  /** Of what was sold, of what was paid beyond what is due, or taken off what is due without any money. */
  kind: 'goods' | 'overpaid' | 'exchange';
  amountMinor: number;
  taxMinor: number;
  freeMinor: number;
  reason: string | null;
  exchange: RefundExchange | null;
  createdAt: Date;
  lines: {
    lineId: string;
    quantity: number;
    amountMinor: number;
    taxMinor: number;
    restock: Restock;
  }[];
  charges: { chargeId: string; amountMinor: number; taxMinor: number }[];
  tenders: { kind: string; id: string; amountMinor: number; state: string; to: RefundTarget }[];
}

/** The refund that a request made before, or null. */
export async function findRefund(
  store: StoreReader,
  orderId: string,
  key: string,
): Promise<string | null> {
  const [row] = await store.query<{ id: string }>(
    `SELECT refund_id AS id FROM refunds WHERE store_id = $1 AND order_id = $2 AND request_key = $3`,
    [store.storeId, orderId, key],
  );
  return row?.id ?? null;
}

/** Writes a refund with its rows, and counts it on the lines and charges that it is of. */
export async function writeRefund(
  store: StoreWriter,
  order: OrderRow,
  {
    refundId,
    plan,
    parts,
    ...refund
  }: {
    refundId: string;
    plan: RefundPlan;
    parts: readonly GivenPart[];
    key: string;
    reason: string | null;
    freeMinor: number;
    kind: RefundView['kind'];
    exchange: RefundExchange | null;
  },
): Promise<void> {
  const { proposal } = plan;
  await store.execute(
    `INSERT INTO refunds (store_id, refund_id, order_id, request_key, amount_minor, tax_minor, free_minor, reason, exchange,
       state, kind)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      store.storeId,
      refundId,
      order.orderId,
      refund.key,
      proposal.totalMinor,
      proposal.taxMinor,
      refund.freeMinor,
      refund.reason,
      refund.exchange && JSON.stringify(refund.exchange),
      parts.every(({ state }) => state === 'succeeded') ? 'succeeded' : 'pending',
      refund.kind,
    ],
  );
  await writeLines(store, refundId, linesOf(plan));
  await writeCharges(store, refundId, proposal.charges);
  await store.execute(
    `INSERT INTO refund_tenders (store_id, refund_id, position, kind, tender_id, amount_minor, state, credited_to)
     SELECT $1, $2, row_number() OVER (), t.kind, t.id, t."amountMinor", t.state, t."creditedTo"
     FROM jsonb_to_recordset($3) AS t (kind text, id text, "amountMinor" bigint, state text, "creditedTo" uuid)`,
    [store.storeId, refundId, JSON.stringify(parts)],
  );
}

function linesOf({ proposal, lines }: RefundPlan): object[] {
  const amounts = new Map(proposal.lines.map((row) => [row.id, row]));
  return lines.map(({ line, quantity, restock, unshipped }) => ({
    ...amounts.get(line.id),
    quantity,
    restock,
    unshipped,
    returned: restock === 'return' ? quantity : 0,
  }));
}

async function writeLines(store: StoreWriter, refundId: string, rows: object[]): Promise<void> {
  if (rows.length === 0) return;
  await store.execute(
    `WITH r AS (SELECT * FROM jsonb_to_recordset($3) AS r (id uuid, quantity int, "amountMinor" bigint,
       "taxMinor" bigint, restock text, unshipped int, returned int)), written AS (
       INSERT INTO refund_lines (store_id, refund_id, order_line_id, quantity, amount_minor, tax_minor, restock, unshipped)
       SELECT $1, $2, id, quantity, "amountMinor", "taxMinor", restock, unshipped FROM r
     )
     UPDATE order_lines l SET refunded_units = l.refunded_units + r.quantity,
       refunded_unshipped = l.refunded_unshipped + r.unshipped, restocked = l.restocked + r.returned,
       refunded_minor = l.refunded_minor + r."amountMinor", refunded_tax_minor = l.refunded_tax_minor + r."taxMinor"
     FROM r WHERE l.store_id = $1 AND l.order_line_id = r.id`,
    [store.storeId, refundId, JSON.stringify(rows)],
  );
}

async function writeCharges(
  store: StoreWriter,
  refundId: string,
  rows: readonly object[],
): Promise<void> {
  if (rows.length === 0) return;
  await store.execute(
    `WITH r AS (SELECT * FROM jsonb_to_recordset($3) AS r (id uuid, "amountMinor" bigint, "taxMinor" bigint)),
     written AS (
       INSERT INTO refund_deliveries (store_id, refund_id, order_delivery_id, amount_minor, tax_minor)
       SELECT $1, $2, id, "amountMinor", "taxMinor" FROM r
     )
     UPDATE order_deliveries d SET refunded_minor = d.refunded_minor + r."amountMinor",
       refunded_tax_minor = d.refunded_tax_minor + r."taxMinor"
     FROM r WHERE d.store_id = $1 AND d.order_delivery_id = r.id`,
    [store.storeId, refundId, JSON.stringify(rows)],
  );
}

/** The refunds of an order, oldest first. */
export function readRefunds(store: StoreReader, orderId: string): Promise<RefundView[]> {
  return store.query<RefundView>(
    `SELECT r.refund_id AS id, r.state, r.kind, r.amount_minor AS "amountMinor", r.tax_minor AS "taxMinor",
       r.free_minor AS "freeMinor", r.reason, r.exchange, r.created_at AS "createdAt",
       coalesce((SELECT jsonb_agg(jsonb_build_object('lineId', l.order_line_id, 'quantity', l.quantity,
         'amountMinor', l.amount_minor, 'taxMinor', l.tax_minor, 'restock', l.restock) ORDER BY l.order_line_id)
         FROM refund_lines l WHERE l.store_id = r.store_id AND l.refund_id = r.refund_id), '[]') AS lines,
       coalesce((SELECT jsonb_agg(jsonb_build_object('chargeId', d.order_delivery_id, 'amountMinor', d.amount_minor,
         'taxMinor', d.tax_minor) ORDER BY d.order_delivery_id)
         FROM refund_deliveries d WHERE d.store_id = r.store_id AND d.refund_id = r.refund_id), '[]') AS charges,
       coalesce((SELECT jsonb_agg(jsonb_build_object('kind', t.kind, 'id', t.tender_id,
         'amountMinor', t.amount_minor, 'state', t.state,
         'to', CASE WHEN t.credited_to IS NULL THEN 'original' ELSE 'store_credit' END) ORDER BY t.position)
         FROM refund_tenders t WHERE t.store_id = r.store_id AND t.refund_id = r.refund_id), '[]') AS tenders
     FROM refunds r WHERE r.store_id = $1 AND r.order_id = $2 ORDER BY r.created_at, r.refund_id`,
    [store.storeId, orderId],
  );
}
