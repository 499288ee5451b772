import { Inject, Injectable } from '@nestjs/common';
import { CatalogPages, ProductData } from '@renderer/catalog';
import type { ProductAsked } from '../2-match-route/product-asked';
import type { RecommendationsAsked } from '../2-match-route/recommendations-asked';
import type { ShopRequest, ShopResponse } from '../shop-request';
import { SharedData, dataRefusal } from './shared-data';

/** Products for scripts, in the forms of Shopify's: `/products/<handle>.js` and `.json`, `/recommendations/products.json`. */
@Injectable()
export class ProductResponses {
  constructor(
    @Inject(SharedData) private readonly data: SharedData,
    @Inject(CatalogPages) private readonly pages: CatalogPages,
    @Inject(ProductData) private readonly products: ProductData,
  ) {}

  /** @returns null when the address is that of a product's page: handles may end like that too, and their pages come first */
  async product(
    storeId: string,
    { handle, format }: ProductAsked,
    request: ShopRequest,
  ): Promise<ShopResponse | null> {
    const whole = `${handle}.${format}`;
    const seen = { page: false };
    const answer = await this.data.answer(
      storeId,
      `product|${whole}`,
      request,
      async (store, terms) => {
        const found = await this.products.find(store, [whole, handle], terms);
        seen.page = found?.handle === whole;
        if (!found || seen.page) return null;
        return format === 'js' ? found.js() : { product: found.json() };
      },
    );
    if (seen.page) return null;
    const why = `No product with handle ${handle} is published in the online store`;
    return answer ?? dataRefusal(404, 'Product not found', why);
  }

  /** Products that go with one: 404 without that one. */
  async recommendations(
    storeId: string,
    { productId, limit, intent }: RecommendationsAsked,
    request: ShopRequest,
  ): Promise<ShopResponse> {
    const name = `recommendations|${intent}|${limit}|${productId}`;
    const answer = await this.data.answer(storeId, name, request, async (store, terms) => {
      if ((await this.pages.handleOf(store, productId)) === null) return null;
      const wanted = { productId, intent, limit };
      return { intent, products: await this.products.recommended(store, wanted, terms) };
    });
    const why = `No product with id ${productId} is published in the online store`;
    return answer ?? dataRefusal(404, 'Product not found', why);
  }
}
