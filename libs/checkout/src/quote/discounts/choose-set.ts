import { type Applied, takenBy } from './apply-set';
import { byPrecedence, type Discount, type Rejection } from './discount';
import { maximalSets } from './maximal-sets';
import { type Candidate, rejection } from './screen';

/** How many sets are compared before the search stops and the best so far, or the greedy set, counts. */
export const searchLimits = { sets: 2_000, branches: 20_000 } as const;

/** The set that counts. */
export interface Choice {
  applied: Applied;
  rejected: Rejection[];
  search: { sets: number; capped: boolean };
}

/** Whether two discounts may stand in one order: each allows the other's class, and only one shipping code counts. */
export function goTogether(a: Discount, b: Discount): boolean {
  const twoShippingCodes =
    a.class === 'shipping' && b.class === 'shipping' && a.code !== null && b.code !== null;
  return a.combinesWith[b.class] && b.combinesWith[a.class] && !twoShippingCodes;
}

/**
 * The maximal set of discounts that go together with the lowest total; among equals the one with the code entered
 * first, then with the older discount.
 * @param apply takes a set of discounts off the basket
 * @param totalOf what the shopper would pay
 */
export function chooseSet(
  candidates: readonly Candidate[],
  apply: (set: readonly Discount[]) => Applied,
  totalOf: (applied: Applied) => number,
): Choice {
  // By precedence, so that the order in which discounts are given decides nothing.
  const sorted = candidates.toSorted((a, b) => byPrecedence(a.discount, b.discount));
  const all = sorted.map(({ discount }) => discount);
  const together = (a: number, b: number): boolean => {
    const [first, second] = [all[a], all[b]];
    return first !== undefined && second !== undefined && goTogether(first, second);
  };
  const weights = sorted.map(({ aloneMinor }) => aloneMinor);
  const { sets, capped } = maximalSets(weights, together, searchLimits);
  let best: { ranks: number[]; applied: Applied; total: number } | null = null;
  for (const set of sets) {
    const ranks = set.toSorted((a, b) => a - b);
    const applied = apply(all.filter((_, index) => set.includes(index)));
    const total = totalOf(applied);
    const better =
      best === null || total < best.total || (total === best.total && precedes(ranks, best.ranks));
    if (better) best = { ranks, applied, total };
  }
  const applied = best?.applied ?? apply([]);
  return { applied, rejected: outdone(all, applied), search: { sets: sets.length, capped } };
}

/** Whether a set comes first among equals; no set is part of another, since all are maximal. */
function precedes(a: readonly number[], b: readonly number[]): boolean {
  const at = a.findIndex((rank, index) => rank !== b[index]);
  return at >= 0 && (a[at] ?? 0) < (b[at] ?? Number.MAX_SAFE_INTEGER);
}

/** Why candidates take nothing off in the end. */
function outdone(all: readonly Discount[], applied: Applied): Rejection[] {
  return all.flatMap((discount) => {
    const against = applied.set.find(
      (chosen) => chosen !== discount && !goTogether(chosen, discount),
    );
    if (!applied.set.includes(discount)) {
      return [rejection(discount, 'not_combinable', against?.id)];
    }
    if (takenBy(applied, discount.id) > 0) return [];
    return [rejection(discount, idleReason(discount, applied))];
  });
}

/** Why a discount of the set takes nothing off: others won its lines or deliveries, or there was nothing to take. */
function idleReason(discount: Discount, applied: Applied): Rejection['reason'] {
  if (discount.class !== 'shipping') return 'better_set';
  if (applied.thresholdMinor < (discount.minimum?.subtotalMinor ?? 0)) return 'minimum';
  return applied.shippingCuts.length > 0 ? 'better_set' : 'no_target';
}
