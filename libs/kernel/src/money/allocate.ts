import { moneyErrors } from './money.errors';
import { toSafe, whole } from './rounding';

/**
 * Shares a total out over weights so that the parts add up to it: largest remainder, ties to the earlier part. Where
 * the weights are amounts and the total is not above their sum, no part is above its weight.
 * @param total minor units, may be negative
 * @param weights whole numbers of at least 0; when all are zero they count as equal
 * @param quantum every part is a multiple of it, as the total must be
 * @throws money.not-an-integer, money.bad-weight, money.off-quantum
 */
export function allocate(total: number, weights: readonly number[], quantum = 1): number[] {
  if (weights.length === 0) return [];
  const all = whole(total);
  const step = BigInt(quantum);
  if (all % step !== 0n) throw moneyErrors.error('off-quantum', { amount: total, quantum });
  const sign = all < 0n ? -1n : 1n;
  return shares((sign * all) / step, weights.map(wholeWeight)).map((share) =>
    toSafe(sign * share * step),
  );
}

function shares(total: bigint, given: readonly bigint[]): bigint[] {
  const weights = given.some((weight) => weight > 0n) ? given : given.map(() => 1n);
  const sum = weights.reduce((all, weight) => all + weight, 0n);
  const parts = weights.map((weight, index) => {
    const product = total * weight;
    return { index, share: product / sum, rest: product % sum };
  });
  let left = total - parts.reduce((all, { share }) => all + share, 0n);
  const byRest = parts.toSorted((a, b) =>
    a.rest === b.rest ? a.index - b.index : a.rest > b.rest ? -1 : 1,
  );
  for (const part of byRest) {
    if (left === 0n) break;
    part.share += 1n;
    left -= 1n;
  }
  return parts.map(({ share }) => share);
}

function wholeWeight(weight: number): bigint {
  if (!Number.isSafeInteger(weight) || weight < 0)
    throw moneyErrors.error('bad-weight', { weight });
  return BigInt(weight);
}
