import type { StoreWriter } from '@platform/database';
import { idleDays } from './cart';

/** Carts that are over, by an order, a sign-in or idleness, are deleted so many days after their last change. */
export const keptCartDays = 90;
/** What names a person leaves a checkout that became no order so many days after its end; late money comes within three. */
export const keptCheckoutDays = 30;
/** What one transaction takes, so that shoppers never wait for it long. */
export const batch = 500;

const goingOn = `EXISTS (SELECT FROM checkouts h WHERE h.store_id = c.store_id AND h.cart_id = c.cart_id
  AND h.state IN ('open', 'paying'))`;

/** Carts that nobody touched; one of which a checkout is open waits for its end. */
export const idleCarts = `c.state = 'open' AND c.updated_at <= now() - make_interval(days => ${idleDays}) AND NOT ${goingOn}`;
/** Carts of guests that are over for long; a customer's are theirs to have erased. */
export const goneCarts = `c.state <> 'open' AND c.customer_id IS NULL
  AND c.updated_at <= now() - make_interval(days => ${keptCartDays}) AND NOT ${goingOn}`;
/** Checkouts that ended without an order and still name somebody. Drafts are the merchant's own papers. */
export const namedCheckouts = `c.state = 'expired' AND c.terms IS NULL AND c.forgotten_at IS NULL
  AND c.expires_at <= now() - make_interval(days => ${keptCheckoutDays})`;

/** What stays of an address: the country and the province. */
export const bareAddress = (column: string): string =>
  `CASE WHEN ${column} IS NULL THEN NULL ELSE jsonb_strip_nulls(jsonb_build_object('name', '', 'address1', '',
     'city', '', 'country', ${column}->'country', 'province', ${column}->'province')) END`;

/** Locked in one order, and never waited for: whoever is at a row now makes it none of ours. */
const some = (table: 'carts' | 'checkouts', id: string, which: string): string =>
  `SELECT c.${id} FROM ${table} c WHERE c.store_id = $1 AND ${which}
   ORDER BY c.${id} LIMIT ${batch} FOR UPDATE SKIP LOCKED`;

/**
 * Ends carts that idled away. Their last change stays what it was: they are deleted by it.
 * @returns how many
 */
export function abandonIdle(store: StoreWriter): Promise<number> {
  return store.execute(
    `UPDATE carts SET state = 'abandoned' WHERE store_id = $1
       AND cart_id IN (${some('carts', 'cart_id', idleCarts)})`,
    [store.storeId],
  );
}

/**
 * Takes out of checkouts that ended without an order what names a person, or was written by one.
 * @returns how many
 */
export function forgetEnded(store: StoreWriter): Promise<number> {
  return store.execute(
    `UPDATE checkouts SET email = NULL, phone = NULL, note = NULL, attributes = '{}', browser_hash = NULL,
       vat_number = NULL, ip_country = NULL, express = NULL, taxes = NULL, customer_id = NULL, forgotten_at = now(), version = version + 1,
       shipping_address = ${bareAddress('shipping_address')}, billing_address = ${bareAddress('billing_address')},
       lines = (SELECT coalesce(jsonb_agg(line || '{"properties": []}'), '[]') FROM jsonb_array_elements(lines) line)
     WHERE store_id = $1 AND checkout_id IN (${some('checkouts', 'checkout_id', namedCheckouts)})`,
    [store.storeId],
  );
}

/**
 * Deletes guests' carts that are over for long, with their lines. Checkouts and orders hold copies of what they were.
 * @returns how many
 */
export async function deleteGone(store: StoreWriter): Promise<number> {
  const { storeId } = store;
  const carts = await store.query<{ id: string }>(
    `WITH gone AS (${some('carts', 'cart_id', goneCarts)}) SELECT cart_id AS id FROM gone`,
    [storeId],
  );
  const ids = carts.map(({ id }) => id);
  await store.execute(
    'UPDATE checkouts SET cart_id = NULL, cart_version = NULL WHERE store_id = $1 AND cart_id = ANY ($2::uuid[])',
    [storeId, ids],
  );
  return store.execute('DELETE FROM carts WHERE store_id = $1 AND cart_id = ANY ($2::uuid[])', [
    storeId,
    ids,
  ]);
}
