import type { CsvImage, CsvProduct, CsvVariant } from '../csv';
import type { ImageDraft, ProductDraft, VariantDraft } from '../product-write';

/** A product as the file describes it, as the shop writes it. */
export function toDraft(product: CsvProduct): ProductDraft {
  return {
    handle: product.handle,
    title: product.title,
    bodyHtml: product.descriptionHtml,
    vendor: product.vendor,
    productType: product.type,
    tags: product.tags,
    published: product.published,
    status: product.status,
    giftCard: product.giftCard,
    seoTitle: product.seoTitle,
    seoDescription: product.seoDescription,
    options: product.options?.map((name) => ({ name })),
    variants: product.variants?.map(toVariant),
    images: product.images?.map(toImage),
    metafields: product.extras,
  };
}

/** `media:<id>` is how an export names a picture without an address. */
function toImage({ src, alt }: CsvImage): ImageDraft {
  return src.startsWith(MEDIA) ? { mediaId: src.slice(MEDIA.length), alt } : { src, alt };
}

const MEDIA = 'media:';

// Field by field: thousands of these a second are made, and copies by spread cost a third of that.
function toVariant(variant: CsvVariant): VariantDraft {
  const { tracked, quantity, policy, imageSrc } = variant;
  return {
    options: variant.optionValues,
    sku: variant.sku,
    barcode: variant.barcode,
    priceMinor: variant.priceMinor,
    compareAtMinor: variant.compareAtMinor,
    costMinor: variant.costMinor,
    grams: variant.grams,
    weightUnit: variant.weightUnit,
    taxable: variant.taxable,
    taxCode: variant.taxCode,
    requiresShipping: variant.requiresShipping,
    unitPrice: variant.unitPrice,
    inventory: { tracked, quantity, policy },
    imageSrc: imageSrc?.startsWith(MEDIA) ? imageSrc.slice(MEDIA.length) : imageSrc,
    metafields: variant.extras,
  };
}
