import { Inject, Injectable } from '@nestjs/common';
import { Images } from '@libs/media';
import type { StoreReader } from '@platform/database';
import type { View } from '@template-engine/context';
import { searchQuery } from '@libs/kernel';
import { findProducts, nothingFound } from './search-page.queries';
import { type SuggestionWindow, findSuggested } from './suggested.queries';
import {
  type CollectionRow,
  collectionUrl,
  collectionView,
  narrowing,
  sortOptions,
} from './collection-view';
import {
  findCollection,
  findCollections,
  findCollectionsByRefs,
  type Listing,
  searchCollections,
} from './collection-pages.queries';
import { type RecommendationsWanted, findRecommended } from './recommended.queries';
import type { ListAddress } from './filters/facet-views';
import { type Facets, findFacets, type ListBase } from './filters/facets.queries';
import { type ListFilters, noFilters, type Parameter } from './filters/list-filters';
import { listWords } from './filters/list-words';
import { cardJson, fullJson, isSort, type Sort, visible } from './page-sql';
import type { FullProductRow, ProductRow } from './product-row';
import { type Shown, cardView, productView } from './product-view';
import type { PriceTerms } from '../pricing/price-terms';

/** Which part of a list a page shows. */
export interface ListWindow {
  /** What the address asks for; unknown words fall back to the list's own order. */
  sort: string | null;
  /** From 1. */
  page: number;
  size: number;
  filters: ListFilters;
  /** Whether a template reads what the list can be narrowed by: counting that costs a statement. */
  facets: boolean;
  currency: string;
  locale: string;
}

/** Prices as they are kept, and nothing struck through: whoever shows them names a market. */
const noTerms: PriceTerms = { market: '', currency: '', rule: null, asksPrior: true };

const plainWindow = { sort: null, page: 1, filters: noFilters, facets: false } as const;

/** A product page's data. */
export interface ProductPage {
  product: View<'product'>;
  templateSuffix: string | null;
}

/** A collection page's data. */
export interface CollectionPage {
  collection: View<'collection'>;
  templateSuffix: string | null;
  seoTitle: string | null;
  seoDescription: string | null;
}

/**
 * The catalogue as pages show it: plain JSON with the fields of the theme format, two statements a call however many
 * things are shown. Only what is active and published is found.
 */
@Injectable()
export class CatalogPages {
  private terms = noTerms;

  constructor(@Inject(Images) private readonly images: Images) {}

  /** The same, with prices as a market shows them. */
  inMarket(terms: PriceTerms): CatalogPages {
    const pages = new CatalogPages(this.images);
    pages.terms = terms;
    return pages;
  }

  /**
   * @param variant the public id of a variant out of the address, or null
   * @param most how many other products to show beside it; two statements more for either that is not 0
   */
  async productPage(
    store: StoreReader,
    handle: string,
    variant: string | null,
    most: { related: number; complementary: number } = { related: 0, complementary: 0 },
  ): Promise<ProductPage | null> {
    const selected = variant !== null && /^\d{1,15}$/.test(variant) ? variant : null;
    const [found] = await store.query<{ row: ProductRow; full: FullProductRow }>(
      `SELECT ${cardJson} AS row, ${fullJson('$3::bigint')} AS full
       FROM products p WHERE p.store_id = $1 AND p.handle = $2 AND ${visible}`,
      [store.storeId, handle, selected],
    );
    if (!found) return null;
    const { row, full } = found;
    const shown = await this.ready(store, [row], full.media);
    const product = productView({ ...row, full }, shown, selected);
    const beside = (intent: 'related' | 'complementary') =>
      most[intent] === 0
        ? []
        : this.recommendations(store, { productId: product.id, intent, limit: most[intent] });
    const recommendations = await beside('related');
    const complementary_products = await beside('complementary');
    const whole = { ...product, recommendations, complementary_products };
    return { product: whole, templateSuffix: full.templateSuffix };
  }

  /** The handle of the visible product of a public id, or null. */
  async handleOf(store: StoreReader, publicId: string): Promise<string | null> {
    const [found] = await store.query<{ handle: string }>(
      `SELECT p.handle FROM products p WHERE p.store_id = $1 AND p.public_id = ANY ($2) AND ${visible}`,
      [store.storeId, publicIds([publicId])],
    );
    return found?.handle ?? null;
  }

