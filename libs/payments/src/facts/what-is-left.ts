import { type Fact, operationOf } from './fact';

/** An operation that may still change money: it counts until a fact of its own says what came of it. */
export interface OpenOperation {
  operationId: string;
  kind: 'capture' | 'cancel' | 'refund';
  targetId: string | null;
  amountMinor: number;
}

/** A part of a refund: so much of this capture. */
export interface RefundPart {
  captureId: string;
  amountMinor: number;
  currency: string;
}

/** Of each succeeded capture, what neither was refunded nor is about to be; minor units of its own currency. */
export function refundable(facts: readonly Fact[], open: readonly OpenOperation[]): RefundPart[] {
  const captures = facts.filter(({ kind, status }) => kind === 'capture' && status === 'succeeded');
  const answered = new Set(facts.map(operationOf));
  const parts = captures.map(({ objectId, money }) => {
    const refunds = facts
      .filter(({ kind, status }) => kind === 'refund' && status !== 'failed')
      .filter(({ parentId }) => (parentId ?? captures[0]?.objectId) === objectId)
      .map((refund) => refund.money.amountMinor);
    const promised = open
      .filter(({ kind, targetId }) => kind === 'refund' && targetId === objectId)
      .filter(({ operationId }) => !answered.has(operationId))
      .map(({ amountMinor }) => amountMinor);
    const gone = [...refunds, ...promised].reduce((sum, amount) => sum + amount, 0);
    return {
      captureId: objectId,
      amountMinor: Math.max(0, money.amountMinor - gone),
      currency: money.currency,
    };
  });
  return parts.filter(({ amountMinor }) => amountMinor > 0).sort(byCapture);
}

/** What is authorized, neither captured nor about to be; minor units of `currency`. */
export function capturable(
  facts: readonly Fact[],
  open: readonly OpenOperation[],
  currency: string,
): number {
  const own = facts.filter(({ money }) => money.currency === currency);
  const sum = (list: readonly { amountMinor: number }[]): number =>
    list.reduce((total, { amountMinor }) => total + amountMinor, 0);
  const answered = new Set(own.map(operationOf));
  const authorized = own.filter(({ kind, status }) => kind === 'auth' && status === 'authorized');
  const captured = own.filter(({ kind, status }) => kind === 'capture' && status !== 'failed');
  const promised = open.filter(
    ({ kind, operationId }) => kind === 'capture' && !answered.has(operationId),
  );
  const gone = sum(captured.map(({ money }) => money)) + sum(promised);
  return Math.max(0, sum(authorized.map(({ money }) => money)) - gone);
}

/** Takes a sum from captures in turn; null when there is not so much. */
export function shareOut(parts: readonly RefundPart[], amountMinor: number): RefundPart[] | null {
  const taken: RefundPart[] = [];
  let left = amountMinor;
  for (const part of parts) {
    const amount = Math.min(left, part.amountMinor);
    if (amount > 0) taken.push({ ...part, amountMinor: amount });
    left -= amount;
  }
  return left === 0 ? taken : null;
}

function byCapture(a: RefundPart, b: RefundPart): number {
  return a.captureId < b.captureId ? -1 : 1;
}
