import { changedFields } from '@platform/audit';
import { type ProductPlan, stateChanges, variantColumns } from './plan-product';
import { variantTitle } from './plan-variants';
import type { DraftProblem, ProductDraft, ProductVerdict, WriteOptions } from './product-draft';

/** More variants than this are summed up in the audit log, not listed. */
const mostListed = 100;

/** The verdict on a draft that was not written. */
export function failed(draft: ProductDraft, problems: DraftProblem[]): ProductVerdict {
  const variants = { created: 0, updated: 0, deleted: 0, failed: draft.variants?.length ?? 0 };
  return { ...none(draft), outcome: 'failed', variants, problems };
}

/** The verdict on a draft whose product is there and may not be changed. */
export function skipped(draft: ProductDraft, productId: string): ProductVerdict {
  return { ...none(draft), outcome: 'skipped', productId };
}

/** The verdict on a draft that was written as planned. */
export function verdictOf(plan: ProductPlan, cause: WriteOptions['cause']): ProductVerdict {
  const { draft, productId, current, changed, changedVariants, variants, media, stock } = plan;
  const created = changedVariants.filter(({ before }) => before === null).length;
  const counted = new Set(stock.map(({ itemId }) => itemId));
  const metafields = new Set(
    plan.variantMetafields
      .filter((one) => one.plan.upserts.length + one.plan.deletes.length > 0)
      .map(({ variantId }) => variantId),
  );
  const rows = new Set(changedVariants.map(({ state }) => state.variantId));
  const updated = variants.variants.filter(
    ({ before, state: { variantId, itemId } }) =>
      before && (rows.has(variantId) || counted.has(itemId) || metafields.has(variantId)),
  ).length;
  const outcome = !current ? 'created' : changed || stock.length > 0 ? 'updated' : 'unchanged';
  return {
    ...none(draft),
    outcome,
    productId,
    changes: cause === 'edit' && outcome === 'updated' ? changesOf(plan) : nothing(),
    variants: { created, updated, deleted: variants.removed.length, failed: 0 },
    warnings: plan.warnings,
    imagesQueued: media.inserts.filter(({ mediaId }) => mediaId === null).length,
  };
}

function none({ handle }: ProductDraft): ProductVerdict {
  return {
    handle,
    outcome: 'failed',
    productId: null,
    variants: { created: 0, updated: 0, deleted: 0, failed: 0 },
    changes: nothing(),
    imagesQueued: 0,
    warnings: [],
    problems: [],
  };
}

function nothing(): ProductVerdict['changes'] {
  return { before: {}, after: {} };
}

/** Old and new values of the product and, by their titles, of its variants. */
function changesOf({ current, state, changedVariants, variants }: ProductPlan) {
  if (!current) return nothing();
  const changes = stateChanges(current, state);
  const before: Record<string, unknown> = {};
  const after: Record<string, unknown> = {};
  for (const { before: old, state: next } of changedVariants.slice(0, mostListed)) {
    const title = variantTitle(next);
    const row = (from: object) =>
      Object.fromEntries(
        variantColumns.map((column) => [column, (from as Record<string, unknown>)[column] ?? null]),
      );
    const changed = changedFields(old ? row(old) : {}, row(next));
    if (old) before[title] = changed.before;
    after[title] = changed.after;
  }
  for (const gone of variants.removed.slice(0, mostListed))
    before[variantTitle(gone)] = { priceMinor: gone.priceMinor, sku: gone.sku };
  if (Object.keys({ ...before, ...after }).length === 0) return changes;
  return {
    before: { ...changes.before, variants: before },
    after: { ...changes.after, variants: after },
  };
}
