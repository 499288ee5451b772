import { Inject, Injectable } from '@nestjs/common';
import { Images } from '@libs/media';
import type { StoreReader } from '@platform/database';
import type { PriceTerms } from '../../pricing/price-terms';
import { type AjaxProduct, ajaxProduct } from './ajax-product';
import { findProductFacts } from './product-facts';
import { type ProductJson, productJson } from './product-json';

/** Products for scripts, in the two shapes that they know; only what is active and published is found. */
@Injectable()
export class ProductData {
  constructor(@Inject(Images) private readonly images: Images) {}

  /**
   * @param handles one or more; the first that names a visible product counts
   * @returns the product's handle with its data in both shapes, made when asked for; null when no handle names one
   */
  async find(
    store: StoreReader,
    handles: readonly string[],
    terms: PriceTerms,
  ): Promise<{ handle: string; js: () => AjaxProduct; json: () => ProductJson } | null> {
    const condition = 'p.handle = ANY ($2)';
    const found = await findProductFacts(store, this.images, { condition, value: handles, terms });
    const first = handles
      .map((handle) => found.find(({ product }) => product.handle === handle))
      .find((one) => one !== undefined);
    if (!first) return null;
    const { handle } = first.product;
    return { handle, js: () => ajaxProduct(first), json: () => productJson(first) };
  }
}
