import { Inject, Injectable } from '@nestjs/common';
import { faultPoint } from '@platform/config';
import { Db } from '@platform/database';
import { type OpenAccount, OpenAccounts } from './accounts/open-accounts.service';
import type { FactSource } from './facts/fact-rows';
import { keepRef, PaymentLedger } from './payment-ledger.service';
import type { Next } from './payment-views';
import { paymentsErrors } from './payments.errors';
import { PaymentRow } from './payments.entities';
import { neverBegun } from './providers/by-hand';
import { type Begun, ProviderError } from './providers/payment-provider';

/** Calls providers for payments: always before or after a transaction, never inside one. */
@Injectable()
export class PaymentCalls {
  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(OpenAccounts) private readonly accounts: OpenAccounts,
    @Inject(PaymentLedger) private readonly ledger: PaymentLedger,
  ) {}

  /** See `Payments.begin`. */
  async begin(storeId: string, paymentId: string): Promise<Next> {
    const { payment, account } = await this.prepare(storeId, paymentId);
    if (payment.stoppedAt !== null || payment.unwantedAt !== null) {
      throw paymentsErrors.error('payment-stopped');
    }
    const { next, ref, facts } = await this.tryBegin(payment, account);
    faultPoint('payments.begin-answered');
    await this.db.write(storeId, async (store) => {
      await this.accounts.keysTaken(store, account.row, true);
      if (ref !== null) await keepRef(store, paymentId, ref);
      await this.ledger.tell(store, paymentId, facts, 'answer');
    });
    return next;
  }

  /** Asks the provider what it knows and tells the ledger; does nothing for a payment that it cannot know. */
  async refresh(storeId: string, paymentId: string, source: FactSource): Promise<void> {
    const { payment, account } = await this.load(storeId, paymentId);
    const { providerRef } = payment;
    if (providerRef === null) return;
    const mayTake = isWanted(payment);
    const facts = await asked(() => account.client.fetch(providerRef, { mayTake }));
    faultPoint('payments.fetch-answered');
    await this.db.write(storeId, async (store) => {
      await this.accounts.keysTaken(store, account.row, true);
      await this.ledger.tell(store, paymentId, facts, source);
    });
  }

  /** The very request with which the payment began: the key is the same each time, so that the provider makes one. */
  beginAgain(payment: PaymentRow, { client }: OpenAccount): Promise<Begun> {
    const { paymentId, amountMinor, currency, capture, returnUrl, flow, providerRef } = payment;
    const money = { amountMinor, currency };
    const ref = flow === 'approved' ? providerRef : null;
    const key = `begin:${paymentId}`;
    return client.begin({ paymentId, money, capture, returnUrl, flow, ref, key });
  }

  private async tryBegin(payment: PaymentRow, account: OpenAccount): Promise<Begun> {
    try {
      return await this.beginAgain(payment, account);
    } catch (error) {
      if (error instanceof ProviderError) await this.notBegun(payment, account, error);
      throw outwards(error);
    }
  }

  /** What a provider would not begin has failed, as long as it has no name for it; the shopper pays otherwise. */
  private async notBegun(
    { storeId, paymentId, providerRef }: PaymentRow,
    { row }: OpenAccount,
    { kind, reason, facts }: ProviderError,
  ): Promise<void> {
    const isOver = kind !== 'unknown' && providerRef === null && facts.length === 0;
    const told = isOver ? [neverBegun(paymentId, reason)] : facts;
    await this.db.write(storeId, async (store) => {
      if (kind === 'keys') await this.accounts.keysTaken(store, row, false);
      await this.ledger.tell(store, paymentId, told, 'answer');
    });
  }

  /** Reads a payment and opens its account. Throws `payments.payment-missing`. */
  load(storeId: string, paymentId: string): Promise<{ payment: PaymentRow; account: OpenAccount }> {
    return this.db.read(storeId, async (store) => {
      const payment = await store.rows(PaymentRow).findOne({ paymentId });
      if (!payment) throw paymentsErrors.error('payment-missing');
      return { payment, account: await this.accounts.open(store, payment.accountId) };
    });
  }

  /** The same, having written down that the provider may know of the payment from here on. */
  private prepare(storeId: string, paymentId: string) {
    return this.db.write(storeId, async (store) => {
      const payment = await this.ledger.lock(store, paymentId);
      await store.execute(
        `UPDATE payments SET begun_at = now(), check_at = now() + interval '2 minutes'
         WHERE store_id = $1 AND payment_id = $2 AND begun_at IS NULL AND stopped_at IS NULL
           AND provider NOT IN ('manual', 'cash_on_delivery')`,
        [storeId, paymentId],
      );
      return { payment, account: await this.accounts.open(store, payment.accountId) };
    });
  }
}

/** Whether money may still be taken for it. */
export function isWanted({ stoppedAt, unwantedAt }: PaymentRow): boolean {
  return stoppedAt === null && unwantedAt === null;
}

/** Calls a provider. Throws what its failure is in words for whoever asked. */
export async function asked<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw outwards(error);
  }
}

/** A provider's failure in words for whoever asked. */
function outwards(error: unknown): unknown {
  if (!(error instanceof ProviderError)) return error;
  const { kind, reason } = error;
  return kind === 'refused'
    ? paymentsErrors.error('provider-refused', { reason }, { cause: error })
    : paymentsErrors.error('provider-unreachable', {}, { cause: error, retryAfterSeconds: 5 });
}
