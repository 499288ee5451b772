import { Inject, Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { StorefrontStores } from '@renderer/stores';
import { Db } from '@platform/database';
import { Secrets } from '@platform/secrets';
import { Stamps } from '../page-cache/stamps';
import type { ShopRequest } from '../shop-request';

const cookieName = 'storefront_digest';
const purpose = 'store-password';
const days = 14;

/**
 * Who may see a store that asks for a password: those whose cookie was signed for the password as it is now. A new
 * password sends everybody out.
 */
@Injectable()
export class PasswordGate {
  private readonly hashes = new LRUCache<string, { hash: string | null }>({ max: 50_000 });

  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(StorefrontStores) private readonly stores: StorefrontStores,
    @Inject(Stamps) private readonly stamps: Stamps,
    @Inject(Secrets) private readonly secrets: Secrets,
  ) {}

  /** What the store's password is compared with; null for a store that is open to all. At most two seconds old. */
  async hashOf(storeId: string): Promise<string | null> {
    const key = `${storeId}|${await this.stamps.current(storeId)}`;
    const known = this.hashes.get(key);
    if (known) return known.hash;
    const shop = await this.db.read(storeId, (store) => this.stores.shop(store));
    const hash = shop?.passwordHash ?? null;
    this.hashes.set(key, { hash });
    return hash;
  }

  /** Whether the request comes from somebody who knew the password. */
  admits(storeId: string, hash: string, { headers }: Pick<ShopRequest, 'headers'>): boolean {
    const [, signature = ''] =
      /(?:^|;\s*)storefront_digest=([\w.-]{20,200})(?:;|$)/.exec(headers.cookie ?? '') ?? [];
    return signature !== '' && this.secrets.verify(signed(storeId, hash), signature, purpose);
  }

  /** The cookie of somebody who knew the password. */
  pass(storeId: string, hash: string, secure: boolean): string {
    const value = this.secrets.sign(signed(storeId, hash), purpose);
    const age = days * 24 * 60 * 60;
    return `${cookieName}=${value}; Path=/; Max-Age=${age}; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`;
  }
}

function signed(storeId: string, hash: string): string {
  return JSON.stringify([storeId, hash]);
}
