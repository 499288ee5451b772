import { Inject, Injectable } from '@nestjs/common';
import { type Clock } from '@libs/kernel';
import { CLOCK } from '@libs/platform';
import { faultPoint } from '@platform/config';
import { Db, type StoreWriter } from '@platform/database';
import { RetryAt } from '@platform/outbox';
import { type OpenAccount, OpenAccounts } from '../accounts/open-accounts.service';
import { type Fact, operationOf } from '../facts/fact';
import { readFacts } from '../facts/fact-rows';
import { PaymentCalls } from '../payment-calls.service';
import { PaymentLedger, identify, keepRef } from '../payment-ledger.service';
import { OperationRow, type PaymentRow } from '../payments.entities';
import { FactsChanged, OperationFailed } from '../payments.events';
import { stopped } from '../providers/by-hand';
import { ProviderError } from '../providers/payment-provider';
import { isKeyForgotten, keysWaitMs, refusalWaitMs, silenceWaitMs } from './retries';
import { RunOperation } from './run-operation.job';

/** Longer than a call to a provider takes: nobody else carries the operation out meanwhile. */
const leaseSeconds = 60;

/** An operation that this process has taken on. */
interface Work {
  operation: OperationRow;
  payment: PaymentRow;
  account: OpenAccount;
  authId: string | null;
}

/**
 * Carries out what is wanted of providers: takes the operation, calls, writes what came of it. Killed between any two
 * of these, it is taken on again and asks the provider with the same key.
 */
