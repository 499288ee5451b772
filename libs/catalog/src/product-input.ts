import type { ProductInput, VariantInput } from './contract/products.contract';
import type { ProductDraft, VariantDraft } from './product-write';

/**
 * What the API takes, as a draft for the writer.
 * @param handle the one that the product shall have
 */
export function draftFrom(
  input: Partial<ProductInput> & { productId?: string },
  handle: string,
): ProductDraft {
  const { variants, ...same } = input;
  return {
    ...same,
    handle,
    ...(variants === undefined
      ? {}
      : {
          variants: variants.map(({ id, ...variant }) =>
            variantDraftFrom(variant, variant.options ?? [], id),
          ),
        }),
  };
}

/**
 * A variant of the API as a draft.
 * @param options its values, which the input may leave out
 * @param variantId the variant that it is about, when that is there already
 */
export function variantDraftFrom(
  input: VariantInput,
  options: readonly string[],
  variantId?: string,
): VariantDraft {
  const { tracked, inventoryPolicy, quantity, image, options: _, ...same } = input;
  const said = tracked !== undefined || inventoryPolicy !== undefined || quantity !== undefined;
  return {
    ...same,
    options,
    ...(variantId === undefined ? {} : { variantId }),
    ...(image === undefined ? {} : { imageSrc: image }),
    ...(said ? { inventory: { tracked, policy: inventoryPolicy, quantity } } : {}),
  };
}
