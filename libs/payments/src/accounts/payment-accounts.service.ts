import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { newId } from '@libs/kernel';
import type { StoreReader, StoreWriter } from '@platform/database';
import { checkVersion } from '@platform/http';
import { newToken, Secrets } from '@platform/secrets';
import type { PaymentAccountInput, PaymentAccountPatch, PaymentAccountView } from '../contract';
import { paymentsErrors } from '../payments.errors';
import { type AccountSettings, PaymentAccountRow } from '../payments.entities';
import type { PaymentProvider } from '../providers/payment-provider';
import { Providers } from '../providers/providers.service';
import { checkKeys, missingKey, type OpenedKeys } from './account-keys';
import { viewAccount } from './account-view';
import { OpenAccounts } from './open-accounts.service';
import { accountKeySeal } from './seals';

const noSettings: AccountSettings = {
  countries: null,
  minMinor: null,
  maxMinor: null,
  feeMinor: 0,
  capture: 'later',
  instructions: '',
};

/** What merchants do with payment accounts. Their secret keys go in and never come out. */
@Injectable()
export class PaymentAccounts {
  constructor(
    @Inject(Secrets) private readonly secrets: Secrets,
    @Inject(Providers) private readonly providers: Providers,
    @Inject(OpenAccounts) private readonly accounts: OpenAccounts,
  ) {}

  /** The store's accounts in the order in which they are offered. There are few, so there is one page. */
  async list(store: StoreReader): Promise<PaymentAccountView[]> {
    const rows = await store
      .rows(PaymentAccountRow)
      .find({}, { order: { position: 'ASC', createdAt: 'ASC', accountId: 'ASC' } });
    const views: PaymentAccountView[] = [];
    for (const row of rows) views.push(await this.view(store, row));
    return views;
  }

  /** One account. Throws `payments.account-missing`. */
  async get(store: StoreReader, accountId: string): Promise<PaymentAccountView> {
    return this.view(store, await this.row(store, accountId));
  }

  /**
   * Adds an account, disabled unless it is said otherwise. Throws `payments.bad-provider`, `payments.bad-key`,
   * `payments.key-mode`, `payments.key-missing`.
   */
  async create(
    store: StoreWriter,
    { provider: code, ...input }: PaymentAccountInput,
  ): Promise<PaymentAccountView> {
    const provider = this.providers.get(code);
    const accountId = newId();
    const now = new Date();
    const blank: Omit<PaymentAccountRow, 'storeId'> = {
      accountId,
      provider: provider.code,
      accountKey: newToken(),
      title: provider.title,
      description: '',
      testMode: provider.capabilities.testOnly,
      enabled: false,
      position: 0,
      settings: noSettings,
      publicKeys: {},
      sealedKeys: {},
      keysRefusedAt: null,
      version: 1,
      createdAt: now,
      updatedAt: now,
    };
    const keys = { ...(provider.capabilities.testOnly ? newTestKeys() : {}), ...input.keys };
    const row = this.change(store, { ...blank, storeId: store.storeId }, { ...input, keys });
    await store.rows(PaymentAccountRow).insert(row);
    this.record(store, 'payment-account.created', row);
    return this.get(store, accountId);
  }

  /**
   * Changes an account. A new webhook secret leaves the one before it valid, so that a provider may roll over. Throws
   * what `create` throws, `payments.account-missing`, `http.version-conflict`, `http.version-mismatch`.
   */
  async update(
    store: StoreWriter,
    accountId: string,
    { version, ...patch }: PaymentAccountPatch,
    ifMatch?: string,
  ): Promise<PaymentAccountView> {
    const before = await this.row(store, accountId);
    checkVersion(before.version, { ifMatch, version });
    const { storeId: _, accountId: __, ...next } = this.change(store, before, patch);
    const changed = await store
      .rows(PaymentAccountRow)
      .update(
        { accountId, version: before.version },
        { ...next, updatedAt: new Date(), version: before.version + 1 },
      );
    if (changed === 0) checkVersion(before.version + 1, { version: before.version });
    const after = await this.row(store, accountId);
    this.record(store, 'payment-account.updated', after);
    return this.view(store, after);
  }

