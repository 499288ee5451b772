import { ordersErrors } from '../orders.errors';
import type { OrderSnapshot } from './snapshot';

/**
 * Refuses amounts that do not add up, so that a fault of whoever computed them is found before money is booked on it.
 * @throws orders.unbalanced-snapshot
 */
export function checkSnapshot(snapshot: OrderSnapshot): void {
  const { lines, totals, tenders } = snapshot;
  checkAmounts(snapshot);
  same(
    'the tenders',
    totals.totalMinor,
    all(tenders, (row) => row.amountMinor),
  );
  for (const { title, quantity, allocations } of lines) {
    const placed = all(allocations, (row) => row.quantity);
    if (allocations.length > 0) same(`the stock of ${title}`, quantity, placed);
  }
}

/**
 * Refuses rows that do not add up to their totals.
 * @throws orders.unbalanced-snapshot
 */
export function checkAmounts({
  lines,
  deliveries,
  fees,
  taxLines,
  totals,
}: Pick<OrderSnapshot, 'lines' | 'deliveries' | 'fees' | 'taxLines' | 'totals'>): void {
  const total = ({ totalMinor }: { totalMinor: number }) => totalMinor;
  const tax = ({ taxMinor }: { taxMinor: number }) => taxMinor;
  const taxed = [...lines, ...deliveries, ...fees];
  const onTop = totals.taxIncluded ? 0 : totals.taxMinor;
  same('the total', all(taxed, total) + onTop, totals.totalMinor);
  same('the tax', all(taxed, tax), totals.taxMinor);
  same('the tax lines', totals.taxMinor, all(taxLines, tax));
}

function all<T>(rows: readonly T[], amount: (row: T) => number): number {
  return rows.reduce((sum, row) => sum + amount(row), 0);
}

function same(what: string, expected: number, given: number): void {
  if (expected !== given)
    throw ordersErrors.error('unbalanced-snapshot', { what, expected, given });
}
