import { Inject, Injectable } from '@nestjs/common';
import { shopperCheckouts } from '@libs/checkout';
import type { StoreReader, StoreWriter } from '@platform/database';
import { MarketingConsent } from './marketing-consent.service';

const { AbandonedCheckouts } = shopperCheckouts;
type AbandonedCheckouts = InstanceType<typeof AbandonedCheckouts>;

/** A checkout that somebody began and left. */
export type AbandonedCheckout = NonNullable<Awaited<ReturnType<AbandonedCheckouts['hold']>>>;

type Idleness = Parameters<AbandonedCheckouts['list']>[1];

/** Whether a store reminds shoppers of carts that they left, and how soon. */
export interface AbandonedCartSettings {
  enabled: boolean;
  delayHours: number;
  version: number;
}

/** Days for which it is kept that somebody was reminded; a guest's cart is gone by then. */
const keptDays = 90;

/** Which carts are reminded of, each once. */
@Injectable()
export class AbandonedCarts {
  constructor(
    @Inject(AbandonedCheckouts) private readonly checkouts: AbandonedCheckouts,
    @Inject(MarketingConsent) private readonly consent: MarketingConsent,
  ) {}

  /** The store's choice; off until it chooses. */
  async settings(store: StoreReader): Promise<AbandonedCartSettings> {
    const [row] = await store.query<AbandonedCartSettings>(
      `SELECT enabled_at IS NOT NULL AS enabled, delay_hours AS "delayHours", version
       FROM abandoned_cart_settings WHERE store_id = $1`,
      [store.storeId],
    );
    return row ?? { enabled: false, delayHours: 10, version: 0 };
  }

  /** Chooses. Switched on, it is about checkouts that begin from now on. */
  async choose(
    store: StoreWriter,
    { enabled, delayHours }: { enabled: boolean; delayHours: number },
  ): Promise<AbandonedCartSettings> {
    await store.execute(
      `INSERT INTO abandoned_cart_settings AS s (store_id, enabled_at, delay_hours)
       VALUES ($1, CASE WHEN $2 THEN now() END, $3)
       ON CONFLICT (store_id) DO UPDATE SET delay_hours = $3, version = s.version + 1,
         enabled_at = CASE WHEN $2 THEN coalesce(s.enabled_at, now()) END`,
      [store.storeId, enabled, delayHours],
    );
    const after = { enabled, delayHours };
    const target = { kind: 'store', id: store.storeId };
    store.record({ action: 'abandoned-cart-mail.changed', target, after });
    return this.settings(store);
  }

  /** The checkouts to remind of now. */
  async due(store: StoreReader): Promise<string[]> {
    const idle = await idleness(store);
    if (!idle) return [];
    const found: string[] = [];
    for (const checkout of await this.checkouts.list(store, idle)) {
      if (await this.isFree(store, checkout)) found.push(checkout.checkoutId);
    }
    return found;
  }

  /**
   * Takes a checkout to remind of, by a row that no cart has twice; whoever is killed after it has sent at most one.
   * Purchase, consent and setting are read here, under the lock of the checkout.
   * @returns null where there is nothing to send any more
   */
  async claim(store: StoreWriter, checkoutId: string): Promise<AbandonedCheckout | null> {
    const idle = await idleness(store);
    const held = idle && (await this.checkouts.hold(store, checkoutId, idle));
    if (!held || !(await this.consent.mayMail(store, held))) return null;
    const { cartId, email, locale } = held;
    const claimed = await store.execute(
      `INSERT INTO abandoned_cart_mails (store_id, checkout_id, cart_id, email, locale, kept_until)
       VALUES ($1, $2, $3, $4, $5, now() + interval '${keptDays} days') ON CONFLICT DO NOTHING`,
      [store.storeId, checkoutId, cartId, email, locale],
    );
    return claimed > 0 ? held : null;
  }

  /** The mail is with the mail server. */
  async sent(store: StoreWriter, checkoutId: string): Promise<void> {
    await store.execute(
      'UPDATE abandoned_cart_mails SET sent_at = now() WHERE store_id = $1 AND checkout_id = $2',
      [store.storeId, checkoutId],
    );
  }

  /** The mail server did not take it: it may be tried again. */
  async release(store: StoreWriter, checkoutId: string): Promise<void> {
    await store.execute(
      `DELETE FROM abandoned_cart_mails WHERE store_id = $1 AND checkout_id = $2 AND sent_at IS NULL`,
      [store.storeId, checkoutId],
    );
  }

  private async isFree(store: StoreReader, checkout: AbandonedCheckout): Promise<boolean> {
    const known = await store.query(
      'SELECT FROM abandoned_cart_mails WHERE store_id = $1 AND cart_id = $2',
      [store.storeId, checkout.cartId],
    );
    return known.length === 0 && this.consent.mayMail(store, checkout);
  }
}

async function idleness(store: StoreReader): Promise<Idleness | null> {
  const [row] = await store.query<Idleness>(
    `SELECT enabled_at AS since, delay_hours * 60 AS "idleMinutes" FROM abandoned_cart_settings
     WHERE store_id = $1 AND enabled_at IS NOT NULL`,
    [store.storeId],
  );
  return row ?? null;
}
