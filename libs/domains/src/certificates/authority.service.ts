import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { newId } from '@libs/kernel';
import { CONFIG, type Config } from '@platform/config';
import { Db } from '@platform/database';
import { Secrets } from '@platform/secrets';
import { Metrics } from '@platform/telemetry';
import { AcmeClient, type AcmeIdentity } from '../acme/acme-client';
import { AcmeError } from '../acme/acme-error';
import { HttpsTransport, type AcmeTransport } from '../acme/acme-transport';
import { newAccountKeyPem, readAccountKey } from '../acme/jws';
import type { CaaQuestion } from '../dns/caa';
import { CountedTransport } from './counted-transport';

interface AccountRow {
  id: string;
  key_sealed: string;
  kid: string | null;
}

/** One exchange; a step of an order makes a handful and must stay well under half a minute. */
const CALL_TIMEOUT_MS = 10_000;
const DEFAULT_ISSUER = 'letsencrypt.org';

/** The configured certificate authority and our account there. Without a configured one nothing is ordered. */
@Injectable()
export class Authority implements OnModuleDestroy {
  readonly directoryUrl: string | null;
  private readonly contact: string | null;
  private readonly transport: AcmeTransport;
  private readonly acme: AcmeClient | null;
  private known: AcmeIdentity | null = null;

  constructor(
    @Inject(CONFIG) config: Config,
    @Inject(Db) private readonly db: Db,
    @Inject(Secrets) private readonly secrets: Secrets,
    @Inject(Metrics) metrics: Metrics,
  ) {
    const { directoryUrl, caPem, contact } = config.acme;
    this.directoryUrl = directoryUrl;
    this.contact = contact;
    this.transport = new CountedTransport(
      new HttpsTransport({ caPem, timeoutMs: CALL_TIMEOUT_MS }),
      metrics,
    );
    this.acme = directoryUrl === null ? null : new AcmeClient(directoryUrl, this.transport);
  }

  onModuleDestroy(): void {
    this.transport.close();
  }

  /** Throws when no authority is configured; ask `directoryUrl` first. */
  get client(): AcmeClient {
    if (!this.acme) throw new Error('no certificate authority is configured');
    return this.acme;
  }

  /**
   * Our account, registered on first use. The key is stored before it is shown to the authority, and the same key gives
   * the same account, so that this may be interrupted anywhere. Throws `AcmeError`.
   */
  async identity(signal?: AbortSignal): Promise<AcmeIdentity> {
    if (this.known) return this.known;
    const row = await this.accountRow();
    const key = readAccountKey(this.secrets.open(row.key_sealed, sealedFor(row.id)).toString());
    let { kid } = row;
    if (kid === null) {
      kid = (await this.client.newAccount(key, this.contact, signal)).url;
      await this.saveKid(kid);
    }
    this.known = { key, kid };
    return this.known;
  }

  /** After the authority said that it does not know the account: the next use registers the same key again. */
  async forgetAccount(): Promise<void> {
    this.known = null;
    await this.saveKid(null);
  }

  /** Whom CAA records must let through. Falls back on Let's Encrypt when the directory cannot be read. Never throws for network. */
  async caaQuestion(): Promise<CaaQuestion> {
    const fallback = { issuers: [DEFAULT_ISSUER], accountUri: this.known?.kid ?? null };
    if (!this.acme) return fallback;
    try {
      const issuers = await this.acme.caaIdentities();
      return issuers.length === 0 ? fallback : { ...fallback, issuers };
    } catch (error) {
      if (error instanceof AcmeError) return fallback;
      throw error;
    }
  }

  private accountRow(): Promise<AccountRow> {
    return this.db.outsideStores(async (tx) => {
      const id = newId();
      const sealed = this.secrets.seal(newAccountKeyPem(), sealedFor(id));
      // The update of nothing makes a row that another process has just inserted visible to RETURNING.
      const [row] = await tx.query<AccountRow>(
        `INSERT INTO acme_accounts (directory_url, id, key_sealed) VALUES ($1, $2, $3)
         ON CONFLICT (directory_url) DO UPDATE SET directory_url = excluded.directory_url
         RETURNING id, key_sealed, kid`,
        [this.directoryUrl, id, sealed],
      );
      if (!row) throw new Error('the account row was neither made nor found');
      return row;
    });
  }

  private async saveKid(kid: string | null): Promise<void> {
    await this.db.outsideStores((tx) =>
      tx.execute('UPDATE acme_accounts SET kid = $2 WHERE directory_url = $1', [
        this.directoryUrl,
        kid,
      ]),
    );
  }
}

function sealedFor(rowId: string) {
  return { purpose: 'acct', table: 'acme_accounts', rowId, storeId: '' };
}