  /** @param refs public ids or handles; those that are gone or hidden are missing in the answer */
  async productsByRefs(
    store: StoreReader,
    refs: readonly string[],
  ): Promise<Map<string, View<'product'>>> {
    const found = await store.query<{ row: ProductRow; full: FullProductRow }>(
      `SELECT ${cardJson} AS row, ${fullJson('NULL::bigint')} AS full
       FROM products p WHERE p.store_id = $1 AND (p.handle = ANY ($2) OR p.public_id = ANY ($3)) AND ${visible}`,
      [store.storeId, refs, publicIds(refs)],
    );
    const rows = found.map(({ row }) => row);
    const shown = await this.ready(
      store,
      rows,
      found.flatMap(({ full }) => full.media),
    );
    return byRefs(
      refs,
      found.map(({ row, full }) => productView({ ...row, full }, shown, null)),
    );
  }

  /** What goes with a product, in the merchant's order, related ones filled up with what is alike. */
  async recommendations(
    store: StoreReader,
    wanted: RecommendationsWanted,
  ): Promise<View<'product_card'>[]> {
    const rows = await findRecommended<{ row: ProductRow }>(store, `${cardJson} AS row`, wanted);
    const products = rows.map(({ row }) => row);
    const shown = await this.ready(store, products);
    return products.map((row) => cardView(row, shown));
  }

  /** @param handle `all` names every product when the store has no collection of that handle */
  async collectionPage(
    store: StoreReader,
    handle: string,
    window: ListWindow,
  ): Promise<CollectionPage | null> {
    const sort = isSort(window.sort) ? window.sort : null;
    const found = await findCollection(store, handle, listingOf(window, sort));
    if (!found) return null;
    const isAll = found.row.id === 0;
    const row = isAll ? { ...found.row, title: listWords(window.locale).everything } : found.row;
    const base: ListBase = isAll ? { kind: 'all' } : { kind: 'collection', handle };
    const facets = await this.facets(store, base, window);
    const shown = await this.ready(store, found.products, [row]);
    const cards = found.products.map((one) => cardView(one, shown));
    const address = addressOf(
      collectionUrl(handle),
      window,
      sort === null ? [] : [['sort_by', sort]],
    );
    const list = { address, facets, sort: sort ?? row.sortOrder };
    return { ...found.page, collection: collectionView(row, shown.images, cards, list) };
  }

  /** @param refs public ids or handles @param limit how many products of each */
  async collectionsByRefs(
    store: StoreReader,
    refs: readonly string[],
    limit: number,
  ): Promise<Map<string, View<'collection'>>> {
    const found = await findCollectionsByRefs(store, refs, publicIds(refs), limit);
    const views = byRefs(refs, await this.collectionViews(store, found));
    if (!refs.includes('all') || views.has('all')) return views;
    const window = { ...plainWindow, size: limit, currency: 'EUR', locale: 'en' };
    const all = await this.collectionPage(store, 'all', window);
    return all ? views.set('all', all.collection) : views;
  }

  /** The published collections by title. */
  async listCollections(
    store: StoreReader,
    { page, size }: Pick<ListWindow, 'page' | 'size'>,
  ): Promise<View<'list_collections'>> {
    const found = await findCollections(store, { limit: size, offset: (page - 1) * size });
    const collections = await this.collectionViews(store, found.items);
    return { collections, collections_count: found.count };
  }

  /** Products that have every word of a question, the best first. */
  async search(store: StoreReader, q: string, window: ListWindow): Promise<View<'search'>> {
    const sort = isSort(window.sort) && window.sort !== 'manual' ? window.sort : null;
    const wanted = searchQuery(q);
    const { count, products } =
      wanted === null ? nothingFound : await findProducts(store, wanted, listingOf(window, sort));
    const facets =
      wanted === null ? null : await this.facets(store, { kind: 'search', wanted }, window);
    const shown = await this.ready(store, products);
    const cards = products.map((row) => cardView(row, shown)) as View<'product'>[];
    const address = addressOf('/search', window, [
      ['q', q],
      ...(sort === null ? [] : [['sort_by', sort] as const]),
    ]);
    return {
      query: q,
      performed: q !== '',
      results: cards.map(resultView),
      products: cards,
      results_count: count,
      products_count: count,
      sort_by: sort ?? 'relevance',
      sort_options: sortOptions(address, sort ?? ''),
      ...narrowing({ address, facets }),
    };
  }

