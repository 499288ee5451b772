import { Inject, Injectable } from '@nestjs/common';
import { Payments } from '@libs/payments';
import type { StoreReader, StoreWriter } from '@platform/database';
import { OrderSettings } from '../orders/order-settings.service';
import { lockOrder, readLines, readOrder } from '../orders/order-rows.queries';
import { Orders } from '../orders.service';
import { readBalance } from './balance';

/** Orders whose money a provider refused to take. */
@Injectable()
export class UnpaidOrders {
  constructor(
    @Inject(Orders) private readonly orders: Orders,
    @Inject(Payments) private readonly payments: Payments,
    @Inject(OrderSettings) private readonly settings: OrderSettings,
  ) {}

  /** Whether the shopper is to be asked to pay another way, and was not yet. @throws orders.order-not-found */
  async isToBeAsked(store: StoreReader, orderId: string): Promise<boolean> {
    const order = await readOrder(store, orderId);
    if (!order.captureFailed) return false;
    const { owedMinor } = await readBalance(store, this.payments, order);
    if (owedMinor === 0) return false;
    const [asked] = await store.query(
      'SELECT FROM orders WHERE store_id = $1 AND order_id = $2 AND asked_to_pay_at IS NOT NULL',
      [store.storeId, orderId],
    );
    return asked === undefined;
  }

  /** Notes that the shopper was asked. Throws where somebody else did so at the same time: their mail is the one. */
  async noteAsked(store: StoreWriter, orderId: string): Promise<void> {
    const changed = await store.execute(
      `UPDATE orders SET asked_to_pay_at = now()
       WHERE store_id = $1 AND order_id = $2 AND asked_to_pay_at IS NULL`,
      [store.storeId, orderId],
    );
    if (changed === 0) throw new Error(`The shopper of the order ${orderId} was asked already.`);
  }

  /**
   * Whether an order is to be cancelled: its time to pay is over, the store wants that, nothing was paid and nothing
   * shipped. @throws orders.order-not-found
   */
  async isToBeCancelled(store: StoreReader, orderId: string): Promise<boolean> {
    const order = await readOrder(store, orderId);
    const [overdue] = await store.query(
      'SELECT FROM orders WHERE store_id = $1 AND order_id = $2 AND unpaid_until <= clock_timestamp()',
      [store.storeId, orderId],
    );
    if (overdue === undefined || order.state === 'cancelled') return false;
    const { cancelUnpaid } = await this.settings.get(store);
    if (!cancelUnpaid) return false;
    const { owedMinor, money } = await readBalance(store, this.payments, order);
    if (owedMinor === 0 || money.sums.capturedMinor > 0) return false;
    return (await readLines(store, orderId)).every(({ shipped }) => shipped === 0);
  }

  /**
   * Waits no longer for the money of an order whose time to pay is over: cancels it where that is to be done, its units
   * are for sale again. Doing so twice is doing it once. @throws orders.order-not-found
   */
  async giveUp(store: StoreWriter, orderId: string): Promise<void> {
    await lockOrder(store, orderId);
    if (await this.isToBeCancelled(store, orderId)) {
      const wish = { reason: 'declined', refund: true, restock: true } as const;
      await this.orders.cancel(store, orderId, wish);
    }
    await store.execute(
      `UPDATE orders SET unpaid_until = NULL
       WHERE store_id = $1 AND order_id = $2 AND unpaid_until <= clock_timestamp()`,
      [store.storeId, orderId],
    );
  }
}
