import type { Lab } from '@testing';
import { type ProductDraft, type ProductVerdict, writeProducts } from '../src/product-write';

/** A product of a test: two sizes, one of them counted. */
export function aProduct(more: Partial<ProductDraft> = {}): ProductDraft {
  return {
    handle: 'linen-shirt',
    title: 'Linen shirt',
    bodyHtml: '<p>Cool in <b>summer</b></p>',
    vendor: 'Atelier',
    productType: 'Shirts',
    tags: ['linen', 'summer'],
    options: [{ name: 'Size' }],
    variants: [
      {
        options: ['S'],
        sku: 'LS-S',
        priceMinor: 4900,
        compareAtMinor: 5900,
        inventory: { tracked: true, quantity: 3 },
      },
      { options: ['M'], sku: 'LS-M', priceMinor: 5200, grams: 220 },
    ],
    images: [{ src: 'https://pictures.example/shirt.jpg', alt: 'A shirt' }],
    metafields: [
      { namespace: 'custom', key: 'care', type: 'single_line_text_field', value: 'Wash cold' },
    ],
    ...more,
  };
}

/** Writes drafts in a transaction of their own. */
export function write(
  lab: Pick<Lab, 'db'>,
  storeId: string,
  drafts: ProductDraft[],
  options: { overwrite?: boolean; cause?: 'import' | 'edit' } = {},
): Promise<ProductVerdict[]> {
  return lab.db.write(storeId, (store) =>
    writeProducts(store, drafts, { overwrite: true, ...options }),
  );
}
