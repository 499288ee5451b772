import { newId } from '@libs/kernel';
import type { StoreReader, StoreWriter } from '@platform/database';
import { hashToken } from '@platform/secrets';
import { type Cart, type CartLine, type Properties, idleDays } from './cart';

/** A cart as it is stored, its lines in order and without prices. */
export interface CartRow extends Omit<Cart, 'lines' | 'exchange'> {
  lines: { key: string; quantity: number; properties: Properties }[];
}

const columns = `c.cart_id AS "cartId", c.version, c.currency, c.market, c.note, c.attributes, c.customer_id AS "customerId", c.source,
  c.discount_codes AS codes, (
  SELECT coalesce(jsonb_agg(jsonb_build_object('key', l.line_key, 'quantity', l.quantity,
    'properties', l.properties) ORDER BY l.position), '[]')
  FROM cart_lines l WHERE l.store_id = c.store_id AND l.cart_id = c.cart_id) AS lines, (
  SELECT coalesce(jsonb_agg(name ORDER BY name), '[]') FROM (
    SELECT unnest(ARRAY[g.group_id::text, g.name]) AS name FROM customer_group_members m
    JOIN customer_groups g USING (store_id, group_id)
    WHERE m.store_id = c.store_id AND m.customer_id = c.customer_id) AS named) AS groups`;
const isOpen = `c.state = 'open' AND c.updated_at > now() - make_interval(days => ${idleDays})`;

/** The open cart of a token in one statement, or null. */
export async function findOpenCart(store: StoreReader, token: string): Promise<CartRow | null> {
  const [cart] = await store.query<CartRow>(
    `SELECT ${columns} FROM carts c WHERE c.store_id = $1 AND c.token_hash = $2 AND ${isOpen}`,
    [store.storeId, hashToken(token)],
  );
  return cart ?? null;
}

/** The open cart of a customer, or null. */
export async function findCartOf(store: StoreReader, customerId: string): Promise<CartRow | null> {
  const [cart] = await store.query<CartRow>(
    `SELECT ${columns} FROM carts c WHERE c.store_id = $1 AND c.customer_id = $2 AND ${isOpen}`,
    [store.storeId, customerId],
  );
  return cart ?? null;
}

/** Lets nobody else sign the customer in until the transaction ends; carts that idled away are theirs no more. */
export async function lockOwner(store: StoreWriter, customerId: string): Promise<void> {
  await store.execute(
    'SELECT FROM customers WHERE store_id = $1 AND customer_id = $2 FOR NO KEY UPDATE',
    [store.storeId, customerId],
  );
  await store.execute(
    `UPDATE carts c SET state = 'abandoned' WHERE c.store_id = $1 AND c.customer_id = $2 AND c.state = 'open'
       AND NOT (${isOpen})`,
    [store.storeId, customerId],
  );
}

/** Makes a cart the customer's; its token before leads nowhere any more. */
export async function giveCart(
  store: StoreWriter,
  cartId: string,
  { customerId, token }: { customerId: string; token: string },
): Promise<void> {
  await store.execute(
    'UPDATE carts SET customer_id = $3, token_hash = $4 WHERE store_id = $1 AND cart_id = $2',
    [store.storeId, cartId, customerId, hashToken(token)],
  );
}

/** Ends a cart whose lines are in another now. */
export async function endMerged(store: StoreWriter, cartId: string): Promise<void> {
  await store.execute(
    `UPDATE carts SET state = 'merged', updated_at = now() WHERE store_id = $1 AND cart_id = $2 AND state = 'open'`,
    [store.storeId, cartId],
  );
}

/** A new empty cart in a market. */
export async function insertCart(
  store: StoreWriter,
  token: string,
  { currency, market, source }: Pick<Cart, 'currency' | 'market' | 'source'>,
): Promise<Pick<CartRow, 'cartId' | 'version'>> {
  const cartId = newId();
  await store.execute(
    `INSERT INTO carts (store_id, cart_id, token_hash, currency, market, source)
     VALUES ($1, $2, $3, $4, $5, $6)`,
    [store.storeId, cartId, hashToken(token), currency, market, source],
  );
  return { cartId, version: 1 };
}