@Injectable()
export class OperationRunner {
  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(OpenAccounts) private readonly accounts: OpenAccounts,
    @Inject(PaymentLedger) private readonly ledger: PaymentLedger,
    @Inject(PaymentCalls) private readonly calls: PaymentCalls,
  ) {}

  /**
   * Moves one operation on. Throws `RetryAt` while somebody else is at it or its time has not come.
   * @returns when it is done, or is to be tried again by a job of its own
   */
  async run(storeId: string, operationId: string): Promise<void> {
    const work = await this.take(storeId, operationId);
    if (work === null) return;
    faultPoint('payments.operation-taken');
    let facts: Fact[];
    try {
      facts = await this.carryOut(work);
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error;
      await this.failed(work, error);
      return;
    }
    faultPoint('payments.operation-answered');
    const { operation, payment } = work;
    await this.db.write(storeId, async (store) => {
      await this.ledger.tell(store, payment.paymentId, facts, 'answer');
      await store.execute(
        `UPDATE payment_operations SET state = 'done', next_at = NULL, updated_at = now()
         WHERE store_id = $1 AND operation_id = $2 AND state = 'sent'`,
        [storeId, operationId],
      );
      tellOfEnd(store, operation, payment);
    });
  }

  /** Takes it for a minute; null when there is nothing to do any more. */
  private take(storeId: string, operationId: string): Promise<Work | null> {
    return this.db.write(storeId, async (store) => {
      const rows = store.rows(OperationRow);
      const before = await rows.findOne({ operationId });
      if (!before) return null;
      const payment = await this.ledger.lock(store, before.paymentId);
      const taken = await store.execute(
        `UPDATE payment_operations SET state = 'sent', tries = tries + 1, updated_at = now(),
           round_sent_at = coalesce(round_sent_at, now()), next_at = now() + make_interval(secs => $3)
         WHERE store_id = $1 AND operation_id = $2 AND state IN ('wanted', 'sent') AND next_at <= now()`,
        [storeId, operationId, leaseSeconds],
      );
      const operation = await rows.findOne({ operationId });
      if (taken === 0 || !operation) {
        if (operation?.nextAt) throw new RetryAt(operation.nextAt, 'its time has not come');
        return null;
      }
      const facts = [...(await readFacts(store, payment.paymentId)).values()];
      const auth = facts.find(({ kind, status }) => kind === 'auth' && status === 'authorized');
      const account = await this.accounts.open(store, payment.accountId);
      return { operation, payment, account, authId: auth?.objectId ?? null };
    });
  }

  private async carryOut(work: Work): Promise<Fact[]> {
    const { operation, payment, account } = work;
    const sentAt = operation.roundSentAt?.getTime() ?? this.clock.now().getTime();
    const { keyHours } = account.provider.capabilities;
    const ref = payment.providerRef;
    if (ref !== null && isKeyForgotten(sentAt, this.clock.now().getTime(), keyHours)) {
      const facts = await account.client.fetch(ref);
      if (facts.some((fact) => operationOf(fact) === operation.operationId)) return facts;
      await this.newRound(payment.storeId, operation.operationId);
      throw new ProviderError('unknown', 'key_forgotten', facts);
    }
    return operation.kind === 'cancel' ? this.cancel(work) : this.move(work);
  }

  private move({ operation, payment, account, authId }: Work): Promise<Fact[]> {
    const { paymentId, providerRef: ref } = payment;
    const { kind, amountMinor, currency, final, targetId } = operation;
    const money = { amountMinor, currency };
    const key = keyOf(operation);
    if (kind === 'refund') {
      return account.client.refund({ paymentId, ref, captureId: targetId ?? '', money, key });
    }
    if (ref === null) throw new ProviderError('refused', 'not_begun');
    return account.client.capture({ paymentId, ref, authId, money, final, key });
  }

  /** What the provider never heard of is stopped here; what it may have heard of is asked for its name first. */
  private async cancel({ operation, payment, account }: Work): Promise<Fact[]> {
    const { paymentId, storeId, begunAt } = payment;
    const { byHand } = account.provider.capabilities;
    if (byHand || begunAt === null) return [stopped(paymentId)];
    const key = keyOf(operation);
    if (payment.providerRef !== null) {
      return account.client.cancel({ paymentId, ref: payment.providerRef, key });
    }
    const begun = await this.calls.beginAgain(payment, account).catch(unlessRefused);
    if (begun === null) return [stopped(paymentId)];
    const { ref, facts } = begun;
    if (ref === null) return facts;
    await this.db.write(storeId, (store) => keepRef(store, paymentId, ref));
    return account.client.cancel({ paymentId, ref, key });
  }

  private async failed(work: Work, error: ProviderError): Promise<void> {
    const { operation, payment } = work;
    const { storeId, paymentId } = payment;
    await this.db.write(storeId, async (store) => {
      await this.ledger.tell(store, paymentId, error.facts, 'answer');
      if (error.kind !== 'refused') {
        const wait = error.kind === 'keys' ? keysWaitMs : silenceWaitMs(operation.tries);
        await this.again(store, operation.operationId, wait, error.reason);
        return;
      }
      const wait = operation.kind === 'capture' ? refusalWaitMs(operation.round) : null;
      const failure = [storeId, operation.operationId, error.reason];
      if (wait === null) {
        await store.execute(
          `UPDATE payment_operations SET state = 'failed', failure = $3, next_at = NULL, updated_at = now()
           WHERE store_id = $1 AND operation_id = $2 AND state = 'sent'`,
          failure,
        );
        tellOfEnd(store, operation, payment);
      } else {
        await store.execute(
          `UPDATE payment_operations SET state = 'wanted', round = round + 1, round_sent_at = NULL, tries = 0
           WHERE store_id = $1 AND operation_id = $2 AND state = 'sent'`,
          failure.slice(0, 2),
        );
        await this.again(store, operation.operationId, wait, error.reason);
      }
      const { operationId, kind, key } = operation;
      const what = { operationId, kind, key, reason: error.reason, last: wait === null };
      store.publish(OperationFailed, { ...identify(payment), ...what });
    });
  }

  /** A job of its own at a later moment, by the clock of the database. */
  private async again(
    store: StoreWriter,
    operationId: string,
    waitMs: number,
    failure: string,
  ): Promise<void> {
    const [row] = await store.query<{ at: Date }>(
      `UPDATE payment_operations SET failure = $3, updated_at = now(),
         next_at = now() + $4 * interval '1 millisecond'
       WHERE store_id = $1 AND operation_id = $2 AND state IN ('wanted', 'sent') RETURNING next_at AS at`,
      [store.storeId, operationId, failure, waitMs],
    );
    if (row)
      store.enqueue(RunOperation, { operationId }, { runAt: row.at, dedupeKey: operationId });
  }

  private newRound(storeId: string, operationId: string): Promise<number> {
    return this.db.write(storeId, (store) =>
      store.execute(
        `UPDATE payment_operations SET round = round + 1, round_sent_at = NULL
         WHERE store_id = $1 AND operation_id = $2 AND state = 'sent'`,
        [storeId, operationId],
      ),
    );
  }
}

/** Whoever waits for the outcome of a cancellation hears of it, also when it taught us nothing else. */
function tellOfEnd(store: StoreWriter, { kind }: OperationRow, payment: PaymentRow): void {
  if (kind === 'cancel') store.publish(FactsChanged, identify(payment));
}

/** What a provider refuses to begin is not there to be ended. */
function unlessRefused(error: unknown): null {
  if (error instanceof ProviderError && error.kind === 'refused') return null;
  throw error;
}

/** What the provider knows the request by: the same while its outcome is unknown, another after a refusal. */
export function keyOf({ operationId, round }: Pick<OperationRow, 'operationId' | 'round'>): string {
  return round === 1 ? operationId : `${operationId}:${round}`;
}
