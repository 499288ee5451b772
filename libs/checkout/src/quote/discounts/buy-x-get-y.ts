import type { PricedLine } from '../priced-line';
import type { BuyXGetY } from './discount';
import { means } from './targets';

/** Which units a buy X get Y uses, by line. */
export interface Uses {
  bought: number[];
  gifts: number[];
}

/** Units by line index. */
type Taken = Map<number, number>;

/**
 * Uses a buy X get Y as often as the open units allow. Bought units are those that cannot be gifts, then the dearest;
 * gifts are the cheapest that cost something; ties go to the earlier line. A use without all of its gifts is none.
 * @param open how many units of each line are still to be had
 */
export function useBuyXGetY(
  rule: BuyXGetY,
  lines: readonly PricedLine[],
  open: readonly number[],
): Uses {
  const free = [...open];
  const used: Uses = { bought: lines.map(() => 0), gifts: lines.map(() => 0) };
  const buys = buyOrder(rule, lines);
  const gets = getOrder(rule, lines);
  let left = rule.usesPerOrder ?? Number.MAX_SAFE_INTEGER;
  while (left > 0) {
    const bought = takeBought(rule, buys, lines, free);
    const gifts = bought && takeUnits(gets, minus(free, bought), rule.get.quantity);
    if (!bought || !gifts) break;
    const times = Math.min(left, howOften(bought, gifts, free));
    for (const [index, units] of bought)
      used.bought[index] = at(used.bought, index) + units * times;
    for (const [index, units] of gifts) used.gifts[index] = at(used.gifts, index) + units * times;
    for (const taken of [bought, gifts]) {
      for (const [index, units] of taken) free[index] = at(free, index) - units * times;
    }
    left -= times;
  }
  return used;
}

function buyOrder(rule: BuyXGetY, lines: readonly PricedLine[]): number[] {
  const gift = lines.map((line) => Number(means(rule.get.targets, line)));
  return indexes(lines, (line) => means(rule.buy.targets, line)).toSorted(
    (a, b) => at(gift, a) - at(gift, b) || unit(lines, b) - unit(lines, a) || a - b,
  );
}

function getOrder(rule: BuyXGetY, lines: readonly PricedLine[]): number[] {
  return indexes(lines, (line) => line.unitMinor > 0 && means(rule.get.targets, line)).toSorted(
    (a, b) => unit(lines, a) - unit(lines, b) || a - b,
  );
}

function takeBought(
  { buy }: BuyXGetY,
  order: readonly number[],
  lines: readonly PricedLine[],
  free: readonly number[],
): Taken | null {
  if ('quantity' in buy) return takeUnits(order, free, buy.quantity);
  const taken: Taken = new Map();
  let missing = buy.amountMinor;
  for (const index of order) {
    const price = unit(lines, index);
    if (missing <= 0 || price === 0) break;
    const units = Math.min(at(free, index), Math.ceil(missing / price));
    if (units > 0) taken.set(index, units);
    missing -= units * price;
  }
  return missing <= 0 ? taken : null;
}

/** So many units in the order given, or null when there are too few. */
function takeUnits(
  order: readonly number[],
  free: readonly number[],
  wanted: number,
): Taken | null {
  const taken: Taken = new Map();
  let missing = wanted;
  for (const index of order) {
    const units = Math.min(at(free, index), missing);
    if (units > 0) taken.set(index, units);
    missing -= units;
    if (missing === 0) return taken;
  }
  return null;
}

/** How often the same use fits, so that a thousand units are not a thousand rounds. */
function howOften(bought: Taken, gifts: Taken, free: readonly number[]): number {
  const touched = [...new Set([...bought.keys(), ...gifts.keys()])];
  const times = touched.map((index) =>
    Math.floor(at(free, index) / ((bought.get(index) ?? 0) + (gifts.get(index) ?? 0))),
  );
  return Math.max(1, Math.min(...times));
}

function minus(free: readonly number[], taken: Taken): number[] {
  return free.map((units, index) => units - (taken.get(index) ?? 0));
}

function indexes(lines: readonly PricedLine[], test: (line: PricedLine) => boolean): number[] {
  return lines.flatMap((line, index) => (test(line) ? [index] : []));
}

function unit(lines: readonly PricedLine[], index: number): number {
  return lines[index]?.unitMinor ?? 0;
}

function at(units: readonly number[], index: number): number {
  return units[index] ?? 0;
}
