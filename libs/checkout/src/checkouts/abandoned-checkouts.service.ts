import { Inject, Injectable } from '@nestjs/common';
import type { StoreReader, StoreWriter } from '@platform/database';
import { Buyers } from './buyers.service';
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
  /** The path of the page on which it goes on. */
  path: string;
}

type Row = Omit<AbandonedCheckout, 'path'> & { tokenRound: number };

/** Since when checkouts count, and how long they must have been left alone. */
export interface Idleness {
  idleMinutes: number;
  /** Those that were begun before do not count. */
  since: Date;
}

const columns = `c.checkout_id AS "checkoutId", c.cart_id AS "cartId", c.email, c.locale, c.consent, c.lines,
  c.shipping_address ->> 'name' AS name, c.token_round AS "tokenRound"`;

/** Bought meanwhile, with this cart or by the same person with another one. */
const bought = `EXISTS (SELECT FROM checkouts o WHERE o.store_id = c.store_id AND o.state = 'completed'
  AND o.completed_at >= c.created_at AND (o.cart_id = c.cart_id OR lower(o.email) = lower(c.email)))`;

const left = `c.store_id = $1 AND c.state = 'open' AND c.cart_id IS NOT NULL AND c.email IS NOT NULL
  AND c.expires_at > now() AND c.created_at >= $2 AND c.updated_at <= now() - $3 * interval '1 minute' AND NOT ${bought}`;

/** Checkouts that were left with an address. Whether anybody may write to it is not decided here. */
@Injectable()
export class AbandonedCheckouts {
  constructor(
    @Inject(CheckoutTokens) private readonly tokens: CheckoutTokens,
    @Inject(Buyers) private readonly buyers: Buyers,
  ) {}

  /** Those that count now, the longest left first. */
  async list(store: StoreReader, { idleMinutes, since }: Idleness): Promise<AbandonedCheckout[]> {
    const rows = await store.query<Row>(
      `SELECT ${columns} FROM checkouts c WHERE ${left} ORDER BY c.updated_at LIMIT 200`,
      [store.storeId, since, idleMinutes],
    );
    return rows.map((row) => this.withPath(store, row));
  }

  /**
   * One of them, locked: a shopper who pays at this moment comes before or after, and is seen if before. It stays open
   * for three more days, so that a link to it is worth giving. What a customer signed in for may show their address:
   * the link is theirs alone, and not for an address that was typed before and is not their account's.
   * @returns null where it counts no more, or nobody may have the link
   */
  async hold(
    store: StoreWriter,
    checkoutId: string,
    { idleMinutes, since }: Idleness,
  ): Promise<AbandonedCheckout | null> {
    const [locked] = await store.query<{ customerId: string | null; email: string | null }>(
      `SELECT customer_id AS "customerId", email FROM checkouts
       WHERE store_id = $1 AND checkout_id = $2 FOR UPDATE`,
      [store.storeId, checkoutId],
    );
    if (!locked || !(await this.isTheirs(store, locked))) return null;
    const [found] = await store.query<Row>(
      `UPDATE checkouts c SET expires_at = greatest(c.expires_at, now() + interval '72 hours')
       WHERE ${left} AND c.checkout_id = $4 RETURNING ${columns}`,
      [store.storeId, since, idleMinutes, checkoutId],
    );
    return found ? this.withPath(store, found) : null;
  }

  private async isTheirs(
    store: StoreReader,
    { customerId, email }: { customerId: string | null; email: string | null },
  ): Promise<boolean> {
    if (customerId === null) return true;
    const known = await this.buyers.known(store, customerId);
    return known.email !== null && known.email.toLowerCase() === email?.toLowerCase();
  }

  private withPath(store: StoreReader, { tokenRound, ...row }: Row): AbandonedCheckout {
    const token = this.tokens.of(store.storeId, row.checkoutId, tokenRound);
    return { ...row, path: `/checkouts/${token}` };
  }
}
