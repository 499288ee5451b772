import { Injectable } from '@nestjs/common';
import { isId } from '@libs/kernel';
import type { StoreWriter } from '@platform/database';
import { authorizationAge } from './facts/authorization-age';
import { type Fact, operationOf } from './facts/fact';
import { type FactSource, readFacts, writeFacts } from './facts/fact-rows';
import { mergeFacts } from './facts/merge-facts';
import { type Asked, type Derived, derivePayment, isWrongMoney } from './facts/payment-state';
import { refundable } from './facts/what-is-left';
import { openOperations, wantOperation } from './operations/operation-rows';
import { paymentsErrors } from './payments.errors';
import { type OperationRow, PaymentRow } from './payments.entities';
import {
  DisputeChanged,
  FactsChanged,
  OperationFailed,
  PaymentMismatched,
} from './payments.events';
import { isByHand } from './payment-views';

/** What is known of payments: takes facts in, derives states, and sends unwanted money back. */
@Injectable()
export class PaymentLedger {
  /** The payment's row, locked until the transaction ends. Throws `payments.payment-missing`. */
  async lock(store: StoreWriter, paymentId: string): Promise<PaymentRow> {
    await store.execute(
      'SELECT FROM payments WHERE store_id = $1 AND payment_id = $2 FOR NO KEY UPDATE',
      [store.storeId, paymentId],
    );
    const row = await store.rows(PaymentRow).findOne({ paymentId });
    if (!row) throw paymentsErrors.error('payment-missing');
    return row;
  }

  /**
   * Adds what a provider told, in any order and however often. Publishes `payments.facts-changed` when something is
   * new, and asks for the return of money that nobody wants. Throws `payments.payment-missing`.
   */
  async tell(
    store: StoreWriter,
    paymentId: string,
    told: readonly Fact[],
    source: FactSource,
  ): Promise<void> {
    const payment = await this.lock(store, paymentId);
    const known = await readFacts(store, paymentId);
    const { facts, changed } = mergeFacts(known, told.map(inIsoTime));
    if (changed.length === 0) return;
    await writeFacts(store, { paymentId, provider: payment.provider, source }, changed);
    await this.derive(store, payment, [...facts.values()]);
    await this.noteFailures(store, payment, changed);
    await this.noteDisputes(store, payment, changed);
    await this.settleOperations(store, payment, changed);
    store.publish(FactsChanged, identify(payment));
  }

  /** Nobody wants this payment's money any more: whatever is or will be there goes back, once. */
  async refuseMoney(store: StoreWriter, paymentId: string): Promise<void> {
    const payment = await this.lock(store, paymentId);
    await store.execute(
      `UPDATE payments SET unwanted_at = coalesce(unwanted_at, now()), updated_at = now()
       WHERE store_id = $1 AND payment_id = $2`,
      [store.storeId, paymentId],
    );
    const facts = [...(await readFacts(store, paymentId)).values()];
    await this.derive(store, { ...payment, unwantedAt: payment.unwantedAt ?? new Date() }, facts);
  }

  /** Writes what follows from the facts; the payment's row is locked. */
  async derive(store: StoreWriter, payment: PaymentRow, facts: readonly Fact[]): Promise<Derived> {
    const asked = askedOf(payment);
    const derived = derivePayment(asked, facts);
    await store.rows(PaymentRow).update({ paymentId: payment.paymentId }, derived);
    await this.noteAge(store, payment, derived.authorizedMinor > 0 ? facts : []);
    await store.execute(
      `UPDATE payments SET updated_at = now(), check_at = CASE WHEN $3 THEN
         -- Often while somebody waits, then less and less.
         now() + least(greatest((now() - created_at) / 4, interval '2 minutes'), interval '6 hours') END
       WHERE store_id = $1 AND payment_id = $2`,
      [store.storeId, payment.paymentId, payment.begunAt !== null && isMoving(payment, derived)],
    );
    if (derived.mismatch && !payment.mismatch) {
      const money = facts.find((fact) => isWrongMoney(asked, fact, facts))?.money ?? asked.money;
      store.publish(PaymentMismatched, { ...identify(payment), ...money });
    }
    await this.sendBack(store, payment, asked, facts);
    return derived;
  }

  /** Until when the money can be captured; another end than before is warned of anew. */
  private async noteAge(
    store: StoreWriter,
    { paymentId, provider }: PaymentRow,
    facts: readonly Fact[],
  ): Promise<void> {
    const age = authorizationAge(provider, facts);
    await store.execute(
      `UPDATE payments SET authorization_expires_at = $3, authorization_due_at = $4, authorization_warned_at = NULL
       WHERE store_id = $1 AND payment_id = $2
         AND (authorization_expires_at, authorization_due_at) IS DISTINCT FROM ($3::timestamptz, $4::timestamptz)`,
      [store.storeId, paymentId, age?.expiresAt ?? null, age?.dueAt ?? null],
    );
  }

