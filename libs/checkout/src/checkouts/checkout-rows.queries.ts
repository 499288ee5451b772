import type { StoreReader, StoreWriter } from '@platform/database';
import { hashToken } from '@platform/secrets';
import type { Checkout } from './checkout';
import { CheckoutUpdated } from './checkout.events';
import { recheckColumns } from './unchecked-numbers.queries';

/** The columns of a checkout by their names in `Checkout`. */
const columns = `checkout_id AS "checkoutId", cart_id AS "cartId", cart_version AS "cartVersion", state, version, locale,
  currency, source, lines, note, attributes, email, phone, shipping_address AS "shippingAddress",
  billing_address AS "billingAddress", vat_number AS "vatNumber",
  delivery_rate_id AS "deliveryRateId", codes, gift_cards AS "giftCards", use_credit AS "useCredit", payment_method AS "paymentMethod",
  consent, exchange, delivery_options AS "deliveryOptions", quote, quote_hash AS "quoteHash", taxes, pay_key AS "payKey",
  payment_id AS "paymentId", failure, order_id AS "orderId", customer_id AS "customerId", browser_hash AS "browserHash",
  token_round AS "tokenRound",
  ip_country AS "ipCountry", express, terms, CASE WHEN terms IS NOT NULL
    THEN greatest(0, ceil(extract(epoch FROM (terms ->> 'until')::timestamptz - now()) / 60))::int END AS "agreedMinutes",
  (terms ->> 'reservedUntil')::timestamptz <= now() AS "reservedOver",
  to_char(expires_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "expiresAt",
  created_at AS "createdAt", updated_at AS "updatedAt", completed_at AS "completedAt",
  expires_at <= now() AS overdue, expires_at > now() - interval '72 hours' AS revivable`;

/** A checkout as it is stored, with what the database's clock says of its time. */
export interface CheckoutRow extends Checkout {
  browserHash: string | null;
  /** How often the token of its address was replaced. */
  tokenRound: number;
  createdAt: Date;
  updatedAt: Date;
  /** When an order came of it. */
  completedAt: Date | null;
  /** Minutes that are left of the time that staff agreed on; null for a shopper's own. */
  agreedMinutes: number | null;
  /** The time is over for which the goods were held though nobody pays; null where none are. */
  reservedOver: boolean | null;
  /** Its time is over. */
  overdue: boolean;
  /** Late money can still make an order of it. */
  revivable: boolean;
}

/** A checkout to write; the browser that is not named stays. */
type Written = Checkout & Partial<Pick<CheckoutRow, 'browserHash'>>;

/** The checkout of a token, or null. */
export async function findCheckout(store: StoreReader, token: string): Promise<CheckoutRow | null> {
  const [row] = await store.query<CheckoutRow>(
    `SELECT ${columns} FROM checkouts WHERE store_id = $1 AND token_hash = $2`,
    [store.storeId, hashToken(token)],
  );
  return row ?? null;
}

/** A checkout by its id, or null. */
export async function readCheckout(
  store: StoreReader,
  checkoutId: string,
): Promise<CheckoutRow | null> {
  const [row] = await store.query<CheckoutRow>(
    `SELECT ${columns} FROM checkouts WHERE store_id = $1 AND checkout_id = $2`,
    [store.storeId, checkoutId],
  );
  return row ?? null;
}

/** Checkouts of shoppers, the newest first. @param page `before` is the id of the last one of the page before */
export function listCheckouts(
  store: StoreReader,
  { state, limit, before }: { state?: string; limit: number; before: string | null },
): Promise<CheckoutRow[]> {
  return store.query<CheckoutRow>(
    `SELECT ${columns} FROM checkouts WHERE store_id = $1 AND terms IS NULL
       AND ($2::text IS NULL OR state = $2) AND ($3::uuid IS NULL OR checkout_id < $3)
     ORDER BY checkout_id DESC LIMIT $4`,
    [store.storeId, state ?? null, before, limit],
  );
}

/** The checkout, locked until the transaction ends: the first lock of every change (commerce.md, 2.1). */
export async function lockCheckout(
  store: StoreWriter,
  checkoutId: string,
): Promise<CheckoutRow | null> {
  const [row] = await store.query<CheckoutRow>(
    `SELECT ${columns} FROM checkouts WHERE store_id = $1 AND checkout_id = $2 FOR UPDATE`,
    [store.storeId, checkoutId],
  );
  return row ?? null;
}

/** The cart's checkout that is not over, or null. */
export async function lockCheckoutOfCart(
  store: StoreWriter,
  cartId: string,
): Promise<CheckoutRow | null> {
  const [row] = await store.query<CheckoutRow>(
    `SELECT ${columns} FROM checkouts
     WHERE store_id = $1 AND cart_id = $2 AND state IN ('open', 'paying') FOR UPDATE`,
    [store.storeId, cartId],
  );
  return row ?? null;
}

/** Who holds a checkout: the token of its address, and the token of the browser's cookie. */
export interface CheckoutKeys {
  token: string;
  browser: string | null;
}

