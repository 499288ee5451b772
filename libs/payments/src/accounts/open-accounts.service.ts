import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '@platform/config';
import type { StoreReader, StoreWriter } from '@platform/database';
import { Secrets } from '@platform/secrets';
import { paymentsErrors } from '../payments.errors';
import { PaymentAccountRow } from '../payments.entities';
import type { PaymentProvider, ProviderClient } from '../providers/payment-provider';
import { Providers } from '../providers/providers.service';
import { accountKeySeal } from './seals';

/** A provider ready to be called as one account. */
export interface OpenAccount {
  row: PaymentAccountRow;
  provider: PaymentProvider;
  client: ProviderClient;
}

/** Opens accounts for the length of a call: the only place where their keys are unsealed. */
@Injectable()
export class OpenAccounts {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(Secrets) private readonly secrets: Secrets,
    @Inject(Providers) private readonly providers: Providers,
  ) {}

  /** The account of that id. Throws `payments.account-missing`, `payments.bad-provider`. */
  async open(store: StoreReader, accountId: string): Promise<OpenAccount> {
    const row = await store.rows(PaymentAccountRow).findOne({ accountId });
    if (!row) throw paymentsErrors.error('account-missing');
    return this.openRow(store, row);
  }

  /** The account that a webhook's address names, or null. */
  async openByKey(
    store: StoreReader,
    { provider, accountKey }: { provider: string; accountKey: string },
  ): Promise<OpenAccount | null> {
    const row = await store.rows(PaymentAccountRow).findOne({ accountKey });
    return row?.provider === provider ? this.openRow(store, row) : null;
  }

  /**
   * Keeps whether the provider took the account's keys. Keys that it refused are no way to pay: nobody could begin, and
   * what is under way is asked for until it answers again.
   */
  async keysTaken(store: StoreWriter, row: PaymentAccountRow, taken: boolean): Promise<void> {
    if (taken === (row.keysRefusedAt === null)) return;
    await store.execute(
      `UPDATE payment_accounts SET keys_refused_at = CASE WHEN $3 THEN NULL ELSE now() END
       WHERE store_id = $1 AND account_id = $2 AND (keys_refused_at IS NULL) <> $3 AND version = $4`,
      [store.storeId, row.accountId, taken, row.version],
    );
  }

  /** Where the provider is to send the account's events: on the store's own name of the platform, which never changes. */
  async webhookUrl(
    store: StoreReader,
    { provider, accountKey }: Pick<PaymentAccountRow, 'provider' | 'accountKey'>,
  ): Promise<string> {
    const [row] = await store.query<{ handle: string }>(
      'SELECT handle FROM stores WHERE store_id = $1',
      [store.storeId],
    );
    const { platformZone, publicPort, tlsPublicPort } = this.config.shop;
    const host = `${row?.handle}.${platformZone}`;
    const origin = this.config.production
      ? `https://${host}${tlsPublicPort === 443 ? '' : `:${tlsPublicPort}`}`
      : `http://${host}${publicPort === 80 ? '' : `:${publicPort}`}`;
    return `${origin}/webhooks/${provider}/${accountKey}`;
  }

  private async openRow(store: StoreReader, row: PaymentAccountRow): Promise<OpenAccount> {
    const provider = this.providers.get(row.provider);
    const secretKeys = Object.fromEntries(
      Object.entries(row.sealedKeys).map(([field, sealed]) => {
        const seal = accountKeySeal(store.storeId, row.accountId, field);
        return [field, this.secrets.open(sealed, seal).toString('utf8')];
      }),
    );
    const client = provider.open({
      accountId: row.accountId,
      testMode: row.testMode,
      secretKeys,
      publicKeys: row.publicKeys,
      instructions: row.settings.instructions,
      webhookUrl: await this.webhookUrl(store, row),
    });
    return { row, provider, client };
  }
}
