import type { StoreWriter } from '@platform/database';
import type { CollectionRules } from '../contract/collection-rules.contract';
import { compileRules } from './compile-rules';
import { type ProductFacts, matchesRules } from './evaluate-rules';
import { everyField } from './rule-fields';

interface SmartCollection {
  collectionId: string;
  rules: CollectionRules;
  fields: string[];
}

/** A product's place in a collection. */
interface Membership {
  collectionId: string;
  productId: string;
}

/**
 * Brings products into the smart collections whose rules they meet now, and takes them out of others. Only rules that
 * ask about a changed field are looked at.
 * @param touched from a product to the fields that changed of it
 * @returns the collections that a product joined or left
 */
export async function syncProducts(
  store: StoreWriter,
  touched: ReadonlyMap<string, ReadonlySet<string>>,
): Promise<string[]> {
  const fields = new Set([...touched.values()].flatMap((set) => [...set]));
  if (fields.size === 0) return [];
  const collections = await findTouched(store, [...fields]);
  if (collections.length === 0) return [];
  const productIds = [...touched.keys()];
  const ids = collections.map(({ collectionId }) => collectionId);
  const facts = await readFacts(store, productIds);
  const members = new Set((await readMembers(store, productIds, ids)).map(keyOf));
  const joined: Membership[] = [];
  const left: Membership[] = [];
  for (const { productId, ...product } of facts) {
    const changed = touched.get(productId) ?? new Set();
    for (const { collectionId, rules, fields: asked } of collections) {
      if (!changed.has(everyField) && !asked.some((field) => changed.has(field))) continue;
      const membership = { collectionId, productId };
      const belongs = matchesRules(product, rules);
      if (belongs !== members.has(keyOf(membership))) (belongs ? joined : left).push(membership);
    }
  }
  await join(store, joined);
  await leave(store, left);
  return [...new Set([...joined, ...left].map(({ collectionId }) => collectionId))];
}

/** Finds a smart collection's members anew in the whole store, after its rules changed. */
export async function syncCollection(
  store: StoreWriter,
  collectionId: string,
  rules: CollectionRules,
): Promise<void> {
  const { sql, params } = compileRules(rules, 3);
  const given = [store.storeId, collectionId, ...params];
  await store.execute(
    `DELETE FROM collection_products c WHERE c.store_id = $1 AND c.collection_id = $2
       AND NOT EXISTS (SELECT FROM products p WHERE p.store_id = $1 AND p.product_id = c.product_id AND ${sql})`,
    given,
  );
  await store.execute(
    `INSERT INTO collection_products (store_id, collection_id, product_id)
     SELECT $1, $2, p.product_id FROM products p WHERE p.store_id = $1 AND ${sql}
     ON CONFLICT DO NOTHING`,
    given,
  );
}

/** The collections that hold one of these products. */
export async function collectionsOf(
  store: StoreWriter,
  productIds: readonly string[],
): Promise<string[]> {
  const rows = await store.query<{ collectionId: string }>(
    `SELECT DISTINCT collection_id AS "collectionId" FROM collection_products
     WHERE store_id = $1 AND product_id = ANY ($2::uuid[])`,
    [store.storeId, productIds],
  );
  return rows.map(({ collectionId }) => collectionId);
}

function keyOf({ collectionId, productId }: Membership): string {
  return `${collectionId} ${productId}`;
}

function findTouched(store: StoreWriter, fields: readonly string[]): Promise<SmartCollection[]> {
  return store.query<SmartCollection>(
    `SELECT c.collection_id AS "collectionId", c.rules, array_agg(i.field) AS fields
     FROM collections c JOIN collection_rule_index i USING (store_id, collection_id)
     WHERE c.store_id = $1 AND ($3 OR c.collection_id IN
       (SELECT collection_id FROM collection_rule_index WHERE store_id = $1 AND field = ANY ($2)))
     GROUP BY c.store_id, c.collection_id`,
    [store.storeId, fields, fields.includes(everyField)],
  );
}

function readFacts(
  store: StoreWriter,
  productIds: readonly string[],
): Promise<(ProductFacts & { productId: string })[]> {
  return store.query(
    `SELECT p.product_id AS "productId", p.title, p.product_type AS "productType", p.vendor, p.tags,
       (SELECT coalesce(jsonb_agg(jsonb_build_object('title',
          coalesce(nullif(concat_ws(' / ', v.option1, v.option2, v.option3), ''), 'Default Title'),
          'priceMinor', v.price_minor, 'compareAtMinor', v.compare_at_minor, 'grams', v.weight_grams)), '[]')
        FROM variants v WHERE v.store_id = p.store_id AND v.product_id = p.product_id) AS variants,
       (SELECT coalesce(sum(l.on_hand - l.committed - l.reserved - l.unavailable), 0)::int
        FROM variants v JOIN inventory_levels l ON l.store_id = v.store_id AND l.item_id = v.variant_id
        WHERE v.store_id = p.store_id AND v.product_id = p.product_id AND v.tracked) AS inventory,
       (SELECT coalesce(jsonb_object_agg(m.namespace || '.' || m.key, m.value), '{}')
        FROM product_metafields m WHERE m.store_id = p.store_id AND m.product_id = p.product_id) AS metafields
     FROM products p WHERE p.store_id = $1 AND p.product_id = ANY ($2::uuid[])`,
    [store.storeId, productIds],
  );
}

function readMembers(
  store: StoreWriter,
  productIds: readonly string[],
  collectionIds: readonly string[],
): Promise<Membership[]> {
  return store.query<Membership>(
    `SELECT collection_id AS "collectionId", product_id AS "productId" FROM collection_products
     WHERE store_id = $1 AND product_id = ANY ($2::uuid[]) AND collection_id = ANY ($3::uuid[])`,
    [store.storeId, productIds, collectionIds],
  );
}

async function join(store: StoreWriter, rows: readonly Membership[]): Promise<void> {
  if (rows.length === 0) return;
  await store.execute(
    `INSERT INTO collection_products (store_id, collection_id, product_id)
     SELECT $1, collection_id, product_id FROM unnest($2::uuid[], $3::uuid[]) AS r (collection_id, product_id)
     ON CONFLICT DO NOTHING`,
    columnsOf(store, rows),
  );
}

async function leave(store: StoreWriter, rows: readonly Membership[]): Promise<void> {
  if (rows.length === 0) return;
  await store.execute(
    `DELETE FROM collection_products c USING unnest($2::uuid[], $3::uuid[]) AS r (collection_id, product_id)
     WHERE c.store_id = $1 AND c.collection_id = r.collection_id AND c.product_id = r.product_id`,
    columnsOf(store, rows),
  );
}

function columnsOf(store: StoreWriter, rows: readonly Membership[]): unknown[] {
  return [
    store.storeId,
    rows.map(({ collectionId }) => collectionId),
    rows.map(({ productId }) => productId),
  ];
}
