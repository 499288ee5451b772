import { Inject, Injectable } from '@nestjs/common';
import { changedFields } from '@platform/audit';
import type { StoreReader, StoreWriter } from '@platform/database';
import { checkVersion } from '@platform/http';
import { catalogErrors } from '../catalog.errors';
import { ProductsChanged } from '../catalog.events';
import type {
  ProductRecommendations as Recommendations,
  RecommendationsInput,
} from '../contract/recommendations.contract';
import { Products, type Seen } from '../products.service';
import { findRecommendations, replaceRecommendations } from './recommendations.queries';

/** Which products a merchant shows beside another, as Shopify's Search & Discovery has them. */
@Injectable()
export class ProductRecommendations {
  constructor(@Inject(Products) private readonly products: Products) {}

  /** @throws catalog.product-not-found */
  async get(store: StoreReader, productId: string): Promise<Recommendations> {
    const found = await findRecommendations(store, productId);
    if (!found) throw catalogErrors.error('product-not-found');
    return found;
  }

  /**
   * Sets the lists that are given; pages that show them are made anew.
   * @throws catalog.product-not-found, for the product or for one of a list, whose field it names;
   *   catalog.recommends-itself, http.version-conflict, http.version-mismatch
   */
  async set(
    store: StoreWriter,
    productId: string,
    { complementaryProductIds, relatedProductIds, version }: RecommendationsInput,
    { ifMatch }: Pick<Seen, 'ifMatch'>,
  ): Promise<Recommendations> {
    const locked = await this.products.lock(store, productId);
    checkVersion(locked.version, { ifMatch, version });
    const before = await this.get(store, productId);
    for (const [intent, field, ids] of [
      ['complementary', 'complementaryProductIds', complementaryProductIds],
      ['related', 'relatedProductIds', relatedProductIds],
    ] as const) {
      if (ids === undefined) continue;
      const wanted = [...new Set(ids)];
      if (wanted.includes(productId)) throw catalogErrors.error('recommends-itself', {}, { field });
      const kept = await replaceRecommendations(store, productId, intent, wanted);
      if (kept !== wanted.length) throw catalogErrors.error('product-not-found', {}, { field });
    }
    const now = listsOf(await this.get(store, productId));
    const changes = changedFields(listsOf(before), now);
    if (Object.keys(changes.after).length === 0) return before;
    await store.execute(
      `UPDATE products SET version = version + 1, updated_at = now()
       WHERE store_id = $1 AND product_id = $2`,
      [store.storeId, productId],
    );
    const target = { kind: 'product', id: productId };
    store.record({ action: 'product.recommendations-set', target, ...changes });
    store.publish(ProductsChanged, { productIds: [productId], collectionIds: [] });
    return this.get(store, productId);
  }
}

function listsOf({ complementary, related }: Recommendations): Record<string, string[]> {
  const idsOf = (list: { id: string }[]) => list.map(({ id }) => id);
  return { complementary: idsOf(complementary), related: idsOf(related) };
}