/** A new open checkout; false when the cart got one from somebody else at the same time. */
export async function insertCheckout(
  store: StoreWriter,
  checkout: Checkout,
  { token, browser }: CheckoutKeys,
  hours: number,
): Promise<boolean> {
  const inserted = await store.execute(
    `INSERT INTO checkouts (store_id, checkout_id, token_hash, browser_hash, cart_id, cart_version, locale, currency,
       source, lines, note, attributes, email, customer_id, terms, expires_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, now() + make_interval(hours => $16))
     ON CONFLICT (store_id, cart_id) WHERE state IN ('open', 'paying') DO NOTHING`,
    [
      store.storeId,
      checkout.checkoutId,
      hashToken(token),
      browser === null ? null : hashToken(browser),
      checkout.cartId,
      checkout.cartVersion,
      checkout.locale,
      checkout.currency,
      checkout.source,
      JSON.stringify(checkout.lines),
      checkout.note,
      JSON.stringify(checkout.attributes),
      checkout.email,
      checkout.customerId,
      json(checkout.terms ?? null),
      hours,
    ],
  );
  return inserted === 1;
}

/** Gives an open checkout another token; the one before leads nowhere any more. */
export async function rotateToken(
  store: StoreWriter,
  checkoutId: string,
  { token, round }: { token: string; round: number },
): Promise<void> {
  await store.execute(
    'UPDATE checkouts SET token_hash = $3, token_round = $4 WHERE store_id = $1 AND checkout_id = $2',
    [store.storeId, checkoutId, hashToken(token), round],
  );
}

/** A checkout goes on with another cart, or with none: what is ordered then leaves that one. */
export async function moveCheckout(
  store: StoreWriter,
  checkoutId: string,
  cartId: string | null,
): Promise<void> {
  await store.execute(
    'UPDATE checkouts SET cart_id = $3, cart_version = NULL WHERE store_id = $1 AND checkout_id = $2',
    [store.storeId, checkoutId, cartId],
  );
}

/**
 * Writes a locked checkout back with the next version, and tells of it unless it is staff's own or has ended.
 * @param checkout of another browser than before where it names one
 * @param waitMinutes how long it waits from now on, by the database's clock; null leaves its time as it is
 * @returns the checkout as it is now
 */
export async function saveCheckout(
  store: StoreWriter,
  checkout: Written,
  waitMinutes: number | null = null,
): Promise<CheckoutRow> {
  const saved = await writeCheckout(store, checkout, waitMinutes);
  if (!saved.terms && saved.state !== 'expired')
    store.publish(CheckoutUpdated, { checkoutId: saved.checkoutId });
  return saved;
}

/** Writes a locked checkout back as `saveCheckout` does, where its change is told in another way. */
export async function writeCheckout(
  store: StoreWriter,
  checkout: Written,
  waitMinutes: number | null = null,
): Promise<CheckoutRow> {
  const [row] = await store.query<CheckoutRow>(
    `UPDATE checkouts SET version = version + 1, updated_at = now(), state = $3, cart_version = $4, locale = $5,
       lines = $6, note = $7, attributes = $8, email = $9, phone = $10, shipping_address = $11, billing_address = $12,
       delivery_rate_id = $13, codes = $14, payment_method = $15, consent = $16, delivery_options = $17, quote = $18,
       quote_hash = $19, pay_key = $20, payment_id = $21, failure = $22, order_id = $23, exchange = $24, customer_id = $25,
       gift_cards = $26, use_credit = $27, vat_number = $28, terms = $29, express = $30, ip_country = $31, taxes = $32,
       browser_hash = coalesce($34, browser_hash),
       ${recheckColumns('$3', '$28')},
       completed_at = CASE WHEN $3 = 'completed' THEN now() END,
       expires_at = coalesce(now() + make_interval(mins => $33), expires_at)
     WHERE store_id = $1 AND checkout_id = $2
     RETURNING ${columns}`,
    [store.storeId, checkout.checkoutId, ...valuesOf(checkout), waitMinutes, checkout.browserHash],
  );
  if (!row) throw new Error(`The checkout ${checkout.checkoutId} is gone.`);
  return row;
}

function valuesOf(checkout: Checkout): unknown[] {
  return [
    checkout.state,
    checkout.cartVersion,
    checkout.locale,
    JSON.stringify(checkout.lines),
    checkout.note,
    JSON.stringify(checkout.attributes),
    checkout.email,
    checkout.phone,
    json(checkout.shippingAddress),
    json(checkout.billingAddress),
    checkout.deliveryRateId,
    checkout.codes,
    json(checkout.paymentMethod),
    json(checkout.consent),
    JSON.stringify(checkout.deliveryOptions),
    json(checkout.quote),
    checkout.quoteHash,
    checkout.payKey,
    checkout.paymentId,
    checkout.failure,
    checkout.orderId,
    json(checkout.exchange),
    checkout.customerId,
    JSON.stringify(checkout.giftCards),
    checkout.useCredit,
    json(checkout.vatNumber),
    json(checkout.terms ?? null),
    json(checkout.express ?? null),
    checkout.ipCountry ?? null,
    json(checkout.taxes ?? null),
  ];
}

function json(value: unknown): string | null {
  return value === null ? null : JSON.stringify(value);
}