  private change(
    store: StoreReader,
    row: PaymentAccountRow,
    { keys = {}, ...patch }: Omit<PaymentAccountPatch, 'version'>,
  ): PaymentAccountRow {
    const provider = this.providers.get(row.provider);
    const { title, description, enabled, position, testMode, ...settings } = patch;
    const said = Object.fromEntries(
      Object.entries({ title, description, enabled, position }).filter(
        ([, value]) => value !== undefined,
      ),
    );
    const { testOnly, byHand } = provider.capabilities;
    const next: PaymentAccountRow = {
      ...row,
      ...said,
      testMode: testOnly || (!byHand && (testMode ?? row.testMode)),
      settings: { ...row.settings, ...settings },
    };
    refuseGap(next.settings);
    const opened = this.rolled(store, row, keys);
    checkKeys(provider, keys, next.testMode);
    next.publicKeys = { ...row.publicKeys, ...pick(keys, provider.publicKeys) };
    next.sealedKeys = {
      ...row.sealedKeys,
      ...this.seal(store, row.accountId, pick(opened, allSecrets(provider))),
    };
    // Whether the provider takes the new ones shows at the next call.
    if (Object.keys(keys).length > 0) next.keysRefusedAt = null;
    if (next.enabled) {
      const missing = missingKey(provider, next);
      if (missing !== null) {
        throw paymentsErrors.error('key-missing', { field: missing }, { field: `keys.${missing}` });
      }
      this.checkMode(store, provider, next);
    }
    return next;
  }

  /** The given keys, with the webhook secret that they replace under its second name. */
  private rolled(store: StoreReader, row: PaymentAccountRow, keys: OpenedKeys): OpenedKeys {
    const before = row.sealedKeys.webhookSecret;
    if (keys.webhookSecret === undefined || before === undefined) return keys;
    const seal = accountKeySeal(store.storeId, row.accountId, 'webhookSecret');
    return { previousWebhookSecret: this.secrets.open(before, seal).toString('utf8'), ...keys };
  }

  private seal(store: StoreReader, accountId: string, keys: OpenedKeys): OpenedKeys {
    return Object.fromEntries(
      Object.entries(keys).map(([field, value]) => [
        field,
        this.secrets.seal(value, accountKeySeal(store.storeId, accountId, field)),
      ]),
    );
  }

  /** Switching the mode needs the other mode's keys: those that are kept are looked at again. */
  private checkMode(store: StoreReader, provider: PaymentProvider, row: PaymentAccountRow): void {
    const kept = Object.entries(row.sealedKeys).map(([field, sealed]) => {
      const seal = accountKeySeal(store.storeId, row.accountId, field);
      return [field, this.secrets.open(sealed, seal).toString('utf8')] as const;
    });
    const { previousWebhookSecret: _, ...current } = Object.fromEntries(kept);
    checkKeys(provider, { ...current, ...row.publicKeys }, row.testMode);
  }

  private async row(store: StoreReader, accountId: string): Promise<PaymentAccountRow> {
    const row = await store.rows(PaymentAccountRow).findOne({ accountId });
    if (!row) throw paymentsErrors.error('account-missing');
    return row;
  }

  private async view(store: StoreReader, row: PaymentAccountRow): Promise<PaymentAccountView> {
    const provider = this.providers.find(row.provider);
    return viewAccount(row, provider, await this.accounts.webhookUrl(store, row));
  }

  private record(store: StoreWriter, action: string, row: PaymentAccountRow): void {
    const { accountId, provider, title, testMode, enabled, settings, sealedKeys } = row;
    // Which keys there are, never what they are.
    const after = {
      provider,
      title,
      testMode,
      enabled,
      settings,
      keys: Object.keys(sealedKeys).sort(),
    };
    store.record({ action, target: { kind: 'payment-account', id: accountId }, after });
  }
}

/** Nobody gives out keys for the test provider: an account brings its own. */
function newTestKeys(): OpenedKeys {
  return { secretKey: `test_sk_${randomBytes(16).toString('hex')}` };
}

function allSecrets(provider: PaymentProvider): { name: string }[] {
  return [...provider.secretKeys, { name: 'previousWebhookSecret' }];
}

function pick(keys: OpenedKeys, fields: readonly { name: string }[]): OpenedKeys {
  const names = new Set(fields.map(({ name }) => name));
  return Object.fromEntries(Object.entries(keys).filter(([name]) => names.has(name)));
}

/** An account with such limits would be offered to nobody. */
function refuseGap({ minMinor, maxMinor }: AccountSettings): void {
  if (minMinor === null || maxMinor === null || minMinor <= maxMinor) return;
  throw paymentsErrors.error('no-total', { minMinor, maxMinor }, { field: 'maxMinor' });
}
