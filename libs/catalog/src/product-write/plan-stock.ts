import type { Problems } from './check-draft';
import type { LevelState } from './current-product';
import type { LevelChange } from '../stock/stock-rows.queries';
import type { PlannedVariant } from './plan-variants';

/** What happens to the stock of one item at the default location. */
export interface StockChange extends LevelChange {
  /** Whether the item came to be, or ceased to be, available over all locations. */
  crossed: boolean;
}

/**
 * What the drafts of variants want of the stock.
 * @param levels all levels of each item that is there
 */
export function planStock(
  variants: readonly PlannedVariant[],
  levels: ReadonlyMap<string, readonly LevelState[]>,
  locationId: string,
  problems: Problems,
): StockChange[] {
  return variants.flatMap((variant): StockChange[] => {
    const { state, before, draft, field } = variant;
    const { itemId, policy } = state;
    // A variant of which nothing is said keeps its stock; its levels were not even read.
    if (!state.tracked || (before !== null && draft?.inventory === undefined)) return [];
    const wanted = draft?.inventory?.quantity ?? null;
    const there = levels.get(itemId) ?? [];
    const level = there.find((known) => known.locationId === locationId);
    const total = there.reduce((sum, { available }) => sum + available, 0);
    const policyChanged = before !== null && before.policy !== policy;
    // An item that is counted elsewhere gets a level here only when there is something to count.
    const fresh = !level && (there.length === 0 || (wanted ?? 0) !== 0);
    const delta = level || fresh ? (wanted ?? level?.available ?? 0) - (level?.available ?? 0) : 0;
    if (level && delta !== 0 && policy === 'deny' && level.promised > 0 && (wanted ?? 0) < 0) {
      const message = `${level.promised} are promised to buyers; a count below them is not possible.`;
      problems.add(`${field}.inventory.quantity`, 'stock-promised', message);
    }
    if (!fresh && delta === 0 && !policyChanged) return [];
    return [
      { itemId, fresh, delta, oversell: policy === 'continue', crossed: crosses(total, delta) },
    ];
  });
}

function crosses(before: number, delta: number): boolean {
  return before > 0 !== before + delta > 0;
}
