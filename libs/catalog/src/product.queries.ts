import type { StoreReader } from '@platform/database';
import type { Product, ProductFilter, ProductSummary } from './contract/products.contract';
import { searchQuery } from '@libs/kernel';

const iso = (column: string) =>
  `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

const quantity = (condition: string) => `(
  SELECT sum(l.on_hand - l.committed - l.reserved - l.unavailable)
  FROM variants v JOIN inventory_levels l ON l.store_id = v.store_id AND l.item_id = v.variant_id
  WHERE v.store_id = $1 AND v.tracked AND ${condition})`;

const summary = `p.product_id AS id, p.public_id AS "publicId", p.handle, p.title, p.vendor,
  p.product_type AS "productType", p.tags, p.status, ${iso('p.published_at')} AS "publishedAt",
  p.gift_card AS "giftCard", p.template_suffix AS "templateSuffix", p.options,
  p.variant_count AS "variantsCount", p.price_min_minor AS "priceMinMinor",
  p.price_max_minor AS "priceMaxMinor",
  (SELECT s.currency FROM stores s WHERE s.store_id = $1) AS currency,
  ${quantity('v.product_id = p.product_id')}::int AS quantity,
  (SELECT m.media_id FROM product_media m WHERE m.store_id = $1 AND m.product_id = p.product_id
   ORDER BY m.position LIMIT 1) AS "mediaId",
  ${iso('p.created_at')} AS "createdAt", ${iso('p.updated_at')} AS "updatedAt", p.version`;

const metafields = (table: string, owner: string) => `(
  SELECT coalesce(jsonb_agg(jsonb_build_object('namespace', f.namespace, 'key', f.key, 'type', f.type,
    'value', f.value) ORDER BY f.namespace, f.key), '[]')
  FROM ${table} f WHERE f.store_id = $1 AND f.${owner})`;

const variant = `jsonb_build_object('id', v.variant_id, 'publicId', v.public_id, 'productId', v.product_id,
  'title', coalesce(nullif(concat_ws(' / ', v.option1, v.option2, v.option3), ''), 'Default Title'),
  'position', v.position, 'options', to_jsonb(array_remove(ARRAY[v.option1, v.option2, v.option3], NULL)),
  'sku', v.sku, 'barcode', v.barcode, 'priceMinor', v.price_minor, 'compareAtMinor', v.compare_at_minor,
  'costMinor', v.cost_minor, 'currency', v.currency, 'grams', v.weight_grams, 'weightUnit', v.weight_unit,
  'taxable', v.taxable, 'taxCode', v.tax_code, 'requiresShipping', v.requires_shipping,
  'unitPrice', v.unit_price, 'inventoryItemId', v.variant_id, 'tracked', v.tracked,
  'inventoryPolicy', v.inventory_policy, 'quantity', CASE WHEN v.tracked THEN (
    SELECT coalesce(sum(l.on_hand - l.committed - l.reserved - l.unavailable), 0)
    FROM inventory_levels l WHERE l.store_id = $1 AND l.item_id = v.variant_id) END,
  'imageId', v.product_media_id, 'metafields', ${metafields('variant_metafields', 'variant_id = v.variant_id')},
  'version', v.version)`;

/** A product without what the media slice knows of its pictures. */
export type StoredProduct = Omit<Product, 'images'> & {
  images: Pick<Product['images'][number], 'id' | 'mediaId' | 'position' | 'alt' | 'sourceUrl'>[];
};

/** A product with all that belongs to it, in one statement; null when there is none. */
export async function findProduct(
  store: StoreReader,
  productId: string,
): Promise<StoredProduct | null> {
  const [found] = await store.query<StoredProduct>(
    `SELECT ${summary}, p.body_html AS "bodyHtml", p.seo_title AS "seoTitle",
       p.seo_description AS "seoDescription",
       (SELECT coalesce(jsonb_agg(${variant} ORDER BY v.position), '[]') FROM variants v
        WHERE v.store_id = $1 AND v.product_id = p.product_id) AS variants,
       (SELECT coalesce(jsonb_agg(jsonb_build_object('id', m.product_media_id, 'mediaId', m.media_id,
          'position', m.position, 'alt', m.alt, 'sourceUrl', m.source_url) ORDER BY m.position), '[]')
        FROM product_media m WHERE m.store_id = $1 AND m.product_id = p.product_id) AS images,
       ${metafields('product_metafields', 'product_id = p.product_id')} AS metafields
     FROM products p WHERE p.store_id = $1 AND p.product_id = $2`,
    [store.storeId, productId],
  );
  return found ?? null;
}

/**
 * Products, newest first; for a search the same order, since a cursor has to mean the same tomorrow.
 * @param before the id that ended the last page
 */
export function listProducts(
  store: StoreReader,
  filter: ProductFilter,
  { limit, before }: { limit: number; before: string | null },
): Promise<ProductSummary[]> {
  const params: unknown[] = [store.storeId, before, limit];
  const conditions = ['p.store_id = $1', '($2::uuid IS NULL OR p.product_id < $2)'];
  const where = (sql: (slot: string) => string, value: unknown) => {
    if (value === undefined) return;
    params.push(value);
    conditions.push(sql(`$${params.length}`));
  };
  where((slot) => `p.status = ${slot}`, filter.status);
  where((slot) => `p.vendor = ${slot}`, filter.vendor);
  where((slot) => `p.product_type = ${slot}`, filter.productType);
  where((slot) => `${slot} = ANY (p.tags)`, filter.tag);
  where(
    (slot) => `EXISTS (SELECT FROM collection_products c WHERE c.store_id = $1
      AND c.product_id = p.product_id AND c.collection_id = ${slot})`,
    filter.collectionId,
  );
  if (filter.q !== undefined && filter.q.trim() !== '') {
    const wanted = searchQuery(filter.q);
    if (wanted === null) return Promise.resolve([]);
    where(
      (slot) => `p.product_id IN (SELECT product_id FROM search_products(${slot}::tsquery, false))`,
      wanted,
    );
  }
  return store.query<ProductSummary>(
    `SELECT ${summary} FROM products p WHERE ${conditions.join(' AND ')} ORDER BY p.product_id DESC LIMIT $3`,
    params,
  );
}

/** Handles that are `wanted` or begin with `wanted-`, for finding one that is free. */
export async function handlesLike(
  store: StoreReader,
  table: 'products' | 'collections',
  wanted: string,
): Promise<Set<string>> {
  const rows = await store.query<{ handle: string }>(
    `SELECT handle FROM ${table} WHERE store_id = $1 AND (handle = $2 OR starts_with(handle, $2 || '-'))`,
    [store.storeId, wanted],
  );
  return new Set(rows.map(({ handle }) => handle));
}
