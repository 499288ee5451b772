import { Inject, Injectable } from '@nestjs/common';
import { Db, type StoreReader } from '@platform/database';

/** A store as its storefront needs it. */
export interface ShopData {
  storeId: string;
  handle: string;
  name: string;
  state: 'open' | 'suspended' | 'closed';
  currency: string;
  country: string;
  locale: string;
  /** Languages beside that one; pages in them have its tag at the front of their paths. */
  otherLocales: string[];
  email: string | null;
  description: string | null;
  /** What a shopper's password is compared with; null for a store that is open to all. */
  passwordHash: string | null;
  /** The stamp of the snapshot: rises with every change that a page may show. */
  v: number;
}

/** What a host look-up needs to know of a store. */
export interface StoreEntry {
  storeId: string;
  state: ShopData['state'];
}

/** Stores for the storefront. */
@Injectable()
export class StorefrontStores {
  constructor(@Inject(Db) private readonly db: Db) {}

  /** The store that answers as `<handle>.<platform zone>`, or null. */
  async findByHandle(handle: string): Promise<StoreEntry | null> {
    const [row] = await this.db.acrossStores('find the store of a handle', (tx) =>
      tx.query<StoreEntry>('SELECT store_id AS "storeId", state FROM stores WHERE handle = $1', [
        handle,
      ]),
    );
    return row ?? null;
  }

  /** Whether the store is open, or null when it is gone. */
  async stateOf(storeId: string): Promise<ShopData['state'] | null> {
    const [row] = await this.db.read(storeId, (store) =>
      store.query<StoreEntry>('SELECT state FROM stores WHERE store_id = $1', [storeId]),
    );
    return row?.state ?? null;
  }

  /** The store of the reader with the stamp of its snapshot, in one statement; null when it is gone. */
  async shop(store: StoreReader): Promise<ShopData | null> {
    const [row] = await store.query<ShopData>(
      `SELECT s.store_id AS "storeId", s.handle, s.name, s.state, s.currency, s.country, s.locale, s.other_locales AS "otherLocales", s.email,
         s.description, s.password_hash AS "passwordHash", coalesce(t.v, 1) AS v
       FROM stores s LEFT JOIN store_stamps t ON t.store_id = s.store_id WHERE s.store_id = $1`,
      [store.storeId],
    );
    return row ?? null;
  }

  /** The store's present stamp. */
  stampOf(storeId: string): Promise<number> {
    return this.db.read(storeId, (store) => this.stampIn(store));
  }

  /** The stamp of the reader's snapshot. */
  async stampIn(store: StoreReader): Promise<number> {
    const [row] = await store.query<{ v: number }>(
      'SELECT v FROM store_stamps WHERE store_id = $1',
      [store.storeId],
    );
    return row?.v ?? 1;
  }
}
