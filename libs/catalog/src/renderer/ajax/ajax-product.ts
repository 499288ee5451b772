import { hundredths } from '@libs/kernel';
import type { View } from '@template-engine/context';
import { isoDate } from '../product-view';
import type { ProductFacts } from './product-facts';
import { isDefault, optionsOf, optionValues, pictureUrl } from './product-words';

/** A product as borrowed scripts read it. */
export type AjaxProduct = ReturnType<typeof ajaxProduct>;

/**
 * A product in the shape of `/products/<handle>.js` (commerce.md, chapter 1): money in hundredths of the market's
 * currency, struck prices by the same rule as on the page. How many there are is not said.
 */
export function ajaxProduct(facts: ProductFacts) {
  const { product, full, trade, currency } = facts;
  const cents = (amount: number): number => hundredths(amount, currency);
  const struck = product.variants.flatMap(({ compare_at_price: one }) => one ?? []).map(cents);
  const pictures = picturesOf(product);
  return {
    id: Number(product.id),
    title: product.title,
    handle: product.handle,
    description: full.description,
    published_at: product.published_at,
    created_at: isoDate(trade.createdAt),
    vendor: product.vendor,
    type: product.type,
    tags: product.tags,
    price: cents(product.price),
    price_min: cents(product.price_min),
    price_max: cents(product.price_max),
    available: product.available,
    price_varies: product.price_varies,
    compare_at_price: product.compare_at_price === null ? null : cents(product.compare_at_price),
    compare_at_price_min: Math.min(...(struck.length === 0 ? [0] : struck)),
    compare_at_price_max: Math.max(0, ...struck),
    compare_at_price_varies: new Set(struck).size > 1,
    price_reduction: reductionOf(product.price_reduction, cents),
    variants: product.variants.map((variant) => variantOf(variant, facts)),
    images: pictures.map(({ src }) => src),
    featured_image: pictures[0]?.src ?? null,
    options: optionsOf(product),
    url: product.url,
    media: pictures.map(({ alt, height, width, ...picture }) => ({
      ...picture,
      alt,
      height,
      width,
      media_type: 'image',
      preview_image: previewOf({ ...picture, height, width }),
    })),
    requires_selling_plan: false,
    selling_plan_groups: [],
  };
}

function variantOf(variant: View<'variant'>, { product, full, trade, currency }: ProductFacts) {
  const { id, sku, barcode, available } = variant;
  const cents = (amount: number): number => hundredths(amount, currency);
  const more = trade.variants[id];
  const [option1, option2 = null, option3 = null] = optionValues(variant);
  const own = full.variants.find((row) => String(row.id) === id)?.productMediaId ?? null;
  const picture = picturesOf(product).find((one) => one.id === own);
  return {
    id: Number(id),
    title: variant.title,
    option1,
    option2,
    option3,
    sku,
    requires_shipping: more?.requiresShipping ?? true,
    taxable: more?.taxable ?? true,
    featured_image: picture ? { ...featuredOf(picture), product_id: Number(product.id) } : null,
    available,
    name: isDefault(variant) ? product.title : `${product.title} - ${variant.title}`,
    public_title: isDefault(variant) ? null : variant.title,
    options: optionValues(variant),
    price: cents(variant.price),
    weight: Math.round(variant.weight ?? 0),
    compare_at_price: variant.compare_at_price === null ? null : cents(variant.compare_at_price),
    price_reduction: reductionOf(variant.price_reduction, cents),
    inventory_management: more?.tracked ? 'shopify' : null,
    barcode,
    featured_media: picture
      ? {
          id: picture.id,
          alt: picture.alt,
          position: picture.position,
          preview_image: previewOf(picture),
        }
      : null,
    quantity_rule: { min: 1, max: null, increment: 1 },
    quantity_price_breaks: [],
    requires_selling_plan: false,
    selling_plan_allocations: [],
  };
}

/** What the page says of a reduction, money in hundredths. */
function reductionOf(
  { price, prior, ...rest }: View<'price_reduction'>,
  cents: (amount: number) => number,
) {
  return { ...rest, price: cents(price), prior: prior === null ? null : cents(prior) };
}

interface Picture {
  id: string;
  alt: string;
  position: number;
  aspect_ratio: number;
  height: number;
  width: number;
  src: string;
}

/** The pictures that can be shown, in their order. */
function picturesOf({ media }: View<'product'>): Picture[] {
  const shown = media.flatMap(({ id, alt, image }) => (image ? [{ id, alt, image }] : []));
  return shown.map(({ id, alt, image }, index) => ({
    id,
    alt,
    position: index + 1,
    aspect_ratio: image.aspect_ratio,
    height: image.height,
    width: image.width,
    src: pictureUrl(image),
  }));
}

function featuredOf({ aspect_ratio: _, ...picture }: Picture) {
  return picture;
}

function previewOf({ aspect_ratio, height, width, src }: Omit<Picture, 'alt'>) {
  return { aspect_ratio, height, width, src };
}
