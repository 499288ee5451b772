import { currencyExponent, formatDecimal, hundredths } from '@libs/kernel';
import { unitCount } from '../carts/cart';
import type { PricedCart } from '../carts/price-cart';
import { ajaxLine } from './ajax-line';
import type { ReadyImages } from './cart-view';
import { discountApplication, titleOf } from './discount-words';

/** A cart as borrowed scripts read it. */
export type AjaxCart = ReturnType<typeof ajaxCart>;

/** A cart in the shape of the AJAX contract (commerce.md, chapter 1): money in hundredths. */
export function ajaxCart(cart: PricedCart, images: ReadyImages) {
  const { lines, currency, discounts, quote } = cart;
  const items = lines.map((line) => ajaxLine(line, images));
  const total = items.reduce((sum, { line_price }) => sum + line_price, 0);
  const original = items.reduce((sum, { original_line_price }) => sum + original_line_price, 0);
  const grams = lines.reduce((sum, { quantity, offer }) => sum + quantity * offer.grams, 0);
  return {
    // Names the cart without opening it: the cookie's secret is not for scripts.
    token: cart.cartId.replaceAll('-', ''),
    note: cart.note,
    attributes: cart.attributes,
    original_total_price: original,
    total_price: total,
    total_discount: original - total,
    total_weight: Math.round(grams),
    item_count: unitCount(lines),
    items,
    requires_shipping: lines.some(({ offer }) => offer.requiresShipping),
    currency,
    items_subtotal_price: items.reduce((sum, { final_line_price }) => sum + final_line_price, 0),
    cart_level_discount_applications: discounts
      .filter((discount) => discount.class === 'order')
      .map((discount) => discountApplication(discount, currency)),
    discount_codes: cart.codes,
    explanation: explanationOf(cart),
    presentment: {
      currency,
      exponent: currencyExponent(currency),
      total: formatDecimal(quote.totals.totalMinor, currency),
    },
  };
}

/** Why the cart costs what it does: each step at which an amount fell, in the order of the calculation. */
function explanationOf({ quote, discounts, currency }: PricedCart) {
  return quote.trace
    .filter(({ before, after }) => before !== after)
    .map(({ step, discountId, line, before, after }) => {
      const discount = discounts.find(({ facts }) => facts.id === discountId);
      return {
        step,
        key: line ?? null,
        title: discount ? titleOf(discount) : null,
        before: hundredths(before, currency),
        after: hundredths(after, currency),
      };
    });
}