type SavedCart = Pick<
  Cart,
  'cartId' | 'version' | 'note' | 'attributes' | 'codes' | 'currency' | 'market'
>;

/** Takes the next version of a cart; false when somebody else took it since it was read. */
export async function saveCart(
  store: StoreWriter,
  { cartId, version, note, attributes, codes, currency, market }: SavedCart,
): Promise<boolean> {
  const changed = await store.execute(
    `UPDATE carts SET version = version + 1, note = $4, attributes = $5,
       discount_codes = $6, currency = $7, market = $8, updated_at = now()
     WHERE store_id = $1 AND cart_id = $2 AND version = $3 AND state = 'open'`,
    [store.storeId, cartId, version, note, JSON.stringify(attributes), codes, currency, market],
  );
  return changed === 1;
}

/** Makes these the cart's lines, in this order; the cart's version must be taken already. */
export async function saveLines(
  store: StoreWriter,
  cartId: string,
  lines: readonly CartLine[],
): Promise<void> {
  await store.execute(
    'DELETE FROM cart_lines WHERE store_id = $1 AND cart_id = $2 AND line_key <> ALL ($3)',
    [store.storeId, cartId, lines.map(({ key }) => key)],
  );
  const rows = lines.map(({ key, offer, quantity, properties }, position) => ({
    line_key: key,
    variant_id: offer.variantId,
    quantity,
    properties,
    position,
  }));
  await store.execute(
    `INSERT INTO cart_lines (store_id, cart_id, line_key, variant_id, quantity, properties, position)
     SELECT $1, $2, line_key, variant_id, quantity, properties, position FROM jsonb_to_recordset($3)
       AS r (line_key text, variant_id uuid, quantity int, properties jsonb, position int)
     ON CONFLICT (store_id, cart_id, line_key)
     DO UPDATE SET quantity = excluded.quantity, position = excluded.position`,
    [store.storeId, cartId, JSON.stringify(rows)],
  );
}

/**
 * What was ordered leaves its cart: one that is as it was is converted, another keeps what was put in since.
 * @param ordered the cart as it was ordered
 */
export async function takeOrdered(
  store: StoreWriter,
  ordered: {
    cartId: string | null;
    cartVersion: number | null;
    lines: readonly { id: string; quantity: number }[];
  },
): Promise<void> {
  const { cartId, cartVersion, lines } = ordered;
  if (cartId === null) return;
  const converted = await store.execute(
    `UPDATE carts SET state = 'converted', updated_at = now()
     WHERE store_id = $1 AND cart_id = $2 AND version = $3 AND state = 'open'`,
    [store.storeId, cartId, cartVersion],
  );
  if (converted === 1) return;
  const taken = JSON.stringify(lines.map(({ id, quantity }) => ({ line_key: id, quantity })));
  const rows = 'jsonb_to_recordset($3) AS r (line_key text, quantity int)';
  await store.execute(
    `UPDATE carts SET version = version + 1, updated_at = now() WHERE store_id = $1 AND cart_id = $2`,
    [store.storeId, cartId],
  );
  await store.execute(
    `DELETE FROM cart_lines l USING ${rows} WHERE l.store_id = $1 AND l.cart_id = $2
       AND l.line_key = r.line_key AND l.quantity <= r.quantity`,
    [store.storeId, cartId, taken],
  );
  await store.execute(
    `UPDATE cart_lines l SET quantity = l.quantity - r.quantity FROM ${rows}
     WHERE l.store_id = $1 AND l.cart_id = $2 AND l.line_key = r.line_key AND l.quantity > r.quantity`,
    [store.storeId, cartId, taken],
  );
}
