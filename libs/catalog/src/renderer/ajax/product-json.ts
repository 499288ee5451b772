import { formatDecimal } from '@libs/kernel';
import type { View } from '@template-engine/context';
import { isoDate } from '../product-view';
import type { ProductFacts } from './product-facts';
import { optionsOf, optionValues, pictureUrl } from './product-words';

/** A product as feeds and older scripts read it. */
export type ProductJson = ReturnType<typeof productJson>;

const gramsIn: Readonly<Record<string, number>> = {
  g: 1,
  kg: 1_000,
  lb: 453.592_37,
  oz: 28.349_523_125,
};

/** A product in the shape of `/products/<handle>.json` (commerce.md, chapter 1): money as decimals with its currency. */
export function productJson(facts: ProductFacts) {
  const { product, full, trade } = facts;
  const images = imagesOf(facts);
  return {
    id: Number(product.id),
    title: product.title,
    body_html: full.description,
    vendor: product.vendor,
    product_type: product.type,
    created_at: isoDate(trade.createdAt),
    handle: product.handle,
    updated_at: isoDate(trade.updatedAt),
    published_at: product.published_at,
    template_suffix: full.templateSuffix,
    published_scope: 'web',
    tags: product.tags.join(', '),
    variants: product.variants.map((variant) => variantOf(variant, facts)),
    options: optionsOf(product).map((option) => ({ product_id: Number(product.id), ...option })),
    images,
    image: images[0] ?? null,
  };
}

function variantOf(variant: View<'variant'>, { product, full, trade, currency }: ProductFacts) {
  const more = trade.variants[variant.id];
  const grams = variant.weight ?? 0;
  const [option1, option2 = null, option3 = null] = optionValues(variant);
  const struck = variant.compare_at_price;
  const row = full.variants.find(({ id }) => String(id) === variant.id);
  return {
    id: Number(variant.id),
    product_id: Number(product.id),
    title: variant.title,
    price: formatDecimal(variant.price, currency),
    sku: variant.sku ?? '',
    position: more?.position ?? 1,
    compare_at_price: struck === null ? null : formatDecimal(struck, currency),
    inventory_management: more?.tracked ? 'shopify' : null,
    option1,
    option2,
    option3,
    created_at: isoDate(more?.createdAt ?? null),
    updated_at: isoDate(more?.updatedAt ?? null),
    taxable: more?.taxable ?? true,
    barcode: variant.barcode,
    grams: Math.round(grams),
    image_id: row?.productMediaId ?? null,
    weight: Math.round((grams / (gramsIn[variant.weight_unit] ?? 1)) * 10_000) / 10_000,
    weight_unit: variant.weight_unit,
    requires_shipping: more?.requiresShipping ?? true,
    price_currency: currency,
    compare_at_price_currency: struck === null ? null : currency,
  };
}

/** Pictures with the variants that each belongs to. */
function imagesOf({ product, full }: ProductFacts) {
  const shown = product.media.flatMap(({ id, alt, image }) => (image ? [{ id, alt, image }] : []));
  return shown.map(({ id, alt, image }, index) => ({
    id,
    product_id: Number(product.id),
    position: index + 1,
    alt,
    width: image.width,
    height: image.height,
    src: pictureUrl(image),
    variant_ids: full.variants
      .filter(({ productMediaId }) => productMediaId === id)
      .map((v) => v.id),
  }));
}
