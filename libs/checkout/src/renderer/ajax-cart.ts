import { currencyExponent, formatDecimal } from '@libs/kernel';
import { type Cart, linesTotal, unitCount } from '../carts/cart';
import { ajaxLine } from './ajax-line';
import type { ReadyImages } from './cart-view';

/** A cart as borrowed scripts read it. */
export type AjaxCart = ReturnType<typeof ajaxCart>;

/** A cart in the shape of the AJAX contract (commerce.md, chapter 1): money in hundredths, no discounts yet. */
export function ajaxCart(cart: Cart, images: ReadyImages) {
  const { lines, currency } = cart;
  const items = lines.map((line) => ajaxLine(line, images));
  const totalMinor = linesTotal(lines);
  const total = items.reduce((sum, { line_price }) => sum + line_price, 0);
  const grams = lines.reduce((sum, { quantity, offer }) => sum + quantity * offer.grams, 0);
  return {
    // Names the cart without opening it: the cookie's secret is not for scripts.
    token: cart.cartId.replaceAll('-', ''),
    note: cart.note,
    attributes: cart.attributes,
    original_total_price: total,
    total_price: total,
    total_discount: 0,
    total_weight: Math.round(grams),
    item_count: unitCount(lines),
    items,
    requires_shipping: lines.some(({ offer }) => offer.requiresShipping),
    currency,
    items_subtotal_price: total,
    cart_level_discount_applications: [],
    discount_codes: [],
    presentment: {
      currency,
      exponent: currencyExponent(currency),
      total: formatDecimal(totalMinor, currency),
    },
  };
}