  /** Cards of products that match while somebody types. @param wanted the text of a tsquery */
  async suggest(
    store: StoreReader,
    wanted: string,
    window: SuggestionWindow,
  ): Promise<View<'product_card'>[]> {
    const columns = `${cardJson} AS row`;
    const found = await findSuggested<{ row: ProductRow }>(store, columns, wanted, window);
    const rows = found.map(({ row }) => row);
    const shown = await this.ready(store, rows);
    return rows.map((row) => cardView(row, shown));
  }

  /** Products by their public ids, in that order, as a search's answer: for what a shopper has looked at before. */
  async searchByIds(
    store: StoreReader,
    ids: readonly string[],
    window: ListWindow,
  ): Promise<View<'search'>> {
    const found = await this.productsByRefs(store, ids);
    const products = ids.flatMap((id) => {
      const product = found.get(id);
      // A handle may be a number too; here ids alone are meant.
      return product?.id === id ? [product] : [];
    });
    const address = addressOf('/search', window, [['ids', ids.join(',')]]);
    return {
      query: '',
      performed: true,
      results: products.map(resultView),
      products,
      results_count: products.length,
      products_count: products.length,
      sort_by: 'relevance',
      sort_options: [],
      ...narrowing({ address, facets: null }),
    };
  }

  /**
   * Collections that have every word of a question, the best first.
   * @param wanted the text of a tsquery
   */
  async searchCollections(
    store: StoreReader,
    wanted: string,
    window: { limit: number; offset: number },
  ): Promise<{ count: number; collections: (View<'link'> & { id: string })[] }> {
    const { count, collections } = await searchCollections(store, wanted, window);
    return {
      count,
      collections: collections.map((one) => ({ ...one, url: collectionUrl(one.handle) })),
    };
  }

  private async facets(
    store: StoreReader,
    base: ListBase,
    { facets, filters, currency }: ListWindow,
  ): Promise<Facets | null> {
    return facets ? findFacets(store, base, filters, currency) : null;
  }

  private async collectionViews(
    store: StoreReader,
    found: readonly { row: CollectionRow; products: ProductRow[] }[],
  ): Promise<View<'collection'>[]> {
    const products = found.flatMap((collection) => collection.products);
    const shown = await this.ready(
      store,
      products,
      found.map(({ row }) => row),
    );
    return found.map(({ row, products: own }) => {
      const cards = own.map((product) => cardView(product, shown));
      const window = { ...plainWindow, size: 0, currency: 'EUR', locale: 'en' };
      const address = addressOf(collectionUrl(row.handle), window, []);
      return collectionView(row, shown.images, cards, {
        address,
        facets: null,
        sort: row.sortOrder,
      });
    });
  }

  private async ready(
    store: StoreReader,
    rows: readonly ProductRow[],
    more: readonly { mediaId: string | null }[] = [],
  ): Promise<Shown> {
    const ids = new Set(
      [...rows.flatMap(({ media }) => media), ...more].map(({ mediaId }) => mediaId),
    );
    ids.delete(null);
    const images =
      ids.size === 0 ? new Map() : await this.images.ready(store, [...ids] as string[]);
    return { images, terms: this.terms };
  }
}

function resultView(product: View<'product'>): View<'search_result'> {
  const { title, url } = product;
  return { kind: 'product', title, url, product, page: null, article: null, collection: null };
}

function listingOf({ page, size, filters, currency }: ListWindow, sort: Sort | null): Listing {
  return { sort, filters, currency, limit: size, offset: (page - 1) * size };
}

function addressOf(
  path: string,
  { filters, currency, locale }: ListWindow,
  kept: readonly Parameter[],
): ListAddress {
  return { path, kept, filters, currency, locale, words: listWords(locale) };
}

function publicIds(refs: readonly string[]): number[] {
  return refs.filter((ref) => /^\d{1,15}$/.test(ref)).map(Number);
}

/** A handle wins over an id: a product may be named by a number. */
function byRefs<T extends { id: string; handle: string }>(
  refs: readonly string[],
  found: readonly T[],
): Map<string, T> {
  const handles = new Map(found.map((one) => [one.handle, one]));
  const ids = new Map(found.map((one) => [one.id, one]));
  const answer = new Map<string, T>();
  for (const ref of refs) {
    const one = handles.get(ref) ?? ids.get(ref);
    if (one) answer.set(ref, one);
  }
  return answer;
}
