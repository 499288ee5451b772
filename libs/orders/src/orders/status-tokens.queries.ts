import type { StoreReader, StoreWriter } from '@platform/database';
import { hashToken, newToken } from '@platform/secrets';

/** An order that a token opens. */
export interface OpenedOrder {
  orderId: string;
  checkoutId: string;
  givenBy: 'checkout' | 'mail';
  /** When the link of a mail was first followed; null before, and for a token of the checkout. */
  openedAt: Date | null;
}

/** The order that the token opens, or null. */
export async function findByStatusToken(
  store: StoreReader,
  token: string,
): Promise<OpenedOrder | null> {
  const [row] = await store.query<OpenedOrder>(
    `SELECT order_id AS "orderId", checkout_id AS "checkoutId", t.given_by AS "givenBy", t.opened_at AS "openedAt"
     FROM order_status_tokens t JOIN orders USING (store_id, order_id)
     WHERE store_id = $1 AND t.token_hash = $2`,
    [store.storeId, hashToken(token)],
  );
  return row ?? null;
}

/** A new token that opens the order; only its hash is kept. */
export async function giveStatusToken(
  store: StoreWriter,
  orderId: string,
  givenBy: OpenedOrder['givenBy'],
): Promise<string> {
  const token = newToken();
  await store.execute(
    `INSERT INTO order_status_tokens (store_id, token_hash, order_id, given_by) VALUES ($1, $2, $3, $4)`,
    [store.storeId, hashToken(token), orderId, givenBy],
  );
  return token;
}

/** Notes that the link of a mail was followed; the first time counts. A token of the checkout is left alone. */
export async function markMailedLinkOpened(store: StoreWriter, token: string): Promise<void> {
  await store.execute(
    `UPDATE order_status_tokens SET opened_at = now()
     WHERE store_id = $1 AND token_hash = $2 AND given_by = 'mail' AND opened_at IS NULL`,
    [store.storeId, hashToken(token)],
  );
}
