import { Inject, Injectable } from '@nestjs/common';
import { Images } from '@libs/media';
import type { StoreReader } from '@platform/database';
import type { View } from '@template-engine/context';
import type { PriceTerms } from '../../pricing/price-terms';
import { type AjaxProduct, ajaxProduct } from './ajax-product';
import { type RecommendationsWanted, findRecommended } from '../recommended.queries';
import { type SuggestionWindow, findSuggested } from '../suggested.queries';
import { type FactRow, factColumns, factsOf, findProductFacts } from './product-facts';
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

  /** What goes with a visible product, the best first. */
  async recommended(
    store: StoreReader,
    wanted: RecommendationsWanted,
    terms: PriceTerms,
  ): Promise<AjaxProduct[]> {
    const columns = 'p.public_id::text AS id';
    const rows = await findRecommended<{ id: string }>(store, columns, wanted);
    const value = rows.map(({ id }) => Number(id));
    if (value.length === 0) return [];
    const condition = 'p.public_id = ANY ($2)';
    const found = await findProductFacts(store, this.images, { condition, value, terms });
    const byId = new Map(found.map((one) => [one.product.id, one]));
    return rows.flatMap(({ id }) => byId.get(id) ?? []).map(ajaxProduct);
  }

  /**
   * Products that match, the best first, with everything that their pages show.
   * @param wanted the text of a tsquery
   */
  async suggested(
    store: StoreReader,
    wanted: string,
    window: SuggestionWindow,
    terms: PriceTerms,
  ): Promise<View<'product'>[]> {
    const rows = await findSuggested<FactRow>(store, factColumns, wanted, window);
    return (await factsOf(store, this.images, rows, terms)).map(({ product }) => product);
  }
}
