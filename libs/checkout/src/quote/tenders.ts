import type { Grain } from '@libs/kernel';
import type { StoredValue } from './input';
import type { Quote, TenderRow } from './result';

/**
 * Who pays what: gift cards, then store credit, each to its end, then the provider. Stored value below the currency's
 * quantum stays where it is. A total of 0 needs nobody: the order is free.
 */
export function payWith(
  totalMinor: number,
  storedValue: readonly StoredValue[],
  { quantum }: Grain,
): Pick<Quote, 'tenders' | 'settledBy'> {
  let left = totalMinor;
  const tenders: TenderRow[] = [];
  const sorted = storedValue.toSorted((a, b) => order(a) - order(b));
  for (const { kind, id, availableMinor } of sorted) {
    const amountMinor = Math.min(left, Math.floor(availableMinor / quantum) * quantum);
    if (amountMinor > 0) tenders.push({ kind, id, amountMinor });
    left -= amountMinor;
  }
  if (left > 0) tenders.push({ kind: 'provider', id: null, amountMinor: left });
  return {
    tenders,
    settledBy: totalMinor === 0 ? 'free' : left === 0 ? 'stored_value' : 'provider',
  };
}

function order({ kind }: StoredValue): number {
  return kind === 'gift_card' ? 0 : 1;
}
