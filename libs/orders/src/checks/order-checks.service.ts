import { Inject, Injectable } from '@nestjs/common';
import { Payments } from '@libs/payments';
import type { StoreReader } from '@platform/database';
import { checkDocuments, type DocumentFault } from './check-documents.queries';
import { checkMoney, type MoneyFault } from './check-money';
import { checkNumbers, type NumberFault } from './check-numbers.queries';
import { checkOrders, type OrderFault } from './check-orders';

/** Units that orders wait for, by item and place: what the stock's `committed` must say. */
export interface OpenUnits {
  itemId: string;
  locationId: string;
  quantity: number;
}

/** Whatever is wrong of orders and their papers. */
export type OrdersFault = OrderFault | MoneyFault | NumberFault | DocumentFault;

/** How many orders are looked at by one statement. */
const page = 500;

/** What a check of a store asks orders for. */
@Injectable()
export class OrderChecks {
  constructor(@Inject(Payments) private readonly payments: Payments) {}

  /**
   * Orders whose units, money, statuses or numbers do not follow from their rows, and documents that were changed.
   * @param since only orders that changed after this moment, by themselves or by their payments; null for all
   */
  async check(store: StoreReader, since: Date | null): Promise<OrdersFault[]> {
    const faults: OrdersFault[] = await checkNumbers(store);
    const paid = since === null ? [] : await this.payments.checks.ordersWithNews(store, since);
    let after: string | null = null;
    do {
      const ids: string[] = await this.nextIds(store, { since, paid, after });
      if (ids.length === 0) break;
      faults.push(...(await checkOrders(store, ids)));
      faults.push(...(await checkMoney(store, this.payments.checks, ids)));
      faults.push(...(await checkDocuments(store, ids)));
      after = ids.length < page ? null : (ids.at(-1) ?? null);
    } while (after !== null);
    return faults;
  }

  /** What orders still have to ship. */
  commitments(store: StoreReader): Promise<OpenUnits[]> {
    return store.query<OpenUnits>(
      `SELECT item_id AS "itemId", location_id AS "locationId", sum(quantity - done)::int AS quantity
       FROM order_allocations WHERE store_id = $1 AND location_id IS NOT NULL AND done < quantity GROUP BY 1, 2`,
      [store.storeId],
    );
  }

  private async nextIds(
    store: StoreReader,
    { since, paid, after }: { since: Date | null; paid: string[]; after: string | null },
  ): Promise<string[]> {
    const rows = await store.query<{ orderId: string }>(
      `SELECT order_id AS "orderId" FROM orders
       WHERE store_id = $1 AND ($2::timestamptz IS NULL OR updated_at >= $2 OR order_id = ANY ($3::uuid[]))
         AND ($4::uuid IS NULL OR order_id > $4)
       ORDER BY order_id LIMIT ${page}`,
      [store.storeId, since, paid, after],
    );
    return rows.map(({ orderId }) => orderId);
  }
}
