import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { currencyExponent } from '@libs/kernel';
import { changedFields } from '@platform/audit';
import type { Queries, StoreReader, StoreWriter } from '@platform/database';
import { checkVersion } from '@platform/http';
import { hashStorePassword } from './store-password';
import { checkHandle, proposeHandles } from './store-handle';
import { checkCountry, checkLocale, checkTimeZone } from './store-settings';
import { storesErrors } from './stores.errors';
import { StoreChanged, StoreCreated } from './stores.events';

/** A store as its staff see it. */
export interface Store {
  id: string;
  organizationId: string;
  handle: string;
  name: string;
  state: 'open' | 'suspended' | 'closed';
  currency: string;
  country: string;
  locale: string;
  /** Languages that the storefront speaks beside its first one. */
  otherLocales: string[];
  email: string | null;
  description: string | null;
  timeZone: string;
  /** Shoppers must know a password. */
  passwordProtected: boolean;
  createdAt: Date;
  version: number;
}

/** What a new store needs. */
export interface NewStore {
  name: string;
  handle?: string;
  currency: string;
  country: string;
  locale: string;
}

/** What of a store can be changed; the currency stays, since amounts are written in it. */
export type StorePatch = Partial<
  Pick<Store, 'name' | 'country' | 'locale' | 'otherLocales' | 'email' | 'description' | 'timeZone'>
> & {
  /** What shoppers must know to get in; null opens the store to all. */
  storefrontPassword?: string | null;
};

const columns = `store_id AS id, organization_id AS "organizationId", handle, name, state, currency,
  country, locale, other_locales AS "otherLocales", email, description, time_zone AS "timeZone",
  password_hash IS NOT NULL AS "passwordProtected", created_at AS "createdAt", version`;

/** Stores: the tenants. */
@Injectable()
export class Stores {
  /**
   * Creates the store that the writer is open on.
   * @throws stores.handle-taken, stores.bad-handle, currency.unknown and others that name the field
   */
  async create(store: StoreWriter, organizationId: string, input: NewStore): Promise<Store> {
    currencyExponent(input.currency);
    const country = checkCountry(input.country);
    const locale = checkLocale(input.locale);
    const chosen = input.handle === undefined ? null : checkHandle(input.handle);
    const handles = chosen ? [chosen] : proposeHandles(input.name, randomBytes(3).toString('hex'));
    for (const handle of handles) {
      const [created] = await store.query<Store>(
        `INSERT INTO stores (store_id, organization_id, handle, name, currency, country, locale)
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (handle) DO NOTHING RETURNING ${columns}`,
        [store.storeId, organizationId, handle, input.name, input.currency, country, locale],
      );
      if (!created) continue;
      const { handle: taken, name, currency } = created;
      store.record({
        action: 'store.created',
        target: { kind: 'store', id: store.storeId },
        after: { handle: taken, name, currency },
      });
      store.publish(StoreCreated, { storeId: store.storeId, locale: created.locale });
      return created;
    }
    const handle = handles[0] ?? '';
    throw storesErrors.error('handle-taken', { handle }, { field: 'store.handle' });
  }

  /**
   * The store that the reader is open on.
   * @throws stores.store-not-found
   */
  async get(store: StoreReader): Promise<Store> {
    const [found] = await store.query<Store>(`SELECT ${columns} FROM stores WHERE store_id = $1`, [
      store.storeId,
    ]);
    if (!found) throw storesErrors.error('store-not-found');
    return found;
  }

  /**
   * Changes the store's settings.
   * @param seen what the editor looked at, for optimistic locking
   */
  async update(
    store: StoreWriter,
    patch: StorePatch,
    seen: { ifMatch?: string; version?: number },
  ): Promise<Store> {
    const before = await this.get(store);
    checkVersion(before.version, seen);
    const { storefrontPassword, ...fields } = patch;
    const next = { ...before, ...fields };
    const hash = storefrontPassword == null ? null : await hashStorePassword(storefrontPassword);
    const [after] = await store.query<Store>(
      `UPDATE stores SET name = $3, country = $4, locale = $5, email = $6, description = $7, time_zone = $8,
         password_hash = CASE WHEN $9 THEN $10 ELSE password_hash END, other_locales = $11, version = version + 1
       WHERE store_id = $1 AND version = $2 RETURNING ${columns}`,
      [
        store.storeId,
        before.version,
        next.name,
        checkCountry(next.country),
        checkLocale(next.locale),
        next.email,
        next.description,
        checkTimeZone(next.timeZone),
        storefrontPassword !== undefined,
        hash,
        otherLocalesOf(next),
      ],
    );
    // Somebody was faster between our read and our write.
    if (!after) checkVersion(before.version + 1, { version: before.version });
    const changed = after as Store;
    store.record({
      action: 'store.updated',
      target: { kind: 'store', id: store.storeId },
      ...changedFields(withoutVersion(before), withoutVersion(changed)),
    });
    store.publish(StoreChanged, { storeId: store.storeId });
    return changed;
  }

  /**
   * Which store answers under a handle of the platform's zone.
   * @param tx opened across stores
   */
  async findByHandle(tx: Queries, handle: string): Promise<Store | null> {
    const [found] = await tx.query<Store>(`SELECT ${columns} FROM stores WHERE handle = $1`, [
      handle,
    ]);
    return found ?? null;
  }
}

function withoutVersion({ version: _, ...rest }: Store): Omit<Store, 'version'> {
  return rest;
}

/** Each once, without the first one. */
function otherLocalesOf({
  locale,
  otherLocales,
}: Pick<Store, 'locale' | 'otherLocales'>): string[] {
  const checked = new Set(otherLocales.map((tag, at) => checkLocale(tag, `otherLocales.${at}`)));
  checked.delete(checkLocale(locale));
  return [...checked];
}
