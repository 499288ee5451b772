/** SQL fragments over `products p` that pages are made of. */

/** What a shopper may see. */
export const visible = `p.status = 'active' AND p.published_at <= now()`;

/** Whether a variant `v` can be bought: untracked, sold beyond its stock, or in stock somewhere. */
export const canBeBought = `(NOT v.tracked OR v.inventory_policy = 'continue' OR EXISTS (
  SELECT FROM inventory_levels l WHERE l.store_id = v.store_id AND l.item_id = v.variant_id
    AND l.on_hand - l.committed - l.reserved - l.unavailable > 0))`;

/** What announced reductions of a variant are compared with, by market; null without any. */
const priceFacts = (variant: string) => `(SELECT jsonb_object_agg(f.market,
    jsonb_build_object('prior', f.prior_minor, 'since', f.reduction_since, 'kind', f.kind))
  FROM variant_price_facts f WHERE f.store_id = p.store_id AND f.variant_id = ${variant})`;

/** The automatic discounts of a variant that count now; null without any. */
const discounts = (variant: string) => `(SELECT i.discounts FROM price_intervals i
  WHERE i.store_id = p.store_id AND i.variant_id = ${variant} AND i.price_list = 'base' AND i.ends_at IS NULL)`;

/** What markets ask of a variant instead; null without any. */
export const ownPrices = (variant: string) => `(SELECT jsonb_object_agg(m.market_id,
    jsonb_build_object('price', m.price_minor, 'compareAt', m.compare_at_minor))
  FROM market_prices m WHERE m.store_id = p.store_id AND m.variant_id = ${variant})`;

/** Every variant with its prices where a market has one of its own: the cheapest there may be another. */
const pricedVariants = `CASE WHEN EXISTS (
    SELECT FROM market_prices m JOIN variants v ON v.store_id = m.store_id AND v.variant_id = m.variant_id
    WHERE v.store_id = p.store_id AND v.product_id = p.product_id)
  THEN (SELECT jsonb_agg(jsonb_build_object('price', v.price_minor, 'compareAt', v.compare_at_minor,
      'facts', ${priceFacts('v.variant_id')}, 'discounts', ${discounts('v.variant_id')},
      'own', ${ownPrices('v.variant_id')}) ORDER BY v.position)
    FROM variants v WHERE v.store_id = p.store_id AND v.product_id = p.product_id) END`;

const cheapest = '(array_agg(o.variant_id ORDER BY o.price_minor, o.position))[1]';

/** What a list shows of a product; a row of `ProductRow` as JSON. */
export const cardJson = `jsonb_build_object('id', p.public_id, 'title', p.title, 'handle', p.handle,
  'vendor', p.vendor, 'type', p.product_type, 'tags', p.tags, 'options', p.options,
  'priceMin', p.price_min_minor, 'priceMax', p.price_max_minor, 'variantsCount', p.variant_count,
  'publishedAt', p.published_at, 'reviews', (
    SELECT jsonb_object_agg(f.key, f.value) FROM product_metafields f WHERE f.store_id = p.store_id
      AND f.product_id = p.product_id AND f.namespace = 'reviews' AND f.key IN ('rating', 'rating_count')),
  'offer', (
    SELECT jsonb_build_object('available', bool_or(o.available),
      'compareAt', (array_agg(o.compare_at_minor ORDER BY o.price_minor, o.position))[1],
      'facts', ${priceFacts(cheapest)}, 'discounts', ${discounts(cheapest)}, 'variants', ${pricedVariants},
      'firstVariant', (array_agg(o.public_id ORDER BY o.available DESC, o.position))[1])
    FROM (SELECT v.variant_id, v.compare_at_minor, v.price_minor, v.position, v.public_id, ${canBeBought} AS available
      FROM variants v WHERE v.store_id = p.store_id AND v.product_id = p.product_id) o),
  'media', (SELECT coalesce(jsonb_agg(jsonb_build_object('mediaId', m.media_id, 'alt', m.alt)
      ORDER BY m.position), '[]')
    FROM product_media m WHERE m.store_id = p.store_id AND m.product_id = p.product_id AND m.position <= 2))`;

