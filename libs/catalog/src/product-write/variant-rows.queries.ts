import type { StoreWriter } from '@platform/database';
import type { VariantState } from './current-product';
import type { ProductPlan } from './plan-product';
import { sendRows } from './product-rows.queries';

const columns = `position, option1, option2, option3, sku, barcode, price_minor, compare_at_minor, cost_minor,
  weight_grams, weight_unit, taxable, tax_code, requires_shipping, unit_price, product_media_id, tracked,
  inventory_policy`;

const recordset = `json_to_recordset($2::json) AS r (variant_id uuid, product_id uuid,
  position int, option1 text, option2 text, option3 text, sku text, barcode text, price_minor bigint,
  compare_at_minor bigint, cost_minor bigint, weight_grams double precision, weight_unit text, taxable boolean,
  tax_code text, requires_shipping boolean, unit_price jsonb, product_media_id uuid, tracked boolean,
  inventory_policy text)`;

/** Where and when a batch writes. */
export interface WriteMoment {
  at: string;
  currency: string;
}

/** Removes, inserts and changes variants: in this order, since a new one may take the values of one that goes. */
export async function writeVariants(
  store: StoreWriter,
  plans: readonly ProductPlan[],
  { at, currency }: WriteMoment,
): Promise<void> {
  const gone = plans.flatMap(({ variants }) => variants.removed.map(({ variantId }) => variantId));
  if (gone.length > 0) {
    const sql = 'DELETE FROM variants WHERE store_id = $1 AND variant_id = ANY ($2::uuid[])';
    await store.execute(sql, [store.storeId, gone]);
  }
  const rows = (fresh: boolean) =>
    plans.flatMap(({ productId, changedVariants }) =>
      changedVariants
        .filter(({ before }) => (before === null) === fresh)
        .map(({ state }) => variantRow(productId, state)),
    );
  await sendRows(
    store,
    `UPDATE variants v SET (${columns}, currency, version, updated_at) =
       (SELECT r.position, r.option1, r.option2, r.option3, r.sku, r.barcode, r.price_minor, r.compare_at_minor,
          r.cost_minor, r.weight_grams, r.weight_unit, r.taxable, r.tax_code, r.requires_shipping, r.unit_price,
          r.product_media_id, r.tracked, r.inventory_policy, $4, v.version + 1, $3::timestamptz)
     FROM ${recordset} WHERE v.store_id = $1 AND v.variant_id = r.variant_id`,
    rows(false),
    [at, currency],
  );
  await sendRows(
    store,
    `INSERT INTO variants (store_id, variant_id, product_id, ${columns}, currency,
       created_at, updated_at)
     SELECT $1, variant_id, product_id, ${columns}, $4, $3, $3 FROM ${recordset}`,
    rows(true),
    [at, currency],
  );
}

function variantRow(productId: string, state: VariantState): object {
  return {
    variant_id: state.variantId,
    product_id: productId,
    position: state.position,
    option1: state.option1,
    option2: state.option2,
    option3: state.option3,
    sku: state.sku,
    barcode: state.barcode,
    price_minor: state.priceMinor,
    compare_at_minor: state.compareAtMinor,
    cost_minor: state.costMinor,
    weight_grams: state.grams,
    weight_unit: state.weightUnit,
    taxable: state.taxable,
    tax_code: state.taxCode,
    requires_shipping: state.requiresShipping,
    unit_price: state.unitPrice,
    product_media_id: state.mediaId,
    tracked: state.tracked,
    inventory_policy: state.policy,
  };
}

/** Writes the metafields of products and of variants. */
export async function writeMetafields(
  store: StoreWriter,
  plans: readonly ProductPlan[],
): Promise<void> {
  const products = plans.map(({ productId, metafields }) => ({ id: productId, plan: metafields }));
  const variants = plans.flatMap(({ variantMetafields }) =>
    variantMetafields.map(({ variantId, plan }) => ({ id: variantId, plan })),
  );
  await writeOwners(store, { table: 'product_metafields', owner: 'product_id' }, products);
  await writeOwners(store, { table: 'variant_metafields', owner: 'variant_id' }, variants);
}

async function writeOwners(
  store: StoreWriter,
  { table, owner }: { table: string; owner: string },
  owners: readonly { id: string; plan: ProductPlan['metafields'] }[],
): Promise<void> {
  await sendRows(
    store,
    `DELETE FROM ${table} m USING json_to_recordset($2::json) AS r (id uuid, namespace text, key text)
     WHERE m.store_id = $1 AND m.${owner} = r.id AND m.namespace = r.namespace AND m.key = r.key`,
    owners.flatMap(({ id, plan }) => plan.deletes.map((row) => ({ id, ...row }))),
  );
  await sendRows(
    store,
    `INSERT INTO ${table} (store_id, ${owner}, namespace, key, type, value)
     SELECT $1, id, namespace, key, type, coalesce(value, 'null')
     FROM json_to_recordset($2::json) AS r (id uuid, namespace text, key text, type text, value jsonb)
     ON CONFLICT (store_id, ${owner}, namespace, key) DO UPDATE SET type = excluded.type, value = excluded.value`,
    owners.flatMap(({ id, plan }) => plan.upserts.map((row) => ({ id, ...row }))),
  );
}
