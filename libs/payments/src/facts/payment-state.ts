import type { Money } from '@libs/kernel';
import type { Fact } from './fact';

/** Where a payment stands; always derived from its facts. */
export type PaymentState =
  | 'created'
  | 'action_required'
  | 'processing'
  | 'authorized'
  | 'part_captured'
  | 'captured'
  | 'failed'
  | 'canceled'
  | 'expired'
  | 'surplus';

/** What the facts must be held against. */
export interface Asked {
  money: Money;
  capture: 'now' | 'later';
  /** The money is not wanted any more: it goes back as soon as it shows up. */
  unwanted: boolean;
  /** An order has taken the payment; what staff do at the provider afterwards is their business. */
  taken: boolean;
}

/** A payment's sums in its own currency, minor units, and what follows from them. */
export interface Derived {
  state: PaymentState;
  /** Authorized and not yet captured. */
  authorizedMinor: number;
  capturedMinor: number;
  refundedMinor: number;
  /** Money of another amount or currency than was asked: it never pays an order. */
  mismatch: boolean;
  /** The provider's code for the last failure, while the payment has failed. */
  failure: string | null;
}

/**
 * Derives the state of a payment from everything that is known of it. Pure, and blind to the order of `facts`.
 * @param facts one for each object of the provider, as `mergeFacts` leaves them
 */
export function derivePayment(asked: Asked, facts: Iterable<Fact>): Derived {
  const all = [...facts];
  const own = all.filter(({ money }) => money.currency === asked.money.currency);
  const sum = (kind: Fact['kind'], status: Fact['status']): number =>
    own
      .filter((fact) => fact.kind === kind && fact.status === status)
      .reduce((total, { money }) => total + money.amountMinor, 0);
  const capturedMinor = sum('capture', 'succeeded');
  const sums = {
    authorizedMinor: Math.max(0, sum('auth', 'authorized') - capturedMinor),
    capturedMinor,
    refundedMinor: sum('refund', 'succeeded'),
  };
  const has = (kind: Fact['kind'], status: Fact['status']): boolean =>
    all.some((fact) => fact.kind === kind && fact.status === status);
  const state = stateOf(asked, sums, has);
  return {
    ...sums,
    state,
    mismatch: !asked.taken && all.some((fact) => isWrongMoney(asked, fact, all)),
    failure: state === 'failed' ? lastReason(all) : null,
  };
}

/**
 * Whether the fact holds money other than what was asked. Part of an authorization of the right sum may be captured;
 * a capture without one must be the whole sum.
 */
export function isWrongMoney(asked: Asked, fact: Fact, all: readonly Fact[]): boolean {
  const { kind, status, money } = fact;
  const holds =
    (kind === 'auth' && status === 'authorized') || (kind === 'capture' && status === 'succeeded');
  if (!holds) return false;
  if (money.currency !== asked.money.currency) return true;
  if (money.amountMinor > asked.money.amountMinor) return true;
  const partOfMore =
    kind === 'capture' &&
    all.some((other) => other.kind === 'auth' && other.objectId === fact.parentId);
  return !partOfMore && money.amountMinor !== asked.money.amountMinor;
}

function stateOf(
  { money, unwanted }: Asked,
  {
    authorizedMinor,
    capturedMinor,
    refundedMinor,
  }: Omit<Derived, 'state' | 'mismatch' | 'failure'>,
  has: (kind: Fact['kind'], status: Fact['status']) => boolean,
): PaymentState {
  if (unwanted && capturedMinor > refundedMinor) return 'surplus';
  if (capturedMinor >= money.amountMinor) return 'captured';
  if (capturedMinor > 0) return 'part_captured';
  if (authorizedMinor > 0) return 'authorized';
  if (has('capture', 'pending')) return 'processing';
  if (has('auth', 'action_required')) return 'action_required';
  if (has('auth', 'failed') || has('capture', 'failed')) return 'failed';
  if (has('auth', 'voided')) return 'canceled';
  return has('auth', 'expired') ? 'expired' : 'created';
}

/** By the provider's clock; two of one moment are told apart by their text, not by who came first. */
function lastReason(facts: readonly Fact[]): string | null {
  const failed = facts
    .filter(({ kind, status }) => (kind === 'auth' || kind === 'capture') && status === 'failed')
    .map(({ at, reason }) => [new Date(at).toISOString(), reason ?? ''] as const)
    .sort(([a, x], [b, y]) => (a === b ? (x < y ? -1 : 1) : a < b ? -1 : 1));
  const reason = failed.at(-1)?.[1];
  return reason ? reason : null;
}
