import type { PricedCartLine } from '../carts/price-cart';
import type { ReadyImages } from './cart-view';
import { discountLists } from './discount-words';
import { decimalNumber, hundredths } from '@libs/kernel';
import { lineUrl, plainWords, variantWords } from './line-words';

/** A line as borrowed scripts read it; its fields and their meaning are Shopify's (commerce.md, chapter 1). */
export type AjaxLine = ReturnType<typeof ajaxLine>;

/** The widest picture that scripts are sent; a smaller original comes in its own size. */
const pictureWidth = 800;

/** A line in the shape of the AJAX contract: money in hundredths. */
export function ajaxLine(line: PricedCartLine, images: ReadyImages) {
  const { key, quantity, properties, offer } = line;
  const words = variantWords(line);
  const title = words.hasOnlyDefault
    ? offer.productTitle
    : `${offer.productTitle} - ${offer.title}`;
  return {
    id: offer.publicId,
    key,
    properties: properties.length === 0 ? null : Object.fromEntries(properties),
    quantity,
    variant_id: offer.publicId,
    product_id: offer.productPublicId,
    title,
    product_title: offer.productTitle,
    untranslated_product_title: offer.productTitle,
    product_description: plainWords(offer.bodyHtml),
    variant_title: words.hasOnlyDefault ? null : offer.title,
    variant_options: words.values,
    options_with_values: words.options,
    product_has_only_default_variant: words.hasOnlyDefault,
    handle: offer.handle,
    url: lineUrl(line),
    vendor: offer.vendor,
    product_type: offer.productType,
    sku: offer.sku ?? '',
    grams: Math.round(offer.grams),
    taxable: offer.taxable,
    gift_card: offer.giftCard,
    requires_shipping: offer.requiresShipping,
    ...pictures(line, images),
    ...prices(line),
    quantity_rule: { min: 1, max: null, increment: 1 },
    has_components: false,
  };
}

/** `final_line_price` is after the line's own discounts, `line_price` after those of the cart too (commerce.md, chapter 1). */
function prices({ offer, quantity, amounts, cuts }: PricedCartLine) {
  const { priceMinor, currency } = offer;
  const price = hundredths(priceMinor, currency);
  const original = hundredths(amounts.subtotalMinor, currency);
  const finalMinor = amounts.subtotalMinor - amounts.productDiscountMinor;
  const final = hundredths(finalMinor, currency);
  const unit = hundredths(Math.round(finalMinor / quantity), currency);
  return {
    price,
    original_price: price,
    presentment_price: decimalNumber(priceMinor, currency),
    discounted_price: unit,
    final_price: unit,
    line_price: hundredths(amounts.totalMinor, currency),
    original_line_price: original,
    final_line_price: final,
    total_discount: original - final,
    line_level_total_discount: original - final,
    ...discountLists(cuts, currency),
  };
}

function pictures({ offer }: PricedCartLine, images: ReadyImages) {
  const image = offer.mediaId === null ? undefined : images.get(offer.mediaId);
  if (!image) {
    const featured_image = { aspect_ratio: null, alt: null, height: null, url: null, width: null };
    return { image: null, featured_image };
  }
  const url = image.src.replace('{width}', String(Math.min(image.width, pictureWidth)));
  const featured_image = {
    aspect_ratio: Math.round((image.width / image.height) * 1000) / 1000,
    alt: offer.productTitle,
    height: image.height,
    url,
    width: image.width,
  };
  return { image: url, featured_image };
}
