import { type ReadyImage, imageView as readyView } from '@libs/media';
import type { View } from '@template-engine/context';
import { unitCount } from '../carts/cart';
import type { PricedCart, PricedCartLine } from '../carts/price-cart';
import { shortLines } from '../carts/stock-left';
import { titleOf } from './discount-words';
import { lineUrl, variantWords } from './line-words';

/** The images that can be shown, by id. */
export type ReadyImages = ReadonlyMap<string, ReadyImage>;

/**
 * A cart as a theme sees it; money in minor units.
 * @param buttons where it can be checked out without typing an address
 */
export function cartView(
  cart: PricedCart,
  images: ReadyImages,
  buttons: View<'checkout_button'>[] = [],
): View<'cart'> {
  const { subtotalMinor, totalMinor } = cart.quote.totals;
  const short = shortLines(cart.lines);
  return {
    item_count: unitCount(cart.lines),
    total_price: totalMinor,
    original_total_price: subtotalMinor,
    total_discount: subtotalMinor - totalMinor,
    items_subtotal_price: cart.lines.reduce((sum, line) => sum + ownPrice(line), 0),
    currency: cart.currency,
    note: cart.note,
    items: cart.lines.map((line) => ({
      ...itemView(line, images),
      available: !short.has(line.key),
      quantity_left: short.get(line.key) ?? null,
    })),
    discounts: cart.discounts.map((discount) => ({
      title: titleOf(discount),
      code: discount.facts.code?.text ?? null,
      amount: discount.amountMinor,
      level: discount.class === 'order' ? 'cart' : 'line',
    })),
    discount_codes: cart.codes.map(({ code, applicable }) => ({ code, applicable })),
    attributes: { ...cart.attributes },
    checkout_url: '/checkout',
    additional_checkout_buttons: buttons,
  };
}

/** A line as it is by itself: what is left of it depends on the others. */
function itemView(
  line: PricedCartLine,
  images: ReadyImages,
): Omit<View<'cart_item'>, 'available' | 'quantity_left'> {
  const { key, quantity, properties, offer, amounts, cuts } = line;
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
    price: Math.round(amounts.totalMinor / quantity),
    original_price: offer.priceMinor,
    line_price: amounts.totalMinor,
    final_line_price: ownPrice(line),
    original_line_price: amounts.subtotalMinor,
    discounts: cuts.map(({ discount, amountMinor }) => ({
      title: titleOf(discount),
      amount: amountMinor,
    })),
    properties: Object.fromEntries(properties.filter(([name]) => !name.startsWith('_'))),
    options_with_values: variantWords(line).options,
  };
}

/** A line after its own discounts, before those of the cart. */
function ownPrice({ amounts }: PricedCartLine): number {
  return amounts.subtotalMinor - amounts.productDiscountMinor;
}

function imageView({ offer }: PricedCartLine, images: ReadyImages): View<'image'> | null {
  const image = offer.mediaId === null ? undefined : images.get(offer.mediaId);
  return offer.mediaId === null || !image
    ? null
    : readyView(offer.mediaId, image, offer.productTitle);
}
