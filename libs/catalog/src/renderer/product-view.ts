import { type ReadyImage, imageView as readyView } from '@libs/media';
import type { Json, View } from '@template-engine/context';
import { swatchOf } from './filters/swatch';
import { ratingOf } from './rating';
import {
  type PriceReduction,
  type PriceTerms,
  type ShownPrice,
  inMarket,
  shownPrice,
} from '../pricing/price-terms';
import type { FullProductRow, ProductRow, VariantRow } from './product-row';

/** The images that can be shown, by id. */
export type ReadyImages = ReadonlyMap<string, ReadyImage>;

/** What products are shown with: the images that can be, and the market's prices. */
export interface Shown {
  images: ReadyImages;
  terms: PriceTerms;
}

/** An image as a theme sees it, or null while it cannot be shown. */
export function imageView(
  images: ReadyImages,
  mediaId: string | null | undefined,
  alt: string,
): View<'image'> | null {
  const image = mediaId == null ? undefined : images.get(mediaId);
  return mediaId == null || !image ? null : readyView(mediaId, image, alt);
}

/** A product as lists show it. */
export function cardView(row: ProductRow, { images, terms }: Shown): View<'product_card'> {
  const { offer, media } = row;
  const { cheapest, priceMax } = cardPrices(row, terms);
  const { price: priceMin, struck, reduction } = cheapest;
  const url = `/products/${encodeURIComponent(row.handle)}`;
  const picture = (index: number) =>
    imageView(images, media[index]?.mediaId, media[index]?.alt ?? row.title);
  return {
    id: String(row.id),
    title: row.title,
    handle: row.handle,
    url,
    vendor: row.vendor,
    type: row.type,
    price: priceMin,
    price_min: priceMin,
    price_max: priceMax,
    price_varies: priceMin !== priceMax,
    compare_at_price: struck,
    on_sale: reduction.active,
    price_reduction: reductionView(reduction),
    available: offer.available ?? false,
    featured_image: picture(0),
    hover_image: picture(1),
    rating: ratingOf(row) as unknown as Json,
    tags: row.tags,
    options_with_values: row.options.map(({ name, values }, index) => ({
      name,
      position: index + 1,
      values: values.map((value) => optionValue(value, url, name)),
      selected_value: null,
    })),
    first_variant_id: offer.firstVariant === null ? null : String(offer.firstVariant),
    variants_count: row.variantsCount,
    published_at: isoDate(row.publishedAt),
  };
}

/** The cheapest variant's prices and the dearest one's, of those that the market shows. */
function cardPrices(
  { offer, priceMin, priceMax }: ProductRow,
  terms: PriceTerms,
): { cheapest: ShownPrice; priceMax: number } {
  const all = (offer.variants ?? []).map((variant) => shownPrice(variant, terms));
  const [first, ...others] = all;
  if (!first) {
    const cheapest = shownPrice({ ...offer, own: null, price: priceMin }, terms);
    return { cheapest, priceMax: inMarket(priceMax, terms) };
  }
  const cheapest = others.reduce((least, one) => (one.price < least.price ? one : least), first);
  return { cheapest, priceMax: Math.max(...all.map(({ price }) => price)) };
}

function reductionView(reduction: PriceReduction): View<'price_reduction'> {
  return { ...reduction };
}

/** A moment of PostgreSQL's JSON as ISO 8601 in UTC. */
export function isoDate(text: string | null): string | null {
  return text === null ? null : new Date(text).toISOString();
}

function optionValue(value: string, url: string, option: string): View<'option_value'> {
  const handle = value.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-');
  return {
    value,
    handle,
    selected: false,
    available: true,
    swatch: swatchOf(option, value),
    url,
    variant_id: null,
  };
}

/**
 * A product as its own page shows it.
 * @param selected the public id of the variant that the address names, or null
 */
export function productView(
  row: ProductRow & { full: FullProductRow },
  shown: Shown,
  selected: string | null,
): View<'product'> {
  const card = cardView(row, shown);
  const { images } = shown;
  const { full } = row;
  const chosen = full.variants.find(({ id }) => String(id) === selected) ?? null;
  const current = chosen ?? full.variants.find(({ available }) => available) ?? full.variants[0];
  const toView = (variant: VariantRow) => variantView(variant, { row, card, shown, current });
  return {
    ...card,
    options_with_values: row.options.map(({ name, values }, index) => ({
      name,
      position: index + 1,
      values: values.map((value) => choice({ value, name, index }, { card, full, current })),
      selected_value: current?.values[index] ?? null,
    })),
    description: full.description,
    gift_card: full.giftCard,
    media: mediaViews(row, full, images),
    variants: full.variants.map(toView),
    selected_variant: chosen && toView(chosen),
    selected_or_first_available_variant: current ? toView(current) : null,
    selling_plans: null,
    metafields: full.metafields,
    recommendations: [],
    complementary_products: [],
    collections: full.collections,
    seo_title: full.seoTitle,
    seo_description: full.seoDescription,
  };
}

/** Pictures that can be shown; one that is still fetched or could not be had is no picture to a theme. */
function mediaViews(
  { title }: ProductRow,
  { media }: FullProductRow,
  images: ReadyImages,
): View<'product'>['media'] {
  return media.flatMap(({ mediaId, productMediaId, alt }) => {
    const image = imageView(images, mediaId, alt ?? title);
    return image
      ? [{ id: productMediaId, type: 'image', alt: alt ?? title, image, video: null }]
      : [];
  });
}

interface VariantContext {
  row: ProductRow & { full: FullProductRow };
  card: View<'product_card'>;
  shown: Shown;
  current: VariantRow | undefined;
}

function variantView(variant: VariantRow, context: VariantContext): View<'variant'> {
  const { row, card, shown, current } = context;
  const { values } = variant;
  const { price, struck, reduction } = shownPrice(variant, shown.terms);
  const own = row.full.media.find(
    ({ productMediaId }) => productMediaId === variant.productMediaId,
  );
  return {
    id: String(variant.id),
    title: values.join(' / ') || 'Default Title',
    url: `${card.url}?variant=${variant.id}`,
    sku: variant.sku,
    barcode: variant.barcode,
    price,
    compare_at_price: struck,
    on_sale: reduction.active,
    price_reduction: reductionView(reduction),
    available: variant.available,
    options: values,
    image: imageView(shown.images, own?.mediaId, own?.alt ?? row.title),
    inventory_quantity: variant.quantity,
    inventory_policy: variant.policy,
    weight: variant.weight,
    weight_unit: variant.weightUnit,
    selected: variant === current,
    metafields: variant.metafields,
  };
}

/** A value to choose, and the variant to which choosing it leads: the others' values stay when that is possible. */
function choice(
  { value, name, index }: { value: string; name: string; index: number },
  { card, full, current }: Pick<VariantContext, 'card' | 'current'> & { full: FullProductRow },
): View<'option_value'> {
  const having = full.variants.filter(({ values }) => values[index] === value);
  const nearest =
    having.find(({ values }) =>
      values.every((other, at) => at === index || other === current?.values[at]),
    ) ?? having[0];
  return {
    ...optionValue(value, nearest ? `${card.url}?variant=${nearest.id}` : card.url, name),
    selected: current?.values[index] === value,
    available: nearest?.available ?? false,
    variant_id: nearest ? String(nearest.id) : null,
  };
}
