import { Injectable } from '@nestjs/common';
import type { StoreReader, StoreWriter } from '@platform/database';
import { hashToken, newToken } from '@platform/secrets';
import { createOrder } from './orders/create-order';
import type { OrderSnapshot, PlacedOrder } from './orders/snapshot';

/** The orders of a store. */
@Injectable()
export class Orders {
  /**
   * Places an order: rows, timeline, event, and by the last statement its number. A second call for the same checkout
   * answers the same order, without a token.
   * @throws orders.unbalanced-snapshot when the amounts do not add up
   */
  create(store: StoreWriter, snapshot: OrderSnapshot): Promise<PlacedOrder> {
    return createOrder(store, snapshot);
  }

  /** The order that the token opens, or null. */
  async findByStatusToken(
    store: StoreReader,
    token: string,
  ): Promise<{ orderId: string; givenBy: 'checkout' | 'mail'; givenAt: Date } | null> {
    const [row] = await store.query<{
      orderId: string;
      givenBy: 'checkout' | 'mail';
      givenAt: Date;
    }>(
      `SELECT order_id AS "orderId", given_by AS "givenBy", created_at AS "givenAt" FROM order_status_tokens
       WHERE store_id = $1 AND token_hash = $2`,
      [store.storeId, hashToken(token)],
    );
    return row ?? null;
  }

  /** A further token for the status page, for the link of a mail; the ones before it stay good. */
  async issueStatusToken(store: StoreWriter, orderId: string): Promise<string> {
    const token = newToken();
    await store.execute(
      `INSERT INTO order_status_tokens (store_id, token_hash, order_id, given_by) VALUES ($1, $2, $3, 'mail')`,
      [store.storeId, hashToken(token), orderId],
    );
    return token;
  }
}
