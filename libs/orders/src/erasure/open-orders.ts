import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { Customers } from '@libs/customers';
import type { StoreReader } from '@platform/database';
import { orderRecords } from './order-records';

/** Objects to erasing a customer whose orders are under way: names and addresses are needed until they are closed. */
@Injectable()
export class OpenOrders implements OnModuleInit {
  constructor(@Inject(Customers) private readonly customers: Customers) {}

  onModuleInit(): void {
    this.customers.askBeforeErasing((store, customerId) => this.namesOf(store, customerId));
    for (const records of orderRecords) this.customers.alsoKeep(records);
  }

  /**
   * The orders of a customer that something is still to be done about: to be paid, to be sent, to come back, to be
   * refunded, or withdrawn from; a gift of theirs that waits for its day is to be sent too.
   */
  async namesOf(store: StoreReader, customerId: string): Promise<string[]> {
    const rows = await store.query<{ name: string }>(
      `SELECT o.name FROM orders o
       WHERE o.store_id = $1 AND o.customer_id = $2 AND (
         (o.state = 'open' AND (o.fulfilment_status NOT IN ('fulfilled', 'restocked')
           OR o.financial_status IN ('pending', 'authorized', 'partially_paid')))
         OR EXISTS (SELECT FROM returns r WHERE r.store_id = $1 AND r.order_id = o.order_id
           AND r.state IN ('requested', 'approved', 'in_transit', 'received'))
         OR EXISTS (SELECT FROM refunds r WHERE r.store_id = $1 AND r.order_id = o.order_id AND r.state = 'pending')
         OR EXISTS (SELECT FROM order_gift_cards c WHERE c.store_id = $1 AND c.order_id = o.order_id
           AND c.due_at IS NOT NULL AND c.sent_at IS NULL AND c.withdrawn_at IS NULL)
         OR EXISTS (SELECT FROM withdrawals w WHERE w.store_id = $1 AND w.order_id = o.order_id
           AND w.status IN ('received', 'matched')))
       ORDER BY o.order_id`,
      [store.storeId, customerId],
    );
    return rows.map(({ name }) => name);
  }
}
