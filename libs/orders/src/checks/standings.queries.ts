import type { StoreReader } from '@platform/database';
import type { MoneySums } from '../status/financial-status';
import type { LineUnits } from '../status/fulfilment-status';
import type { ReturnState } from '../status/return-status';

/** What the statuses of an order are derived from, and what they are said to be. */
export interface Standing {
  order: MoneySums & {
    orderId: string;
    onHold: boolean;
    financialStatus: string;
    fulfilmentStatus: string;
    returnStatus: string;
  };
  lines: LineUnits[];
  returns: ReturnState[];
}

type StandingRow = Standing['order'] & Pick<Standing, 'lines' | 'returns'>;

/** How these orders stand, with the rows that it follows from; one statement. */
export async function readStandings(
  store: StoreReader,
  orderIds: readonly string[],
): Promise<Standing[]> {
  const rows = await store.query<StandingRow>(
    `SELECT o.order_id AS "orderId", o.on_hold AS "onHold", o.financial_status AS "financialStatus",
       o.fulfilment_status AS "fulfilmentStatus", o.return_status AS "returnStatus", o.due_minor AS "dueMinor",
       o.authorized_minor AS "authorizedMinor", o.captured_minor AS "capturedMinor",
       o.refunded_minor AS "refundedMinor", o.lapsed,
       (SELECT coalesce(jsonb_agg(jsonb_build_object('quantity', l.quantity, 'shipped', l.shipped,
           'removed', l.removed, 'refundedUnshipped', l.refunded_unshipped,
           'requiresShipping', l.requires_shipping)), '[]')
        FROM order_lines l WHERE l.store_id = $1 AND l.order_id = o.order_id AND l.quantity > 0) AS lines,
       (SELECT coalesce(jsonb_agg(r.state), '[]')
        FROM returns r WHERE r.store_id = $1 AND r.order_id = o.order_id) AS returns
     FROM orders o WHERE o.store_id = $1 AND o.order_id = ANY ($2::uuid[]) ORDER BY o.order_id`,
    [store.storeId, orderIds],
  );
  return rows.map(({ lines, returns, ...order }) => ({ order, lines, returns }));
}
