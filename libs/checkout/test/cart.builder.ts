import type { SellableVariant } from '@libs/catalog';
import type { CartLine, Properties } from '@libs/checkout';
import type { ProductDraft } from '../../catalog/src/product-write';
import { lineKey } from '../src/carts/line-key';

/** A variant on sale; the public id tells one from another. */
export function anOffer(publicId: number, more: Partial<SellableVariant> = {}): SellableVariant {
  return {
    variantId: `variant-${publicId}`,
    publicId,
    productId: `product-${publicId}`,
    productPublicId: publicId,
    itemId: `item-${publicId}`,
    handle: `thing-${publicId}`,
    productTitle: `Thing ${publicId}`,
    bodyHtml: '<p>Cool &amp; <b>light</b></p>',
    title: 'Default Title',
    vendor: 'Atelier',
    productType: 'Things',
    sku: null,
    priceMinor: 1_000 + publicId,
    compareAtMinor: null,
    currency: 'EUR',
    grams: 100,
    taxable: true,
    requiresShipping: true,
    giftCard: false,
    taxCode: null,
    tags: [],
    collectionIds: [],
    options: [],
    quantity: null,
    mediaId: null,
    ...more,
  };
}

/** A line of a cart. */
export function aLine(
  offer: SellableVariant,
  quantity: number,
  properties: Properties = [],
): CartLine {
  return { key: lineKey(offer.publicId, properties), quantity, properties, offer };
}

/** A product of a test: two sizes, one of them counted. */
export function aProduct(more: Partial<ProductDraft> = {}): ProductDraft {
  return {
    handle: 'linen-shirt',
    title: 'Linen shirt',
    bodyHtml: '<p>Cool in <b>summer</b></p>',
    vendor: 'Atelier',
    options: [{ name: 'Size' }],
    variants: [
      { options: ['S'], sku: 'LS-S', priceMinor: 4900, inventory: { tracked: true, quantity: 3 } },
      { options: ['M'], sku: 'LS-M', priceMinor: 5200, grams: 220 },
    ],
    ...more,
  };
}
