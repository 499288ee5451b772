import { ordersErrors } from '../orders.errors';
import type { UnitsOfLine } from '../stock/take-units.queries';
import type { OrderLineRow } from './order-rows.queries';

/**
 * Finds the lines that somebody names, each once.
 * @throws orders.line-not-found, orders.line-twice
 */
export function unitsWanted<Wish extends UnitsOfLine>(
  lines: readonly OrderLineRow[],
  wishes: readonly Wish[],
): (Wish & { line: OrderLineRow })[] {
  const byId = new Map(lines.map((line) => [line.id, line]));
  const seen = new Set<string>();
  return wishes.map((wish, at) => {
    const line = byId.get(wish.lineId);
    const field = `lines.${at}.lineId`;
    if (!line) throw ordersErrors.error('line-not-found', {}, { field });
    if (seen.has(line.id)) throw ordersErrors.error('line-twice', {}, { field });
    seen.add(line.id);
    return { ...wish, line };
  });
}

/**
 * Refuses more units than there are.
 * @param most how many units of a line there are for this
 * @throws orders.too-many-units naming the first line
 */
export function refuseOver(
  wanted: readonly { line: OrderLineRow; quantity: number }[],
  most: (line: OrderLineRow) => number,
): void {
  for (const [at, { line, quantity }] of wanted.entries()) {
    const left = most(line);
    if (quantity <= left) continue;
    const params = { title: line.title, left, quantity };
    throw ordersErrors.error('too-many-units', params, { field: `lines.${at}.quantity` });
  }
}
