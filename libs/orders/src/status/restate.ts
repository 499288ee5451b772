import type { StoreReader, StoreWriter } from '@platform/database';
import { type OrderRow, readLines, readOrder } from '../orders/order-rows.queries';
import { deriveFinancial, type FinancialStatus } from './financial-status';
import { deriveFulfilment, type FulfilmentStatus } from './fulfilment-status';
import { deriveReturn, type ReturnState, type ReturnStatus } from './return-status';

/** What an order's rows come to. */
export interface Statuses {
  financialStatus: FinancialStatus;
  fulfilmentStatus: FulfilmentStatus;
  returnStatus: ReturnStatus;
}

/** Derives the statuses from the rows as they are. */
export async function deriveStatuses(store: StoreReader, orderId: string): Promise<Statuses> {
  return derive(store, await readOrder(store, orderId));
}

/** Writes what the rows come to now; the order's row is locked. Every change ends with it. */
export async function restate(store: StoreWriter, orderId: string): Promise<Statuses> {
  const statuses = await derive(store, await readOrder(store, orderId));
  await store.execute(
    `UPDATE orders SET financial_status = $3, fulfilment_status = $4, return_status = $5, updated_at = now(),
       version = version + 1
     WHERE store_id = $1 AND order_id = $2`,
    [
      store.storeId,
      orderId,
      statuses.financialStatus,
      statuses.fulfilmentStatus,
      statuses.returnStatus,
    ],
  );
  return statuses;
}

async function derive(store: StoreReader, order: OrderRow): Promise<Statuses> {
  const returns = await store.query<{ state: ReturnState }>(
    'SELECT state FROM returns WHERE store_id = $1 AND order_id = $2',
    [store.storeId, order.orderId],
  );
  return {
    financialStatus: deriveFinancial(order),
    fulfilmentStatus: deriveFulfilment(await readLines(store, order.orderId), order),
    returnStatus: deriveReturn(returns.map(({ state }) => state)),
  };
}
