import type { StoreReader } from '@platform/database';
import {
  type OrderChargeRow,
  type OrderLineRow,
  type OrderRow,
  readCharges,
  readLines,
  readOrder,
  revisionOf,
} from '../orders/order-rows.queries';
import type { DiscountAllocation, OrderDiscountInput } from '../orders/snapshot';

/** A tax that a line bears, as it was agreed on. */
export interface AgreedTax {
  lineId: string;
  name: string;
  jurisdiction: string;
  ppm: number;
  scheme: string;
  taxableMinor: number;
  taxMinor: number;
}

/** What an edit of an order starts from. */
export interface EditGround {
  order: OrderRow;
  lines: (OrderLineRow & { discountAllocations: DiscountAllocation[] })[];
  charges: OrderChargeRow[];
  taxes: AgreedTax[];
  discounts: OrderDiscountInput[];
}

/** Reads what an edit starts from. @throws orders.order-not-found */
export async function readEditGround(store: StoreReader, orderId: string): Promise<EditGround> {
  const order = await readOrder(store, orderId);
  const lines = await readLines(store, orderId);
  const values = [store.storeId, orderId];
  const given = await store.query<{ id: string; allocations: DiscountAllocation[] }>(
    `SELECT order_line_id AS id, discount_allocations AS allocations FROM order_lines
     WHERE store_id = $1 AND order_id = $2`,
    values,
  );
  const taxes = await store.query<AgreedTax>(
    `SELECT taxed_id AS "lineId", name, jurisdiction, ppm, scheme, taxable_minor AS "taxableMinor",
       tax_minor AS "taxMinor"
     FROM order_tax_lines
     WHERE store_id = $1 AND order_id = $2 AND taxed = 'line' AND revision = ${revisionOf} ORDER BY position`,
    values,
  );
  const discounts = await store.query<OrderDiscountInput>(
    `SELECT discount_id AS id, title, code, class, amount_minor AS "amountMinor" FROM order_discounts
     WHERE store_id = $1 AND order_id = $2 AND revision = ${revisionOf} ORDER BY position`,
    values,
  );
  const byLine = new Map(given.map(({ id, allocations }) => [id, allocations]));
  return {
    order,
    lines: lines.map((line) => ({ ...line, discountAllocations: byLine.get(line.id) ?? [] })),
    charges: await readCharges(store, orderId),
    taxes,
    discounts,
  };
}
