import type { StoreWriter } from '@platform/database';
import type { UnitPrice, WeightUnit } from './product-draft';

/** An option with its values in the order in which they are shown. */
export interface ProductOption {
  name: string;
  values: string[];
}

/** The product's own row, as the writer knows it. */
export interface ProductState {
  handle: string;
  title: string;
  bodyHtml: string;
  vendor: string;
  productType: string;
  tags: string[];
  status: 'draft' | 'active' | 'archived';
  /** ISO 8601. */
  publishedAt: string | null;
  giftCard: boolean;
  templateSuffix: string | null;
  seoTitle: string | null;
  seoDescription: string | null;
  options: ProductOption[];
}

/** A variant's row, as the writer knows it. */
export interface VariantState {
  variantId: string;
  position: number;
  option1: string | null;
  option2: string | null;
  option3: string | null;
  sku: string | null;
  barcode: string | null;
  priceMinor: number;
  compareAtMinor: number | null;
  costMinor: number | null;
  grams: number;
  weightUnit: WeightUnit;
  taxable: boolean;
  taxCode: string | null;
  requiresShipping: boolean;
  unitPrice: UnitPrice | null;
  mediaId: string | null;
  /** What is counted of it: an item has the id of its variant. */
  itemId: string;
  tracked: boolean;
  policy: 'deny' | 'continue';
}

/** A picture of a product. */
export interface MediaState {
  productMediaId: string;
  position: number;
  alt: string | null;
  mediaId: string | null;
  sourceUrl: string | null;
}

/** A metafield of a product or of one of its variants. */
export interface MetafieldState {
  namespace: string;
  key: string;
  type: string;
  value: unknown;
}

/** A product as it is, with all that belongs to it except its stock. */
export interface CurrentProduct extends ProductState {
  productId: string;
  variants: (VariantState & { metafields: MetafieldState[] })[];
  media: MediaState[];
  metafields: MetafieldState[];
}

const metafields = (table: string, owner: string) => `
  (SELECT coalesce(jsonb_agg(jsonb_build_object('namespace', m.namespace, 'key', m.key, 'type', m.type,
     'value', m.value)), '[]')
   FROM ${table} m WHERE m.store_id = p.store_id AND m.${owner})`;

/**
 * Reads and locks the products of these handles or ids, with all that belongs to them, in one statement.
 * The lock is taken in the order of ids, so that two batches wait for each other instead of deadlocking.
 */
export function lockProducts(
  store: StoreWriter,
  handles: readonly string[],
  productIds: readonly string[],
): Promise<CurrentProduct[]> {
  return store.query<CurrentProduct>(
    `WITH p AS MATERIALIZED (
       SELECT * FROM products
       WHERE store_id = $1 AND (handle = ANY ($2::text[]) OR product_id = ANY ($3::uuid[]))
       ORDER BY product_id FOR UPDATE
     )
     SELECT p.product_id AS "productId", p.handle, p.title, p.body_html AS "bodyHtml", p.vendor,
       p.product_type AS "productType", p.tags, p.status, to_jsonb(p.published_at) AS "publishedAt",
       p.gift_card AS "giftCard", p.template_suffix AS "templateSuffix", p.seo_title AS "seoTitle",
       p.seo_description AS "seoDescription", p.options,
       (SELECT coalesce(jsonb_agg(jsonb_build_object(
          'variantId', v.variant_id, 'position', v.position, 'option1', v.option1, 'option2', v.option2,
          'option3', v.option3, 'sku', v.sku, 'barcode', v.barcode, 'priceMinor', v.price_minor,
          'compareAtMinor', v.compare_at_minor, 'costMinor', v.cost_minor, 'grams', v.weight_grams,
          'weightUnit', v.weight_unit, 'taxable', v.taxable, 'taxCode', v.tax_code,
          'requiresShipping', v.requires_shipping, 'unitPrice', v.unit_price, 'mediaId', v.product_media_id,
          'itemId', v.variant_id, 'tracked', v.tracked, 'policy', v.inventory_policy,
          'metafields', ${metafields('variant_metafields', 'variant_id = v.variant_id')}
        ) ORDER BY v.position, v.variant_id), '[]')
        FROM variants v WHERE v.store_id = p.store_id AND v.product_id = p.product_id) AS variants,
       (SELECT coalesce(jsonb_agg(jsonb_build_object('productMediaId', m.product_media_id,
          'position', m.position, 'alt', m.alt, 'mediaId', m.media_id, 'sourceUrl', m.source_url)
          ORDER BY m.position), '[]')
        FROM product_media m WHERE m.store_id = p.store_id AND m.product_id = p.product_id) AS media,
       ${metafields('product_metafields', 'product_id = p.product_id')} AS metafields
     FROM p`,
    [store.storeId, handles, productIds],
  );
}

/** The stock of an item in one place. */
export interface LevelState {
  itemId: string;
  locationId: string;
  available: number;
  /** Of what is on hand, how much is not available. */
  promised: number;
}

/** Reads and locks all levels of these items, in the order in which everybody locks them. */
export function lockLevels(store: StoreWriter, itemIds: readonly string[]): Promise<LevelState[]> {
  return store.query<LevelState>(
    `SELECT item_id AS "itemId", location_id AS "locationId",
       on_hand - committed - reserved - unavailable AS available,
       committed + reserved + unavailable AS promised
     FROM inventory_levels WHERE store_id = $1 AND item_id = ANY ($2::uuid[])
     ORDER BY item_id, location_id FOR UPDATE`,
    [store.storeId, itemIds],
  );
}
