import { Inject, Injectable } from '@nestjs/common';
import type { StoreReader, StoreWriter } from '@platform/database';
import { checkVersion } from '@platform/http';
import { catalogErrors } from './catalog.errors';
import type { Product, Variant, VariantInput } from './contract/products.contract';
import { variantDraftFrom } from './product-input';
import { Products, type Seen } from './products.service';

/** The variants of a product, one at a time; each change goes through the product, which knows the rules. */
@Injectable()
export class Variants {
  constructor(@Inject(Products) private readonly products: Products) {}

  /** @throws catalog.product-not-found */
  async list(store: StoreReader, productId: string): Promise<Variant[]> {
    return (await this.products.get(store, productId)).variants;
  }

  /** @throws catalog.product-not-found, catalog.variant-not-found */
  async get(store: StoreReader, productId: string, variantId: string): Promise<Variant> {
    return find(await this.products.get(store, productId), variantId);
  }

  /** Adds a variant behind the others. @throws catalog.product-not-found, catalog.invalid-product */
  async add(store: StoreWriter, productId: string, input: VariantInput): Promise<Variant> {
    const { handle } = await this.products.lock(store, productId);
    const before = await this.products.get(store, productId);
    const known = new Set(before.variants.map(({ id }) => id));
    const values = JSON.stringify(input.options ?? []);
    if (before.variants.some(({ options }) => JSON.stringify(options) === values)) {
      const message = 'There is another variant with these values.';
      const issues = [{ field: 'options', code: 'catalog.duplicate-variant', message }];
      throw catalogErrors.error('invalid-product', {}, { issues });
    }
    const after = await this.products.change(store, {
      productId,
      handle,
      variants: [variantDraftFrom(input, input.options ?? [])],
      options: before.options,
      keepOtherVariants: true,
    });
    return after.variants.find(({ id }) => !known.has(id)) as Variant;
  }

  /**
   * Changes a variant.
   * @throws catalog.product-not-found, catalog.variant-not-found, catalog.invalid-product, http.version-conflict
   */
  async update(
    store: StoreWriter,
    { productId, variantId }: { productId: string; variantId: string },
    input: VariantInput,
    seen: Seen,
  ): Promise<Variant> {
    const { handle } = await this.products.lock(store, productId);
    const before = await this.products.get(store, productId);
    const variant = find(before, variantId);
    checkVersion(variant.version, seen);
    const after = await this.products.change(store, {
      productId,
      handle,
      variants: [variantDraftFrom(input, input.options ?? variant.options, variantId)],
      options: before.options,
      keepOtherVariants: true,
    });
    return find(after, variantId);
  }

  /** @throws catalog.product-not-found, catalog.variant-not-found, catalog.last-variant */
  async delete(store: StoreWriter, productId: string, variantId: string): Promise<void> {
    const { handle } = await this.products.lock(store, productId);
    const before = await this.products.get(store, productId);
    find(before, variantId);
    const others = before.variants.filter(({ id }) => id !== variantId);
    if (others.length === 0) throw catalogErrors.error('last-variant');
    const variants = others.map(({ id, options }) => ({ variantId: id, options }));
    await this.products.change(store, { productId, handle, options: before.options, variants });
  }
}

function find({ variants }: Product, variantId: string): Variant {
  const found = variants.find(({ id }) => id === variantId);
  if (!found) throw catalogErrors.error('variant-not-found');
  return found;
}
