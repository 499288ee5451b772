import { isId } from '@libs/kernel';
import type { StoreWriter } from '@platform/database';
import { collectionsOf, syncProducts } from '../collections/membership.queries';
import { ProductsChanged, StockChanged } from '../catalog.events';
import { refreshPriceFacts } from '../pricing/price-facts.queries';
import { closePrices, priceKind, syncLedger } from '../pricing/price-ledger.queries';
import { ensureDefaultLocation, writeLevels } from '../stock/stock-rows.queries';
import { type CurrentProduct, type LevelState, lockLevels, lockProducts } from './current-product';
import { type PlanContext, planProduct, type ProductPlan } from './plan-product';
import type { ProductDraft, ProductVerdict, WriteOptions } from './product-draft';
import {
  deleteMedia,
  findImages,
  insertProducts,
  updateProducts,
  writeMedia,
} from './product-rows.queries';
import { touchedFields } from './touched-fields';
import { writeMetafields, writeVariants } from './variant-rows.queries';
import { failed, skipped, verdictOf } from './verdict';

/** The most products of one call: more would hold locks and memory for long. */
export const largestBatch = 500;

/**
 * Creates and changes products with all that belongs to them, in a number of statements that does not depend on how
 * many there are: rows, prices with their ledger, stock with its movements, membership in smart collections, events.
 * It is the one place that writes products.
 * @param batch at most `largestBatch` drafts
 * @returns a verdict per draft, in their order; a draft that fails leaves its product as it was
 */
export async function writeProducts(
  store: StoreWriter,
  batch: readonly ProductDraft[],
  { overwrite, cause = 'import' }: WriteOptions,
): Promise<ProductVerdict[]> {
  if (batch.length > largestBatch)
    throw new Error(`${batch.length} products are too many at once.`);
  const found = await findCurrent(store, batch);
  const { context, currency } = await readContext(store, batch, found);
  const verdicts: (ProductVerdict | null)[] = [];
  const plans = batch.map((draft, index): ProductPlan | null => {
    verdicts[index] = refuse(batch, index, { found, overwrite });
    if (verdicts[index] !== null) return null;
    const plan = planProduct(draft, found(draft), context);
    if (plan.problems.length > 0) verdicts[index] = failed(draft, plan.problems);
    return plan.problems.length > 0 ? null : plan;
  });
  const written = await writePlans(
    store,
    plans.filter((plan) => plan !== null),
    { ...context, currency, cause },
  );
  return batch.map((draft, index) => {
    const plan = plans[index];
    if (!plan) return verdicts[index] ?? failed(draft, []);
    if (written.has(plan.productId)) return verdictOf(plan, cause);
    return failed(draft, [handleTaken(draft)]);
  });
}

type Find = (draft: ProductDraft) => CurrentProduct | null;

async function findCurrent(store: StoreWriter, batch: readonly ProductDraft[]): Promise<Find> {
  const handles = batch.flatMap(({ handle, productId }) => (productId ? [] : [handle]));
  const ids = batch.flatMap(({ productId }) => (productId ? [productId] : []));
  const rows = await lockProducts(store, handles, ids);
  const byHandle = new Map(rows.map((row) => [row.handle, row]));
  const byId = new Map(rows.map((row) => [row.productId, row]));
  return ({ handle, productId }) =>
    (productId === undefined ? byHandle.get(handle) : byId.get(productId)) ?? null;
}

/** A verdict that needs no plan: a second draft of a product, one that is not there, or one that may not be changed. */
function refuse(
  batch: readonly ProductDraft[],
  index: number,
  { found, overwrite }: { found: Find; overwrite: boolean },
): ProductVerdict | null {
  const draft = batch[index] as ProductDraft;
  const current = found(draft);
  if (batch.findIndex(({ handle }) => handle === draft.handle) < index) {
    const message = `The product ${draft.handle} comes twice.`;
    return failed(draft, [{ field: 'handle', code: 'duplicate-product', message }]);
  }
  if (draft.productId !== undefined && !current) {
    const problem = {
      field: 'productId',
      code: 'product-missing',
      message: 'There is no such product.',
    };
    return failed(draft, [problem]);
  }
  return current && !overwrite ? skipped(draft, current.productId) : null;
}

function handleTaken({ handle }: ProductDraft) {
  return { field: 'handle', code: 'handle-taken', message: `The handle ${handle} is taken.` };
}

async function readContext(
  store: StoreWriter,
  batch: readonly ProductDraft[],
  found: Find,
): Promise<{ context: PlanContext; currency: string }> {
  const items = batch
    .filter(({ variants }) => variants?.some(({ inventory }) => inventory !== undefined))
    .flatMap((draft) => found(draft)?.variants.map(({ itemId }) => itemId) ?? []);
  const locked = items.length === 0 ? [] : await lockLevels(store, items);
  const levels = new Map<string, LevelState[]>();
  for (const level of locked)
    levels.set(level.itemId, [...(levels.get(level.itemId) ?? []), level]);
  const named = batch.flatMap(
    ({ images }) => images?.flatMap(({ mediaId }) => mediaId ?? []) ?? [],
  );
  const images = await findImages(store, named.filter(isId));
  const locationId = await ensureDefaultLocation(store);
  const [row] = await store.query<{
    currency: string;
    at: Date;
    definitions: [string, string][];
  }>(
    `SELECT currency, clock_timestamp() AS at,
       (SELECT coalesce(jsonb_agg(jsonb_build_array(owner || ' ' || namespace || '.' || key, type)), '[]')
        FROM metafield_definitions WHERE store_id = $1) AS definitions
     FROM stores WHERE store_id = $1`,
    [store.storeId],
  );
  if (!row) throw new Error('The store of this transaction is not there.');
  const definitions = new Map(row.definitions);
  const context = { at: row.at.toISOString(), locationId, levels, images, definitions };
  return { context, currency: row.currency };
}

