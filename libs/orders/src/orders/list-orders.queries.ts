import type { StoreReader } from '@platform/database';
import { orderColumns, type OrderRow } from './order-rows.queries';

/** Which orders to list; what is left out does not narrow. */
export interface OrderFilter {
  state?: OrderRow['state'];
  financialStatus?: OrderRow['financialStatus'];
  fulfilmentStatus?: OrderRow['fulfilmentStatus'];
  returnStatus?: OrderRow['returnStatus'];
  tag?: string;
  /** Words that the order's name, e-mail, telephone or names must contain. */
  q?: string;
  captureFailed?: boolean;
  /** A reason to look at the order before it is sent; `any` is every reason. */
  risk?: string;
  test?: boolean;
}

/** The newest orders first: their ids tell the time. @param before the last order of the page before */
export function listOrders(
  store: StoreReader,
  filter: OrderFilter,
  { limit, before }: { limit: number; before: string | null },
): Promise<OrderRow[]> {
  const words = (filter.q ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  return store.query<OrderRow>(
    `SELECT ${orderColumns} FROM orders
     WHERE store_id = $1
       AND ($2::uuid IS NULL OR order_id < $2)
       AND ($3::text IS NULL OR state = $3)
       AND ($4::text IS NULL OR financial_status = $4)
       AND ($5::text IS NULL OR fulfilment_status = $5)
       AND ($6::text IS NULL OR return_status = $6)
       AND ($7::text IS NULL OR $7 = ANY (tags))
       AND ($8::boolean IS NULL OR capture_failed = $8)
       AND ($9::boolean IS NULL OR test = $9)
       AND ($12::text IS NULL OR CASE WHEN $12 = 'any' THEN risk <> '{}' ELSE $12 = ANY (risk) END)
       AND search_text LIKE ALL ($10)
     ORDER BY order_id DESC LIMIT $11`,
    [
      store.storeId,
      before,
      filter.state ?? null,
      filter.financialStatus ?? null,
      filter.fulfilmentStatus ?? null,
      filter.returnStatus ?? null,
      filter.tag ?? null,
      filter.captureFailed ?? null,
      filter.test ?? null,
      words.map((word) => `%${word.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`),
      limit,
      filter.risk ?? null,
    ],
  );
}
