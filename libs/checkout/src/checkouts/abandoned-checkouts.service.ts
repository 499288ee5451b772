import { Inject, Injectable } from '@nestjs/common';
import type { StoreReader, StoreWriter } from '@platform/database';
import type { Consent } from './checkout';
import { CheckoutTokens } from './checkout-tokens.service';

/** A checkout that somebody began and left. */
export interface AbandonedCheckout {
  checkoutId: string;
  cartId: string;
  email: string;
  locale: string;
  /** What was agreed to in it. */
  consent: Consent | null;
  name: string | null;
  lines: { title: string; variantTitle: string | null; quantity: number }[];
}

/** Since when checkouts count, and how long they must have been left alone. */
export interface Idleness {
  idleMinutes: number;
  /** Those that were begun before do not count. */
  since: Date;
}

const columns = `c.checkout_id AS "checkoutId", c.cart_id AS "cartId", c.email, c.locale, c.consent, c.lines,
  c.shipping_address ->> 'name' AS name`;

/** Bought meanwhile, with this cart or by the same person with another one. */
const bought = `EXISTS (SELECT FROM checkouts o WHERE o.store_id = c.store_id AND o.state = 'completed'
  AND o.completed_at >= c.created_at AND (o.cart_id = c.cart_id OR lower(o.email) = lower(c.email)))`;

const left = `c.store_id = $1 AND c.state = 'open' AND c.cart_id IS NOT NULL AND c.email IS NOT NULL
  AND c.expires_at > now() AND c.created_at >= $2 AND c.updated_at <= now() - $3 * interval '1 minute' AND NOT ${bought}`;

/** Checkouts that were left with an address. Whether anybody may write to it is not decided here. */
@Injectable()
export class AbandonedCheckouts {
  constructor(@Inject(CheckoutTokens) private readonly tokens: CheckoutTokens) {}

  /** The path of the page on which a checkout goes on. */
  pathOf(store: StoreReader, checkoutId: string): string {
    return `/checkouts/${this.tokens.of(store.storeId, checkoutId)}`;
  }

  /** Those that count now, the longest left first. */
  list(store: StoreReader, { idleMinutes, since }: Idleness): Promise<AbandonedCheckout[]> {
    return store.query<AbandonedCheckout>(
      `SELECT ${columns} FROM checkouts c WHERE ${left} ORDER BY c.updated_at LIMIT 200`,
      [store.storeId, since, idleMinutes],
    );
  }

  /**
   * One of them, locked: a shopper who pays at this moment comes before or after, and is seen if before. It stays open
   * for three more days, so that a link to it is worth giving.
   * @returns null where it counts no more
   */
  async hold(
    store: StoreWriter,
    checkoutId: string,
    { idleMinutes, since }: Idleness,
  ): Promise<AbandonedCheckout | null> {
    await store.query('SELECT FROM checkouts WHERE store_id = $1 AND checkout_id = $2 FOR UPDATE', [
      store.storeId,
      checkoutId,
    ]);
    const [found] = await store.query<AbandonedCheckout>(
      `UPDATE checkouts c SET expires_at = greatest(c.expires_at, now() + interval '72 hours')
       WHERE ${left} AND c.checkout_id = $4 RETURNING ${columns}`,
      [store.storeId, since, idleMinutes, checkoutId],
    );
    return found ?? null;
  }
}
