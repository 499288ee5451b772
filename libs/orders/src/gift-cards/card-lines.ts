import type { StoreReader } from '@platform/database';
import { readOrder } from '../orders/order-rows.queries';
import type { GiftRecipient } from './recipient';
import { recipientOf } from './recipients.queries';

/** A line of gift cards as staff see it; codes are not shown. */
export interface CardLineView {
  /** The order line's. */
  id: string;
  title: string;
  /** What one card is worth, in the order's currency. */
  amountMinor: number;
  currency: string;
  recipient: GiftRecipient | null;
  cards: {
    /** The gift card's. */
    id: string;
    lastCharacters: string;
    /** When its recipient is mailed; null when the buyer got the code. */
    dueAt: string | null;
    sentAt: string | null;
    withdrawnAt: string | null;
  }[];
}

const iso = (column: string): string =>
  `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** The gift cards that an order buys, by line. @throws orders.order-not-found */
export async function readCardLineViews(
  store: StoreReader,
  orderId: string,
): Promise<CardLineView[]> {
  const { currency } = await readOrder(store, orderId);
  const lines = await store.query<Omit<CardLineView, 'currency'>>(
    `SELECT l.order_line_id AS id, l.title, l.unit_minor AS "amountMinor", ${recipientOf('l')} AS recipient,
       (SELECT coalesce(jsonb_agg(jsonb_build_object('id', c.account_id, 'lastCharacters', a.last_characters,
          'dueAt', ${iso('c.due_at')}, 'sentAt', ${iso('c.sent_at')}, 'withdrawnAt', ${iso('c.withdrawn_at')})
          ORDER BY c.unit), '[]')
        FROM order_gift_cards c JOIN stored_value_accounts a USING (store_id, account_id)
        WHERE c.store_id = l.store_id AND c.order_line_id = l.order_line_id) AS cards
     FROM order_lines l WHERE l.store_id = $1 AND l.order_id = $2 AND l.gift_card AND l.quantity > 0
     ORDER BY l.position`,
    [store.storeId, orderId],
  );
  return lines.map((line) => ({ ...line, currency }));
}
