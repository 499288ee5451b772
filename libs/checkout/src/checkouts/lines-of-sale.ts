import type { Sale } from '../sales/sale';
import type { CheckoutLine } from './checkout';

/** The lines of a sale as a checkout shows them. */
export function linesOfSale({ lines }: Sale): CheckoutLine[] {
  return lines.map((line) => ({
    id: line.id,
    variantId: line.variantId ?? line.id,
    productId: line.productId ?? line.id,
    ...(line.variantId === null ? { custom: true as const } : {}),
    quantity: line.quantity,
    properties: line.properties,
    title: line.title,
    variantTitle: line.variantTitle,
    sku: line.sku,
    mediaId: line.mediaId,
    requiresShipping: line.requiresShipping,
    taxable: line.taxable,
    giftCard: line.giftCard,
    grams: line.grams,
  }));
}
