import type { StoreReader, StoreWriter } from '@platform/database';
import type { GiftRecipient } from './recipient';
import { dueOfLine, recipientOf } from './recipients.queries';

/** A gift card that an order bought, still good as far as the order is concerned. */
export interface SoldCard {
  accountId: string;
  lineId: string;
  /** Counts the cards of a line from 1. */
  unit: number;
  /** The code, sealed; opens in the context of `sealOf`. */
  sealedCode: string;
}

/** A line of gift cards and how many of them it is worth now: units that were neither taken out nor refunded. */
export interface CardLine {
  lineId: string;
  title: string;
  unitMinor: number;
  wanted: number;
  /** The number of the last card that was ever issued for it. */
  lastUnit: number;
  /** Null when the buyer gets the codes. */
  recipient: GiftRecipient | null;
}

/** What a sealed code belongs to. */
export function sealOf(storeId: string, accountId: string) {
  return { purpose: 'gift-card', table: 'order_gift_cards', rowId: accountId, storeId };
}

/** The cards of an order that were not taken back, in the order of its lines. */
export function readSoldCards(store: StoreReader, orderId: string): Promise<SoldCard[]> {
  return store.query<SoldCard>(
    `SELECT c.account_id AS "accountId", c.order_line_id AS "lineId", c.unit, c.sealed_code AS "sealedCode"
     FROM order_gift_cards c JOIN order_lines l USING (store_id, order_line_id)
     WHERE store_id = $1 AND c.order_id = $2 AND c.withdrawn_at IS NULL ORDER BY l.position, c.unit`,
    [store.storeId, orderId],
  );
}

/** The lines of gift cards of an order. */
export function readCardLines(store: StoreReader, orderId: string): Promise<CardLine[]> {
  return store.query<CardLine>(
    `SELECT l.order_line_id AS "lineId", l.title, l.unit_minor AS "unitMinor",
       l.quantity - greatest(l.removed + l.refunded_unshipped, l.refunded_units) AS wanted,
       (SELECT coalesce(max(c.unit), 0) FROM order_gift_cards c
        WHERE c.store_id = l.store_id AND c.order_line_id = l.order_line_id) AS "lastUnit",
       ${recipientOf('l')} AS recipient
     FROM order_lines l WHERE l.store_id = $1 AND l.order_id = $2 AND l.gift_card ORDER BY l.position`,
    [store.storeId, orderId],
  );
}

/** Notes a card of a line; the table refuses a second one for the same unit. */
export async function writeSoldCard(
  store: StoreWriter,
  orderId: string,
  { accountId, lineId, unit, sealedCode }: SoldCard,
): Promise<void> {
  await store.execute(
    `INSERT INTO order_gift_cards (store_id, order_line_id, unit, order_id, account_id, sealed_code, due_at)
     VALUES ($1, $2, $3, $4, $5, $6, ${dueOfLine})`,
    [store.storeId, lineId, unit, orderId, accountId, sealedCode],
  );
}

/** Notes that cards were taken back. */
export async function markWithdrawn(
  store: StoreWriter,
  accountIds: readonly string[],
): Promise<void> {
  await store.execute(
    `UPDATE order_gift_cards SET withdrawn_at = now()
     WHERE store_id = $1 AND account_id = ANY ($2) AND withdrawn_at IS NULL`,
    [store.storeId, accountIds],
  );
}
