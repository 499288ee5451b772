import { newId } from '@libs/kernel';
import type { StoreReader, StoreWriter } from '@platform/database';
import type { OrderChargeRow, OrderLineRow, OrderRow } from '../orders/order-rows.queries';
import { ordersErrors } from '../orders.errors';
import type { OrderLineInput } from '../orders/snapshot';
import {
  type ChargeWithRow,
  type LineWithRow,
  writeCharges,
  writeDiscounts,
  writeLines,
  writeTaxes,
} from '../orders/write-rows.queries';
import type { AppliedEdit, OrderEdit } from './order-edit';
import type { EditPlan } from './plan-edit';

/** The edit that a request made before, or null. */
export async function findEdit(
  store: StoreReader,
  orderId: string,
  key: string,
): Promise<AppliedEdit | null> {
  const [row] = await store.query<AppliedEdit>(
    `SELECT order_edit_id AS "editId", revision FROM order_edits
     WHERE store_id = $1 AND order_id = $2 AND request_key = $3`,
    [store.storeId, orderId, key],
  );
  return row ?? null;
}

/** Writes the rows of a new revision. @returns the lines that are new, with the ids of their rows */
export async function writeRevision(
  store: StoreWriter,
  order: OrderRow,
  { plan, edit, charges }: { plan: EditPlan; edit: OrderEdit; charges: readonly OrderChargeRow[] },
): Promise<LineWithRow[]> {
  const { orderId } = order;
  const revision = order.revision + 1;
  await updateLines(store, orderId, plan);
  const added = plan.added.map((line) => ({ ...line, rowId: newId() }));
  if (added.length > 0)
    await writeLines(store, orderId, added, await taken(store, 'order_lines', orderId));
  const lines = [...plan.kept.map(({ line, after }) => ({ ...after, rowId: line.id })), ...added];
  const rows = await saveCharges(store, orderId, { edit, charges });
  await writeTaxes(store, orderId, { taxLines: edit.taxLines, lines, charges: rows, revision });
  await writeDiscounts(store, orderId, edit.discounts, revision);
  return added;
}

/** Writes what an order costs now; what came back in exchange is not due any more. */
export async function saveTotals(
  store: StoreWriter,
  orderId: string,
  { totals, base, reasons }: OrderEdit,
): Promise<void> {
  await store.execute(
    `UPDATE orders SET revision = revision + 1, subtotal_minor = $3, discount_minor = $4, shipping_minor = $5,
       fees_minor = $6, tax_minor = $7, total_minor = $8,
       due_minor = $8 - (SELECT coalesce(sum(r.amount_minor), 0)::bigint FROM refunds r
         WHERE r.store_id = $1 AND r.order_id = $2 AND r.kind = 'exchange'), base = base || $9, reasons = reasons || $10
     WHERE store_id = $1 AND order_id = $2`,
    [
      store.storeId,
      orderId,
      totals.subtotalMinor,
      totals.discountMinor,
      totals.shippingMinor,
      totals.feesMinor,
      totals.taxMinor,
      totals.totalMinor,
      JSON.stringify({ totalMinor: base.totalMinor, taxMinor: base.taxMinor }),
      JSON.stringify(reasons),
    ],
  );
}

