import type { Cart, CartLine } from '../carts/cart';
import type { CheckoutLine } from './checkout';

/** The cart's lines as a checkout keeps them: what is bought, without what it costs. */
export function freezeLines({ lines }: Pick<Cart, 'lines'>): CheckoutLine[] {
  return lines.map(freezeLine);
}

function freezeLine({ key, quantity, properties, offer }: CartLine): CheckoutLine {
  return {
    id: key,
    variantId: offer.variantId,
    productId: offer.productId,
    quantity,
    properties,
    title: offer.productTitle,
    variantTitle: offer.options.length === 0 ? null : offer.title,
    sku: offer.sku,
    mediaId: offer.mediaId,
    requiresShipping: offer.requiresShipping,
    taxable: offer.taxable,
    giftCard: offer.giftCard,
    grams: offer.grams,
  };
}
