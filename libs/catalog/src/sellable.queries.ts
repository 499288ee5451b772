import type { StoreReader } from '@platform/database';
import { type Reach, limitReach } from './stock/reach';
import { type KeptPrices, type PriceTerms, setPrices } from './pricing/price-terms';

/** A variant as a cart needs it. */
export interface SellableVariant {
  variantId: string;
  /** The integer by which themes and carts know it. */
  publicId: number;
  productId: string;
  productPublicId: number;
  itemId: string;
  handle: string;
  productTitle: string;
  /** Sanitised HTML. */
  bodyHtml: string;
  /** The variant's own title; `Default Title` for a product without options. */
  title: string;
  vendor: string;
  productType: string;
  sku: string | null;
  /** Minor units of `currency`. */
  priceMinor: number;
  compareAtMinor: number | null;
  currency: string;
  grams: number;
  taxable: boolean;
  requiresShipping: boolean;
  giftCard: boolean;
  /** What kind of thing it is to the tax office; null is nothing special. */
  taxCode: string | null;
  tags: string[];
  collectionIds: string[];
  options: { name: string; value: string }[];
  /** What can be sold now, a location's debt leaving the others' alone; null when there is no limit. */
  quantity: number | null;
  /** The variant's picture, else the product's first, in the media slice. */
  mediaId: string | null;
}

type SellingTerms = Pick<PriceTerms, 'market' | 'rule' | 'currency'>;

/**
 * The variants of these public ids, of these ids, or of these products that a shopper may buy: of products that are
 * active and published.
 * Sold out ones are among them, with a quantity of 0 or less; those that are gone are missing.
 * @param terms the market's; the store's own prices without
 * @param reach where it goes: only locations that serve it count; all of them without
 */
export async function findSellable(
  store: StoreReader,
  ids: readonly number[] | readonly string[] | { productIds: readonly string[] },
  terms: SellingTerms | null = null,
  reach: Reach | null = null,
): Promise<SellableVariant[]> {
  const { isServed, isOutOfReach, params } = limitReach(reach);
  const found = await store.query<SellableVariant & Pick<KeptPrices, 'own'>>(
    `SELECT v.variant_id AS "variantId", v.public_id AS "publicId", p.product_id AS "productId",
       p.public_id AS "productPublicId", v.variant_id AS "itemId", p.handle,
       p.title AS "productTitle", p.body_html AS "bodyHtml",
       coalesce(nullif(concat_ws(' / ', v.option1, v.option2, v.option3), ''), 'Default Title') AS title,
       p.vendor, p.product_type AS "productType", v.sku, v.price_minor AS "priceMinor",
       v.compare_at_minor AS "compareAtMinor", v.currency,
       (SELECT jsonb_build_object($3::text, jsonb_build_object('price', m.price_minor, 'compareAt', m.compare_at_minor))
        FROM market_prices m WHERE m.store_id = $1 AND m.variant_id = v.variant_id AND m.market_id::text = $3) AS own,
       v.weight_grams AS grams, v.taxable,
       v.requires_shipping AND NOT p.gift_card AS "requiresShipping", p.gift_card AS "giftCard",
       v.tax_code AS "taxCode", p.tags,
       ARRAY(SELECT c.collection_id FROM collection_products c
             WHERE c.store_id = $1 AND c.product_id = p.product_id) AS "collectionIds",
       (SELECT coalesce(jsonb_agg(jsonb_build_object('name', o.option ->> 'name', 'value', o.value)
          ORDER BY o.place), '[]')
        FROM ROWS FROM (jsonb_array_elements(p.options), unnest(ARRAY[v.option1, v.option2, v.option3]))
          WITH ORDINALITY AS o (option, value, place) WHERE o.option IS NOT NULL) AS options,
       CASE WHEN v.tracked AND (v.inventory_policy = 'deny' OR ${isOutOfReach}) THEN (
         SELECT coalesce(sum(greatest(0, l.on_hand - l.committed - l.reserved - l.unavailable)), 0)::int
         FROM inventory_levels l WHERE l.store_id = $1 AND l.item_id = v.variant_id AND ${isServed}) END AS quantity,
       coalesce(
         (SELECT m.media_id FROM product_media m
          WHERE m.store_id = $1 AND m.product_media_id = v.product_media_id),
         (SELECT m.media_id FROM product_media m WHERE m.store_id = $1 AND m.product_id = p.product_id
          ORDER BY m.position LIMIT 1)) AS "mediaId"
     FROM variants v JOIN products p ON p.store_id = v.store_id AND p.product_id = v.product_id
     WHERE v.store_id = $1 AND ${whereIn(ids)}
       AND p.status = 'active' AND p.published_at <= now()`,
    [store.storeId, 'productIds' in ids ? ids.productIds : ids, terms?.market ?? null, ...params],
  );
  return found.map(({ own, ...offer }) =>
    terms === null ? offer : offerInMarket(offer, own, terms),
  );
}

function whereIn(ids: Parameters<typeof findSellable>[1]): string {
  if ('productIds' in ids) return 'v.product_id = ANY ($2::uuid[])';
  return typeof ids[0] === 'string'
    ? 'v.variant_id = ANY ($2::uuid[])'
    : 'v.public_id = ANY ($2::bigint[])';
}

function offerInMarket(
  offer: SellableVariant,
  own: KeptPrices['own'],
  terms: SellingTerms,
): SellableVariant {
  const kept = { price: offer.priceMinor, compareAt: offer.compareAtMinor, own };
  const { price, compareAt } = setPrices(kept, terms);
  return { ...offer, currency: terms.currency, priceMinor: price, compareAtMinor: compareAt };
}
