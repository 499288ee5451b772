import type { StoreWriter } from '@platform/database';
import {
  largestBatch,
  type ProductDraft,
  type VariantDraft,
  writeProducts,
} from '../../product-write';
import {
  type Costs,
  lockScheduled,
  noteBegun,
  noteOver,
  readScheduled,
  type ScheduledVariant,
} from './schedule-rows.queries';

/** What becomes of a schedule now. */
export interface ScheduleStep {
  id: string;
  step: 'begin' | 'end' | 'cancel' | 'miss';
}

const over = { end: 'ended', cancel: 'cancelled', miss: 'missed' } as const;

/**
 * Begins and ends schedules, which are locked, in this order and at one moment: a price that one hands over to the next
 * is never the price before them in between.
 *
 * An end puts back what a price was before. One that somebody changed meanwhile stays as it is: who set it last has the
 * last word.
 */
export async function applySchedules(
  store: StoreWriter,
  steps: readonly ScheduleStep[],
): Promise<void> {
  const rows = await lockAndRead(
    store,
    steps.map(({ id }) => id),
  );
  const costs = new Map(rows.map(({ variantId, now }) => [variantId, now]));
  for (const { id, step } of steps) {
    const own = rows.filter(({ scheduleId }) => scheduleId === id);
    const begun = own.map(({ variantId, now }) => ({
      variantId,
      before: costs.get(variantId) ?? now,
    }));
    let changed = 0;
    for (const { variantId, now, scheduled, before } of own) {
      const current = costs.get(variantId) ?? now;
      const next =
        step === 'begin' ? scheduled : before && same(current, scheduled) ? before : null;
      if (next === null) continue;
      costs.set(variantId, next);
      changed += 1;
    }
    if (step === 'begin') await noteBegun(store, id, begun);
    else await noteOver(store, id, over[step]);
    const action = `price-schedule.${step === 'begin' ? 'began' : over[step]}`;
    const target = { kind: 'price-schedule', id };
    store.record({ action, target, after: { variants: changed } });
  }
  await setPrices(store, rows, costs);
}

async function lockAndRead(
  store: StoreWriter,
  scheduleIds: readonly string[],
): Promise<ScheduledVariant[]> {
  const seen = await readScheduled(store, scheduleIds);
  await lockScheduled(
    store,
    seen.map(({ variantId }) => variantId),
  );
  return readScheduled(store, scheduleIds);
}

/** Writes prices as an editor would: with ledger, prior prices, smart collections and pages. */
async function setPrices(
  store: StoreWriter,
  rows: readonly ScheduledVariant[],
  costs: ReadonlyMap<string, Costs>,
): Promise<void> {
  const byVariant = new Map(rows.map((row) => [row.variantId, row]));
  const drafts = new Map<string, ProductDraft & { variants: VariantDraft[] }>();
  for (const { productId, handle, productOptions, variantId, options, now } of byVariant.values()) {
    const to = costs.get(variantId) ?? now;
    if (same(now, to)) continue;
    const fresh = { productId, handle, options: productOptions, keepOtherVariants: true };
    const draft = drafts.get(productId) ?? { ...fresh, variants: [] as VariantDraft[] };
    draft.variants.push({ variantId, options, ...to });
    drafts.set(productId, draft);
  }
  const all = [...drafts.values()];
  for (let from = 0; from < all.length; from += largestBatch) {
    const options = { overwrite: true, cause: 'schedule' } as const;
    const verdicts = await writeProducts(store, all.slice(from, from + largestBatch), options);
    const failed = verdicts.find(({ outcome }) => outcome === 'failed' || outcome === 'skipped');
    if (failed)
      throw new Error(`Prices of ${failed.handle}: ${failed.problems[0]?.message ?? 'not set'}`);
  }
}

function same(a: Costs, b: Costs): boolean {
  return a.priceMinor === b.priceMinor && a.compareAtMinor === b.compareAtMinor;
}
