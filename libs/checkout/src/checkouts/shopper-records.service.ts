import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { Customers } from '@libs/customers';
import type { StoreReader, StoreWriter } from '@platform/database';
import { bareAddress as bare } from '../carts/old-carts.queries';

type PersonalRecords = Parameters<Customers['alsoKeep']>[0];
type Person = Parameters<PersonalRecords['read']>[1];

const forget = `UPDATE checkouts SET email = NULL, phone = NULL, note = NULL, attributes = '{}', browser_hash = NULL,
    vat_number = NULL, ip_country = NULL, customer_id = NULL, version = version + 1,
    shipping_address = ${bare('shipping_address')}, billing_address = ${bare('billing_address')},
    lines = (SELECT coalesce(jsonb_agg(line || '{"properties": []}'), '[]') FROM jsonb_array_elements(lines) line)
  WHERE store_id = $1 AND (customer_id = $2 OR lower(email) = $3) AND state <> 'paying'
  RETURNING cart_id AS "cartId"`;

/** Their carts are of nobody then; what was still open is left. */
const forgetCarts = `UPDATE carts SET note = NULL, attributes = '{}', customer_id = NULL,
    state = CASE WHEN state = 'open' THEN 'abandoned' ELSE state END
  WHERE store_id = $1 AND (customer_id = $2 OR cart_id = ANY ($3::uuid[])) RETURNING cart_id AS "cartId"`;

/** Whether a line's properties name the address `$2`, as that of whom a gift is for. */
const names = (properties: string): string =>
  `EXISTS (SELECT FROM jsonb_array_elements(${properties}) named WHERE lower(named ->> 1) = $2)`;

/** Gifts for them in what others bought or left; what is still under way is its buyer's wish. */
const forgetGifts = [
  `UPDATE checkouts SET version = version + 1, lines = (
     SELECT jsonb_agg(CASE WHEN ${names("line -> 'properties'")} THEN line || '{"properties": []}' ELSE line END
       ORDER BY place)
     FROM jsonb_array_elements(lines) WITH ORDINALITY AS each (line, place))
   WHERE store_id = $1 AND state IN ('completed', 'expired')
     AND EXISTS (SELECT FROM jsonb_array_elements(lines) line WHERE ${names("line -> 'properties'")})`,
  `UPDATE cart_lines l SET properties = '[]' WHERE l.store_id = $1 AND ${names('l.properties')}
     AND EXISTS (SELECT FROM carts c WHERE c.store_id = $1 AND c.cart_id = l.cart_id AND c.state <> 'open')`,
] as const;

/**
 * What carts and checkouts keep of a customer. A guest's checkout names nobody but by its e-mail address. One that is
 * being paid is not touched, and holds an erasure up.
 */
@Injectable()
export class ShopperRecords implements OnModuleInit {
  constructor(@Inject(Customers) private readonly customers: Customers) {}

  onModuleInit(): void {
    this.customers.askBeforeErasing((store, customerId) => this.beingPaid(store, customerId));
    this.customers.alsoKeep({
      name: 'checkouts',
      read: (store, person) => this.checkoutsOf(store, person),
      erase: (store, person) => this.erase(store, person),
    });
    this.customers.alsoKeep({
      name: 'carts',
      read: (store, person) => this.cartsOf(store, person),
    });
  }

  private async beingPaid(store: StoreReader, customerId: string): Promise<string[]> {
    const email = (await this.customers.find(store, customerId))?.email ?? null;
    const paying = await store.query<{ id: string }>(
      `SELECT checkout_id AS id FROM checkouts
       WHERE store_id = $1 AND (customer_id = $2 OR lower(email) = $3) AND state = 'paying' LIMIT 20`,
      [store.storeId, customerId, email],
    );
    return paying.map(({ id }) => `checkout ${id}`);
  }

  /** Those of the account: what strangers type under an address is not told to its owner. */
  private checkoutsOf(store: StoreReader, { customerId }: Person): Promise<object[]> {
    return store.query(
      `SELECT created_at AS "createdAt", state, locale, source, email, phone, shipping_address AS "shippingAddress",
         billing_address AS "billingAddress", vat_number AS "vatNumber", ip_country AS "ipCountry", note, attributes, consent, lines
       FROM checkouts WHERE store_id = $1 AND customer_id = $2 ORDER BY checkout_id`,
      [store.storeId, customerId],
    );
  }

  private cartsOf(store: StoreReader, { customerId }: Person): Promise<object[]> {
    return store.query(
      `SELECT c.created_at AS "createdAt", c.updated_at AS "updatedAt", c.state, c.source, c.note, c.attributes,
         (SELECT jsonb_agg(jsonb_build_object('variantId', l.variant_id, 'quantity', l.quantity,
            'properties', l.properties) ORDER BY l.position)
          FROM cart_lines l WHERE l.store_id = c.store_id AND l.cart_id = c.cart_id) AS lines
       FROM carts c WHERE c.store_id = $1 AND c.customer_id = $2 ORDER BY c.cart_id`,
      [store.storeId, customerId],
    );
  }

  private async erase(store: StoreWriter, { customerId, email }: Person): Promise<void> {
    const { storeId } = store;
    const gone = await store.query<{ cartId: string | null }>(forget, [storeId, customerId, email]);
    const ofThem = gone.flatMap(({ cartId }) => cartId ?? []);
    const carts = await store.query<{ cartId: string }>(forgetCarts, [storeId, customerId, ofThem]);
    await store.execute(
      `UPDATE cart_lines SET properties = '[]' WHERE store_id = $1 AND cart_id = ANY ($2::uuid[]) AND properties <> '[]'`,
      [storeId, carts.map(({ cartId }) => cartId)],
    );
    for (const sql of forgetGifts) await store.execute(sql, [storeId, email]);
  }
}
