import type { StoreWriter } from '@platform/database';
import type { GiftRecipient } from './recipient';

/** When a card of the line `r` is to be mailed: as its day begins where the store is, never before now. */
const due = `greatest(now(), coalesce(r.send_on::timestamp AT TIME ZONE
  (SELECT time_zone FROM stores s WHERE s.store_id = r.store_id), now()))`;

/** The instant at which a new card of the line `$2` is due; null when nobody but the buyer gets it. */
export const dueOfLine = `(SELECT ${due} FROM order_gift_recipients r WHERE r.store_id = $1 AND r.order_line_id = $2)`;

/** A line's recipient as JSON, or null; `line` is the alias of `order_lines`. */
export const recipientOf = (line: string): string =>
  `(SELECT jsonb_build_object('email', r.email, 'name', r.name, 'message', r.message, 'sendOn', r.send_on)
    FROM order_gift_recipients r WHERE r.store_id = ${line}.store_id AND r.order_line_id = ${line}.order_line_id)`;

/** Notes whom the cards of a line are for; what was noted before is replaced. */
export async function writeRecipient(
  store: StoreWriter,
  { orderId, lineId }: { orderId: string; lineId: string },
  { email, name, message, sendOn }: GiftRecipient,
): Promise<void> {
  await store.execute(
    `INSERT INTO order_gift_recipients AS r (store_id, order_line_id, order_id, email, name, message, send_on)
     VALUES ($1, $2, $3, $4, $5, $6, $7)
     ON CONFLICT (store_id, order_line_id) DO UPDATE SET email = excluded.email, name = excluded.name,
       message = excluded.message, send_on = excluded.send_on`,
    [store.storeId, lineId, orderId, email, name, message, sendOn],
  );
  await store.execute(
    `UPDATE order_gift_cards c SET due_at = ${due} FROM order_gift_recipients r
     WHERE c.store_id = $1 AND c.order_line_id = $2 AND c.sent_at IS NULL AND c.due_at IS NOT NULL
       AND r.store_id = c.store_id AND r.order_line_id = c.order_line_id`,
    [store.storeId, lineId],
  );
}

/**
 * Notes that the cards of a line are mailed now: those that are due, or all that wait.
 * @returns the accounts of exactly the cards that nobody noted before
 */
export async function takeUnsent(
  store: StoreWriter,
  lineId: string,
  which: 'due' | 'waiting',
): Promise<string[]> {
  const rows = await store.query<{ accountId: string }>(
    `UPDATE order_gift_cards SET sent_at = now()
     WHERE store_id = $1 AND order_line_id = $2 AND sent_at IS NULL AND withdrawn_at IS NULL AND due_at IS NOT NULL
       AND ($3 OR due_at <= now()) RETURNING account_id AS "accountId"`,
    [store.storeId, lineId, which === 'waiting'],
  );
  return rows.map(({ accountId }) => accountId);
}
