import { type ReadyImage, imageView as readyView } from '@libs/media';
import type { View } from '@template-engine/context';
import { type Cart, type CartLine, lineTotal, linesTotal, unitCount } from '../carts/cart';
import { lineUrl, variantWords } from './line-words';

/** The images that can be shown, by id. */
export type ReadyImages = ReadonlyMap<string, ReadyImage>;

/** A cart as a theme sees it; money in minor units. */
export function cartView(cart: Cart, images: ReadyImages): View<'cart'> {
  const total = linesTotal(cart.lines);
  return {
    item_count: unitCount(cart.lines),
    total_price: total,
    original_total_price: total,
    total_discount: 0,
    currency: cart.currency,
    note: cart.note,
    items: cart.lines.map((line) => itemView(line, images)),
    discounts: [],
    attributes: { ...cart.attributes },
    checkout_url: '/checkout',
  };
}

function itemView(line: CartLine, images: ReadyImages): View<'cart_item'> {
  const { key, quantity, properties, offer } = line;
  const total = lineTotal(line);
  return {
    key,
    id: String(offer.publicId),
    product_id: String(offer.productPublicId),
    variant_id: String(offer.publicId),
    title: offer.productTitle,
    variant_title: offer.title,
    url: lineUrl(line),
    image: imageView(line, images),
    sku: offer.sku,
    vendor: offer.vendor,
    quantity,
    price: offer.priceMinor,
    original_price: offer.priceMinor,
    line_price: total,
    original_line_price: total,
    properties: Object.fromEntries(properties.filter(([name]) => !name.startsWith('_'))),
    options_with_values: variantWords(line).options,
  };
}

function imageView({ offer }: CartLine, images: ReadyImages): View<'image'> | null {
  const image = offer.mediaId === null ? undefined : images.get(offer.mediaId);
  return offer.mediaId === null || !image
    ? null
    : readyView(offer.mediaId, image, offer.productTitle);
}
