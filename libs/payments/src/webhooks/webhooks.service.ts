import { Inject, Injectable } from '@nestjs/common';
import { isId } from '@libs/kernel';
import { faultPoint } from '@platform/config';
import { Db, type StoreReader } from '@platform/database';
import { type OpenAccount, OpenAccounts } from '../accounts/open-accounts.service';
import type { Fact } from '../facts/fact';
import { isWanted } from '../payment-calls.service';
import { keepRef, PaymentLedger } from '../payment-ledger.service';
import { PaymentRow } from '../payments.entities';
import { ProviderError, type ProviderEvent, WebhookRefused } from '../providers/payment-provider';

/** A request to an address of webhooks. */
export interface WebhookRequest {
  provider: string;
  accountKey: string;
  /** Byte by byte as it came: the signature is over this. */
  rawBody: Buffer;
  headers: Readonly<Record<string, string | undefined>>;
}

/** The status to answer, and why it was refused. */
export interface WebhookAnswer {
  status: 200 | 400 | 404 | 503;
  reason?: string;
}

/** Takes in what providers send by themselves: verified, once per event, and merged in one transaction. */
@Injectable()
export class PaymentWebhooks {
  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(OpenAccounts) private readonly accounts: OpenAccounts,
    @Inject(PaymentLedger) private readonly ledger: PaymentLedger,
  ) {}

  /**
   * Takes one request. What throws here is answered with 500 by the caller, and the provider sends it again.
   * @returns 200 also for an event that was had before, and for one about nothing of ours, which is kept aside
   */
  async receive(storeId: string, request: WebhookRequest): Promise<WebhookAnswer> {
    const account = await this.db.read(storeId, (store) => this.accounts.openByKey(store, request));
    if (!account) return { status: 404 };
    try {
      const event = await account.client.verifyWebhook(request.rawBody, request.headers);
      await this.apply(storeId, account, event);
      return { status: 200 };
    } catch (error) {
      if (error instanceof WebhookRefused) return { status: 400, reason: error.reason };
      if (error instanceof ProviderError) return { status: 503, reason: error.reason };
      throw error;
    }
  }

  private async apply(
    storeId: string,
    { row: account, client }: OpenAccount,
    event: ProviderEvent,
  ): Promise<void> {
    const payment = await this.db.read(storeId, (store) => find(store, account.accountId, event));
    // What the payment began as tells more than a part of it.
    const ref = payment?.providerRef ?? event.ref;
    let facts: Fact[] = [];
    if (event.facts !== 'fetch') ({ facts } = event as { facts: Fact[] });
    else if (payment && ref !== null) {
      facts = await client.fetch(ref, { mayTake: isWanted(payment) });
    }
    await this.db.write(storeId, async (store) => {
      const isNew = await store.execute(
        `INSERT INTO provider_events (store_id, provider, event_id, account_id, type, payload, applied_at, error)
         VALUES ($1, $2, $3, $4, $5, $6, CASE WHEN $7::text IS NULL THEN now() END, $7)
         ON CONFLICT (store_id, provider, event_id) DO NOTHING`,
        [
          storeId,
          account.provider,
          event.eventId,
          account.accountId,
          event.type,
          JSON.stringify(event.payload),
          payment ? null : 'unknown_payment',
        ],
      );
      if (isNew === 0 || !payment) return;
      if (ref !== null) await keepRef(store, payment.paymentId, ref);
      await this.ledger.tell(store, payment.paymentId, facts, 'webhook');
      faultPoint('payments.event-written');
    });
  }
}

/** Whose event it is: by our id in the provider's metadata, else by the provider's name; of this account in any case. */
async function find(
  store: StoreReader,
  accountId: string,
  { paymentId, ref }: ProviderEvent,
): Promise<PaymentRow | null> {
  const rows = store.rows(PaymentRow);
  if (isId(paymentId)) return rows.findOne({ accountId, paymentId });
  if (ref === null) return null;
  const named = await rows.findOne({ accountId, providerRef: ref });
  if (named) return named;
  // What the provider made for it has a name of its own.
  const [part] = await store.query<{ paymentId: string }>(
    `SELECT payment_id AS "paymentId" FROM payment_facts WHERE store_id = $1 AND object_id = $2 LIMIT 1`,
    [store.storeId, ref],
  );
  return part ? rows.findOne({ accountId, paymentId: part.paymentId }) : null;
}