/** Variants that a page lists; one beyond them is loaded when a link selects it (theme-format.md, 2.5). */
const listedVariants = 250;

const metafields = (table: string, owner: string) => `(
  SELECT coalesce(jsonb_object_agg(n.namespace, n.fields), '{}') FROM (
    SELECT f.namespace, jsonb_object_agg(f.key, f.value) AS fields FROM ${table} f
    WHERE f.store_id = p.store_id AND f.${owner} GROUP BY f.namespace) n)`;

/**
 * What a product page shows beside the card; a row of `FullProductRow` as JSON.
 * @param selected the SQL of the public id of a variant that has to be among those listed
 */
export const fullJson = (selected: string) => `jsonb_build_object('description', p.body_html,
  'giftCard', p.gift_card, 'templateSuffix', p.template_suffix, 'seoTitle', p.seo_title, 'seoDescription', p.seo_description,
  'media', (SELECT coalesce(jsonb_agg(jsonb_build_object('productMediaId', m.product_media_id,
      'mediaId', m.media_id, 'alt', m.alt) ORDER BY m.position), '[]')
    FROM product_media m WHERE m.store_id = p.store_id AND m.product_id = p.product_id),
  'variants', (SELECT coalesce(jsonb_agg(jsonb_build_object('id', v.public_id,
      'values', array_remove(ARRAY[v.option1, v.option2, v.option3], NULL), 'sku', v.sku, 'barcode', v.barcode,
      'price', v.price_minor, 'compareAt', v.compare_at_minor, 'available', ${canBeBought},
      'facts', ${priceFacts('v.variant_id')}, 'discounts', ${discounts('v.variant_id')}, 'own', ${ownPrices('v.variant_id')},
      'productMediaId', v.product_media_id, 'policy', v.inventory_policy, 'quantity', CASE WHEN v.tracked THEN (
        SELECT coalesce(sum(greatest(0, l.on_hand - l.committed - l.reserved - l.unavailable)), 0)
        FROM inventory_levels l WHERE l.store_id = v.store_id AND l.item_id = v.variant_id) END, 'weight', v.weight_grams,
      'weightUnit', v.weight_unit, 'metafields', ${metafields('variant_metafields', 'variant_id = v.variant_id')})
      ORDER BY v.position), '[]')
    FROM variants v WHERE v.store_id = p.store_id AND v.product_id = p.product_id
      AND (v.position <= ${listedVariants} OR v.public_id = ${selected})),
  'metafields', ${metafields('product_metafields', 'product_id = p.product_id')},
  'collections', (SELECT coalesce(jsonb_agg(jsonb_build_object('title', c.title, 'handle', c.handle,
      'url', '/collections/' || c.handle) ORDER BY c.title), '[]')
    FROM collection_products cp JOIN collections c USING (store_id, collection_id)
    WHERE cp.store_id = p.store_id AND cp.product_id = p.product_id AND c.published_at <= now()))`;

/** How a list can be sorted; the names are Shopify's. */
export const sortSql = {
  manual: 'cp.position, p.product_id',
  'title-ascending': 'p.title, p.product_id',
  'title-descending': 'p.title DESC, p.product_id',
  'price-ascending': 'p.price_min_minor, p.product_id',
  'price-descending': 'p.price_min_minor DESC, p.product_id',
  'created-ascending': 'p.product_id',
  'created-descending': 'p.product_id DESC',
} as const;

/** One of the ways to sort. */
export type Sort = keyof typeof sortSql;

/** Whether a text from an address names a way to sort. */
export function isSort(text: string | null): text is Sort {
  return text !== null && Object.hasOwn(sortSql, text);
}
