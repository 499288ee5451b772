import type { CsvExtra, CsvImage, CsvProduct, CsvVariant } from '../csv';
import type { ImageDraft, MetafieldDraft, ProductDraft, VariantDraft } from '../product-write';

/** A product as the file describes it, as the shop writes it. */
export function toDraft(product: CsvProduct): ProductDraft {
  const { descriptionHtml, type, options, variants, images, extras, ...same } = product;
  return {
    ...same,
    bodyHtml: descriptionHtml,
    productType: type,
    options: options?.map((name) => ({ name })),
    variants: variants?.map((variant) => toVariant(variant)),
    images: images?.map(toImage),
    metafields: extras.map(toMetafield),
  };
}

/** `media:<id>` is how an export names a picture without an address. */
function toImage({ src, alt }: CsvImage): ImageDraft {
  return src.startsWith(MEDIA) ? { mediaId: src.slice(MEDIA.length), alt } : { src, alt };
}

const MEDIA = 'media:';

function toMetafield(extra: CsvExtra): MetafieldDraft {
  return { ...extra, fromText: true };
}

function toVariant(variant: CsvVariant): VariantDraft {
  const { line: _, optionValues, tracked, quantity, policy, imageSrc, extras, ...same } = variant;
  return {
    ...same,
    options: optionValues,
    inventory: { tracked, quantity, policy },
    imageSrc: imageSrc?.startsWith(MEDIA) ? imageSrc.slice(MEDIA.length) : imageSrc,
    metafields: extras.map(toMetafield),
  };
}
