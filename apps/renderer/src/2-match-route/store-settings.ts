import { Inject, Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { StorefrontStores } from '@renderer/stores';
import { Db } from '@platform/database';
import { Stamps } from '../page-cache/stamps';

/** What of a store's settings must be known before a page is looked for. */
export interface StoreSettings {
  /** What the store's password is compared with; null for a store that is open to all. */
  passwordHash: string | null;
  locale: string;
  otherLocales: string[];
}

const none: StoreSettings = { passwordHash: null, locale: 'en', otherLocales: [] };

/** Settings of stores by their stamps: at most two seconds old, and read once for each stamp. */
@Injectable()
export class SettingsOfStores {
  private readonly known = new LRUCache<string, StoreSettings>({ max: 50_000 });

  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(StorefrontStores) private readonly stores: StorefrontStores,
    @Inject(Stamps) private readonly stamps: Stamps,
  ) {}

  /** The settings of a store. */
  async of(storeId: string): Promise<StoreSettings> {
    const key = `${storeId}|${await this.stamps.current(storeId)}`;
    const known = this.known.get(key);
    if (known) return known;
    const shop = await this.db.read(storeId, (store) => this.stores.shop(store));
    const settings = shop ?? none;
    const { passwordHash, locale, otherLocales } = settings;
    const kept = { passwordHash, locale, otherLocales };
    this.known.set(key, kept);
    return kept;
  }
}