/** Writes down that an order was edited. */
export async function writeEdit(
  store: StoreWriter,
  order: OrderRow,
  { edit, changes }: { edit: OrderEdit; changes: readonly object[] },
): Promise<AppliedEdit> {
  const applied = { editId: newId(), revision: order.revision + 1 };
  await store.execute(
    `INSERT INTO order_edits (store_id, order_edit_id, order_id, revision, request_key, reason, notify, changes,
       before_minor, after_minor)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      store.storeId,
      applied.editId,
      order.orderId,
      applied.revision,
      edit.key,
      edit.reason,
      edit.notify,
      JSON.stringify(changes),
      order.totalMinor,
      edit.totals.totalMinor,
    ],
  );
  return applied;
}

const nothing = {
  quantity: 0,
  subtotalMinor: 0,
  productDiscountMinor: 0,
  orderDiscountMinor: 0,
  totalMinor: 0,
  taxMinor: 0,
  baseMinor: 0,
  discountAllocations: [],
};

async function updateLines(store: StoreWriter, orderId: string, { kept, removed }: EditPlan) {
  const rows = [
    ...kept.map(({ line, after }) => lineAmounts(line, after)),
    ...removed.map((line) => lineAmounts(line, { ...nothing, unitMinor: line.unitMinor })),
  ];
  await store.execute(
    `UPDATE order_lines l SET quantity = r.quantity, unit_minor = r."unitMinor", subtotal_minor = r."subtotalMinor",
       product_discount_minor = r."productDiscountMinor", order_discount_minor = r."orderDiscountMinor",
       total_minor = r."totalMinor", tax_minor = r."taxMinor", base_minor = r."baseMinor",
       discount_allocations = r."discountAllocations"
     FROM jsonb_to_recordset($3) AS r (id uuid, quantity int, "unitMinor" bigint, "subtotalMinor" bigint,
       "productDiscountMinor" bigint, "orderDiscountMinor" bigint, "totalMinor" bigint, "taxMinor" bigint,
       "baseMinor" bigint, "discountAllocations" jsonb)
     WHERE l.store_id = $1 AND l.order_id = $2 AND l.order_line_id = r.id`,
    [store.storeId, orderId, JSON.stringify(rows)],
  );
}

function lineAmounts(
  { id }: OrderLineRow,
  after: Omit<typeof nothing, 'discountAllocations'> &
    Pick<OrderLineInput, 'unitMinor' | 'discountAllocations'>,
) {
  const { quantity, unitMinor, subtotalMinor, productDiscountMinor, orderDiscountMinor } = after;
  const { totalMinor, taxMinor, baseMinor, discountAllocations } = after;
  return {
    id,
    quantity,
    unitMinor,
    subtotalMinor,
    productDiscountMinor,
    orderDiscountMinor,
    totalMinor,
    taxMinor,
    baseMinor,
    discountAllocations,
  };
}

/** Deliveries and fees as they shall be; one that is missing costs nothing any more. */
async function saveCharges(
  store: StoreWriter,
  orderId: string,
  { edit, charges }: { edit: OrderEdit; charges: readonly OrderChargeRow[] },
): Promise<ChargeWithRow[]> {
  const known = new Set(charges.map(({ id }) => id));
  const rows = [
    ...edit.deliveries.map((row) => ({ ...row, kind: 'shipping' as const })),
    ...edit.fees.map((row) => ({ ...row, kind: 'fee' as const })),
  ].map((row) => ({ ...row, rowId: known.has(row.id) ? row.id : newId() }));
  const after = new Map(rows.map((row) => [row.rowId, row]));
  for (const charge of charges) await saveCharge(store, charge, after.get(charge.id));
  const added = rows.filter(({ id }) => !known.has(id));
  if (added.length > 0)
    await writeCharges(store, orderId, added, await taken(store, 'order_deliveries', orderId));
  return rows;
}

async function saveCharge(
  store: StoreWriter,
  charge: OrderChargeRow,
  after: ChargeWithRow | undefined,
): Promise<void> {
  const { totalMinor = 0, taxMinor = 0 } = after ?? {};
  if (totalMinor < charge.refundedMinor || taxMinor < charge.refundedTaxMinor) {
    const params = { title: charge.title, refunded: charge.refundedMinor };
    throw ordersErrors.error('edit-below-refunds', params, { field: 'shipping' });
  }
  await store.execute(
    `UPDATE order_deliveries SET title = $3, price_minor = $4, discount_minor = $5, total_minor = $6, tax_minor = $7,
       base_minor = $8, discount_allocations = $9
     WHERE store_id = $1 AND order_delivery_id = $2`,
    [
      store.storeId,
      charge.id,
      after?.title ?? charge.title,
      after?.priceMinor ?? 0,
      after?.discountMinor ?? 0,
      totalMinor,
      taxMinor,
      after?.baseMinor ?? 0,
      JSON.stringify(after?.discountAllocations ?? []),
    ],
  );
}

async function taken(
  store: StoreReader,
  table: 'order_lines' | 'order_deliveries',
  orderId: string,
): Promise<number> {
  const [row] = await store.query<{ last: number }>(
    `SELECT coalesce(max(position), 0)::int AS last FROM ${table} WHERE store_id = $1 AND order_id = $2`,
    [store.storeId, orderId],
  );
  return row?.last ?? 0;
}
