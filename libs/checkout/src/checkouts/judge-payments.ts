import type { PaymentView } from '@libs/payments';

/** What the payments of a checkout say about it. */
export interface Judgement {
  verdict:
    /** An order may be made; `paymentId` is null when nothing is due from a provider. */
    | { kind: 'covered'; paymentId: string | null }
    /** A bank is at work and will take days: the checkout waits longer. */
    | { kind: 'processing' }
    /** What would pay is being ended, and nobody knows yet whether its money was let go. */
    | { kind: 'ending' }
    /** The shopper or the provider may still do something. */
    | { kind: 'waiting' }
    /** Every attempt has ended without money; the last reason that was given. */
    | { kind: 'failed'; failure: string | null };
  /** Payments that hold money which no order takes: to be given back. */
  surplus: PaymentView[];
}

/** What a checkout asks its provider for. */
export interface Due {
  amountMinor: number;
  currency: string;
}

/** States that nothing follows without a new attempt. */
const ended = new Set(['failed', 'canceled', 'expired', 'surplus']);

/**
 * Judges the payments of a checkout (commerce.md, 2.1 and 7.4). The first that holds exactly what is due pays; whatever
 * else holds money is surplus, and so is one that holds another amount. What is only authorised pays nothing while the
 * payment is being ended: an order on it would stand there without money. What was captured stays, and pays.
 * @param payments in the order in which they were begun
 */
export function judgePayments(due: Due, payments: readonly PaymentView[]): Judgement {
  const holding = payments.filter((payment) => heldMinor(payment) > 0);
  if (due.amountMinor === 0) {
    return { verdict: { kind: 'covered', paymentId: null }, surplus: holding };
  }
  const payer =
    holding.find((payment) => isExact(due, payment) && isSafe(payment)) ??
    placedAtOnce(due, payments);
  if (payer) {
    return {
      verdict: { kind: 'covered', paymentId: payer.paymentId },
      surplus: holding.filter((payment) => payment !== payer),
    };
  }
  const ending = payments.find((payment) => isExact(due, payment) && !isSafe(payment));
  return {
    verdict: ending ? { kind: 'ending' } : openVerdict(payments),
    surplus: holding.filter((payment) => payment !== ending),
  };
}

/** What a payment holds: authorised or captured, and not given back. */
export function heldMinor(payment: PaymentView): number {
  const { authorizedMinor, capturedMinor, refundedMinor } = payment;
  return authorizedMinor + capturedMinor - refundedMinor;
}

function openVerdict(payments: readonly PaymentView[]): Judgement['verdict'] {
  // What holds money here holds the wrong amount: it is given back, and nobody waits for it.
  const open = payments.filter((payment) => !ended.has(payment.state) && heldMinor(payment) <= 0);
  if (open.some(({ state }) => state === 'processing')) return { kind: 'processing' };
  if (open.length > 0) return { kind: 'waiting' };
  return { kind: 'failed', failure: payments.at(-1)?.failure ?? null };
}

function isExact({ amountMinor, currency }: Due, payment: PaymentView): boolean {
  return (
    payment.money.currency === currency &&
    payment.money.amountMinor === amountMinor &&
    !payment.mismatch &&
    !payment.unwanted &&
    payment.refundedMinor === 0 &&
    heldMinor(payment) === amountMinor
  );
}

/** Whether nothing that it holds may be let go before an order could take it. */
function isSafe({ ending, authorizedMinor }: PaymentView): boolean {
  return !ending || authorizedMinor === 0;
}

/** The last attempt counts: a shopper may have chosen another method meanwhile. */
function placedAtOnce(due: Due, payments: readonly PaymentView[]): PaymentView | undefined {
  return payments.findLast(
    ({ placesAtOnce, mismatch, ending, unwanted, money, state }) =>
      placesAtOnce &&
      !mismatch &&
      !ending &&
      !unwanted &&
      !ended.has(state) &&
      money.currency === due.currency &&
      money.amountMinor === due.amountMinor,
  );
}