  /** Asks for the end of each authorization and the return of each capture that nobody wants, under a name of its own. */
  private async sendBack(
    store: StoreWriter,
    payment: PaymentRow,
    asked: Asked,
    facts: readonly Fact[],
  ): Promise<void> {
    const { paymentId, currency } = payment;
    const wrong = facts.filter((fact) =>
      asked.unwanted ? isHeld(fact, facts) : !asked.taken && isWrongMoney(asked, fact, facts),
    );
    if (wrong.length === 0) return;
    const reason = asked.unwanted ? 'surplus' : 'mismatch';
    const left = refundable(facts, await openOperations(store, paymentId));
    for (const { kind, objectId } of wrong) {
      const key = `${reason}:${objectId}`;
      if (kind === 'auth') {
        await wantOperation(store, { paymentId, kind: 'cancel', key, amountMinor: 0, currency });
        continue;
      }
      const part = left.find(({ captureId }) => captureId === objectId);
      if (part)
        await wantOperation(store, { ...part, paymentId, kind: 'refund', key, targetId: objectId });
    }
  }

  private async noteFailures(
    store: StoreWriter,
    { paymentId }: PaymentRow,
    changed: readonly Fact[],
  ): Promise<void> {
    const failed = changed.findLast(({ kind, status }) => kind === 'auth' && status === 'failed');
    if (!failed) return;
    await store.execute(
      `INSERT INTO payment_attempts (store_id, payment_id, attempt_no, failure_code)
       SELECT $1, $2, coalesce(max(attempt_no), 0) + 1, $3 FROM payment_attempts
       WHERE store_id = $1 AND payment_id = $2`,
      [store.storeId, paymentId, failed.reason ?? 'declined'],
    );
  }

  /** An operation whose object is told of is answered, by whichever way that came. */
  private async settleOperations(
    store: StoreWriter,
    payment: PaymentRow,
    changed: readonly Fact[],
  ): Promise<void> {
    for (const fact of changed) {
      const operationId = operationOf(fact);
      if (!isId(operationId) || fact.status === 'pending') continue;
      const failed = fact.status === 'failed';
      const [operation] = await store.query<Pick<OperationRow, 'kind' | 'key'>>(
        `UPDATE payment_operations SET state = $3, failure = $4, next_at = NULL, updated_at = now()
         WHERE store_id = $1 AND operation_id = $2 AND state <> 'failed' AND state <> $3 RETURNING kind, key`,
        [store.storeId, operationId, failed ? 'failed' : 'done', fact.reason ?? null],
      );
      if (!operation || !failed) continue;
      const what = { operationId, ...operation, reason: fact.reason ?? 'declined', last: true };
      store.publish(OperationFailed, { ...identify(payment), ...what });
    }
  }

  private async noteDisputes(
    store: StoreWriter,
    payment: PaymentRow,
    changed: readonly Fact[],
  ): Promise<void> {
    for (const fact of changed) {
      if (fact.kind !== 'dispute') continue;
      const [row] = await store.query<{ opened: boolean }>(
        `INSERT INTO disputes (store_id, dispute_id, payment_id, provider, status, amount_minor, currency, reason,
           evidence_due_at, opened_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
         ON CONFLICT (store_id, provider, dispute_id) DO UPDATE SET status = excluded.status,
           amount_minor = excluded.amount_minor, reason = coalesce(excluded.reason, disputes.reason),
           evidence_due_at = excluded.evidence_due_at, updated_at = now()
         RETURNING xmax = 0 AS opened`,
        [
          store.storeId,
          fact.objectId,
          payment.paymentId,
          payment.provider,
          fact.status,
          fact.money.amountMinor,
          fact.money.currency,
          fact.reason ?? null,
          fact.dueAt ?? null,
          fact.at,
        ],
      );
      const { objectId: disputeId, status } = fact;
      const opened = row?.opened ?? false;
      store.publish(DisputeChanged, { ...identify(payment), disputeId, status, opened });
    }
  }
}

/** Keeps the provider's name of the payment; the first one stays. */
export async function keepRef(store: StoreWriter, paymentId: string, ref: string): Promise<void> {
  await store.execute(
    'UPDATE payments SET provider_ref = $3 WHERE store_id = $1 AND payment_id = $2 AND provider_ref IS NULL',
    [store.storeId, paymentId, ref],
  );
}

/** Which payment an event is about. */
export function identify({ paymentId, checkoutId, orderId }: PaymentRow) {
  return { paymentId, checkoutId, orderId };
}

/** What a payment's facts are held against. */
export function askedOf(payment: PaymentRow): Asked {
  const { amountMinor, currency, capture, unwantedAt, orderId, provider } = payment;
  return {
    money: { amountMinor, currency },
    capture,
    unwanted: unwantedAt !== null,
    // What people say that they got is what they got.
    taken: orderId !== null || isByHand(provider),
  };
}

/** Whether the provider may still have news of it. */
function isMoving({ provider, stoppedAt }: PaymentRow, { state }: Derived): boolean {
  if (isByHand(provider)) return false;
  if (stoppedAt !== null && (state === 'failed' || state === 'created')) return false;
  return !['captured', 'canceled', 'expired', 'surplus'].includes(state);
}

/** Captured money, or an authorization that has not been captured whole. */
function isHeld({ kind, status, objectId, money }: Fact, all: readonly Fact[]): boolean {
  if (kind === 'capture') return status === 'succeeded';
  if (kind !== 'auth' || status !== 'authorized') return false;
  const captured = all.filter((fact) => fact.kind === 'capture' && fact.parentId === objectId);
  return captured.reduce((sum, fact) => sum + fact.money.amountMinor, 0) < money.amountMinor;
}

function inIsoTime(fact: Fact): Fact {
  const at = new Date(fact.at).toISOString();
  return fact.dueAt === undefined
    ? { ...fact, at }
    : { ...fact, at, dueAt: new Date(fact.dueAt).toISOString() };
}
