import { Inject, Injectable } from '@nestjs/common';
import { Secrets } from '@platform/secrets';
import { SettingsOfStores } from '../2-match-route/store-settings';
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
  constructor(
    @Inject(SettingsOfStores) private readonly settings: SettingsOfStores,
    @Inject(Secrets) private readonly secrets: Secrets,
  ) {}

  /** What the store's password is compared with; null for a store that is open to all. */
  async hashOf(storeId: string): Promise<string | null> {
    return (await this.settings.of(storeId)).passwordHash;
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
