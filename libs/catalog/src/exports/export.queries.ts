import type { StoreReader } from '@platform/database';
import type { ExportProduct } from './export-rows';

/** Products of one page: a few hundred kilobytes, read in some milliseconds. */
const PAGE = 200;

/** A metafield column that some product or variant of the store has a value for. */
export interface MetafieldColumnRow {
  owner: 'product' | 'variant';
  namespace: string;
  key: string;
  /** The name of its definition, or its key. */
  name: string;
  /** One of its values. */
  sample: unknown;
}

/** Every metafield of the store, defined ones first, each once. */
export function findMetafieldColumns(store: StoreReader): Promise<MetafieldColumnRow[]> {
  return store.query<MetafieldColumnRow>(
    `SELECT f.owner, f.namespace, f.key, coalesce(d.name, f.key) AS name, f.sample FROM (
       SELECT 'product' AS owner, namespace, key, (array_agg(value))[1] AS sample
         FROM product_metafields WHERE store_id = $1 GROUP BY namespace, key
       UNION ALL
       SELECT 'variant', namespace, key, (array_agg(value))[1]
         FROM variant_metafields WHERE store_id = $1 GROUP BY namespace, key
     ) f
     LEFT JOIN metafield_definitions d
       ON d.store_id = $1 AND (d.owner, d.namespace, d.key) = (f.owner, f.namespace, f.key)
     ORDER BY f.owner, f.namespace, f.key`,
    [store.storeId],
  );
}

const metafields = (table: string, owner: string) => `
  (SELECT coalesce(jsonb_agg(jsonb_build_object('namespace', m.namespace, 'key', m.key,
     'value', m.value)), '[]')
   FROM ${table} m WHERE m.store_id = p.store_id AND m.${owner})`;

/** A picture without an address of its own is named by the id of its file. */
const source = `coalesce(m.source_url, 'media:' || m.media_id)`;

/**
 * One page of products with all that an export says of them, in one statement.
 * @param after the last product's id, null for the first page
 */
export function findExportPage(
  store: StoreReader,
  after: string | null,
): Promise<(ExportProduct & { productId: string })[]> {
  return store.query(
    `WITH p AS MATERIALIZED (
       SELECT * FROM products WHERE store_id = $1 AND ($2::uuid IS NULL OR product_id > $2)
       ORDER BY product_id LIMIT $3
     )
     SELECT p.product_id AS "productId", p.handle, p.title, p.body_html AS "descriptionHtml",
       p.vendor, p.product_type AS type, p.tags, p.status, p.published_at IS NOT NULL AS published,
       p.gift_card AS "giftCard", p.seo_title AS "seoTitle", p.seo_description AS "seoDescription",
       (SELECT coalesce(jsonb_agg(o ->> 'name' ORDER BY at), '[]')
          FROM jsonb_array_elements(p.options) WITH ORDINALITY AS t (o, at)) AS options,
       (SELECT coalesce(jsonb_agg(jsonb_build_object(
          'optionValues', to_jsonb(array_remove(ARRAY[v.option1, v.option2, v.option3], NULL)),
          'sku', v.sku, 'barcode', v.barcode, 'priceMinor', v.price_minor,
          'compareAtMinor', v.compare_at_minor, 'costMinor', v.cost_minor, 'taxable', v.taxable,
          'taxCode', v.tax_code, 'unitPrice', v.unit_price, 'tracked', v.tracked,
          'quantity', coalesce((SELECT sum(l.on_hand - l.committed - l.reserved - l.unavailable)
             FROM inventory_levels l JOIN locations d USING (store_id, location_id)
             WHERE l.store_id = v.store_id AND l.item_id = v.variant_id AND d.is_default), 0),
          'policy', v.inventory_policy, 'grams', v.weight_grams, 'weightUnit', v.weight_unit,
          'requiresShipping', v.requires_shipping,
          'imageSrc', (SELECT ${source} FROM product_media m
             WHERE m.store_id = v.store_id AND m.product_media_id = v.product_media_id),
          'metafields', ${metafields('variant_metafields', 'variant_id = v.variant_id')}
        ) ORDER BY v.position, v.variant_id), '[]')
        FROM variants v WHERE v.store_id = p.store_id AND v.product_id = p.product_id) AS variants,
       (SELECT coalesce(jsonb_agg(jsonb_build_object('src', ${source}, 'alt', m.alt)
          ORDER BY m.position), '[]')
        FROM product_media m WHERE m.store_id = p.store_id AND m.product_id = p.product_id) AS images,
       ${metafields('product_metafields', 'product_id = p.product_id')} AS metafields
     FROM p ORDER BY p.product_id`,
    [store.storeId, after, PAGE],
  );
}