interface Writing extends PlanContext {
  currency: string;
  cause: NonNullable<WriteOptions['cause']>;
}

/** @returns the ids of the products that are as planned now, those without a change included */
async function writePlans(
  store: StoreWriter,
  planned: readonly ProductPlan[],
  writing: Writing,
): Promise<Set<string>> {
  const changed = planned.filter((plan) => plan.changed);
  const fresh = changed.filter(({ current }) => !current);
  const inserted = await insertProducts(store, fresh, writing.at);
  const lost = new Set(
    fresh.map(({ productId }) => productId).filter((productId) => !inserted.has(productId)),
  );
  const plans = changed.filter(({ productId }) => !lost.has(productId));
  await updateProducts(
    store,
    plans.filter(({ current }) => current),
    writing.at,
  );
  await writeMedia(store, plans);
  await writeVariants(store, plans, writing);
  await writeMetafields(store, plans);
  await deleteMedia(store, plans);
  const kept = planned.filter(({ productId }) => !lost.has(productId));
  await writeStock(store, kept, writing);
  const moved = await announce(store, kept);
  await writePrices(store, kept, writing, moved);
  return new Set(kept.map(({ productId }) => productId));
}

async function writeStock(
  store: StoreWriter,
  plans: readonly ProductPlan[],
  { at, cause, locationId }: Writing,
): Promise<void> {
  const stock = plans.flatMap((plan) => plan.stock);
  const counted = { locationId, at, cause: cause === 'import' ? cause : ('count' as const) };
  if (stock.length > 0) await writeLevels(store, stock, counted);
}

/** The ledger of prices, after collections are up to date: discounts may mean them. */
async function writePrices(
  store: StoreWriter,
  plans: readonly ProductPlan[],
  { at, cause }: Writing,
  touched: readonly string[],
): Promise<void> {
  const variantIds = plans.flatMap(({ changedVariants }) =>
    changedVariants.flatMap(({ before, state: { variantId, priceMinor, compareAtMinor } }) => {
      const same =
        before?.priceMinor === priceMinor &&
        priceKind(before.priceMinor, before.compareAtMinor) ===
          priceKind(priceMinor, compareAtMinor);
      return same ? [] : [variantId];
    }),
  );
  const gone = plans.flatMap(({ variants }) => variants.removed.map(({ variantId }) => variantId));
  await closePrices(store, gone, at);
  const gifts = plans.filter(
    ({ current, state }) => current && current.giftCard !== state.giftCard,
  );
  const productIds = [...touched, ...gifts.map(({ productId }) => productId)];
  const scope = { variantIds, productIds };
  const { changed, fresh } = await syncLedger(store, scope, { at, cause });
  // What is new has no price before.
  const isNew = new Set(fresh);
  await refreshPriceFacts(
    store,
    changed.filter((variantId) => !isNew.has(variantId)),
  );
}

/**
 * Brings smart collections up to date and shouts what happened, once for the whole batch.
 * @returns the products that rules of collections or discounts may look at in another way now
 */
async function announce(store: StoreWriter, plans: readonly ProductPlan[]): Promise<string[]> {
  const touched = new Map(
    plans
      .map((plan) => [plan.productId, touchedFields(plan)] as const)
      .filter(([, fields]) => fields.size > 0),
  );
  const moved = await syncProducts(store, touched);
  const changed = plans.filter((plan) => plan.changed).map(({ productId }) => productId);
  if (changed.length > 0) {
    const collectionIds = new Set([...moved, ...(await collectionsOf(store, changed))]);
    const created = plans.filter(({ current }) => !current).map(({ productId }) => productId);
    store.publish(ProductsChanged, {
      productIds: changed,
      collectionIds: [...collectionIds],
      createdIds: created,
    });
  }
  const counted = plans.filter(({ current, stock }) => current && stock.length > 0);
  if (counted.length === 0) return [...touched.keys()];
  const crossed = counted
    .filter(({ stock }) => stock.some((change) => change.crossed))
    .map(({ productId }) => productId);
  const shown = crossed.length === 0 ? [] : await collectionsOf(store, crossed);
  const collectionIds = [...new Set([...shown, ...moved])];
  store.publish(StockChanged, {
    itemIds: counted.flatMap(({ stock }) => stock.map(({ itemId }) => itemId)),
    crossedZero: { productIds: crossed, collectionIds },
  });
  return [...touched.keys()];
}
