import type { Json, View } from '@template-engine/context';
import {
  activeFilterViews,
  clearUrl,
  filterViews,
  type ListAddress,
  listUrl,
} from './filters/facet-views';
import type { Facets } from './filters/facets.queries';
import { filterParameters } from './filters/list-filters';
import { type Sort, sortSql } from './page-sql';
import { imageView, isoDate, type ReadyImages } from './product-view';

/** What pages read of a collection. */
export interface CollectionRow {
  id: number;
  title: string;
  handle: string;
  description: string;
  mediaId: string | null;
  productsCount: number;
  sortOrder: Sort;
  publishedAt: string | null;
}

/** The ways to sort a list, each with the address that does so and keeps the filters. */
export function sortOptions(address: ListAddress, chosen: string): View<'sort_option'>[] {
  const kept = address.kept.filter(([name]) => name !== 'sort_by');
  const filters = filterParameters(address.filters);
  return (Object.keys(sortSql) as Sort[]).map((value) => ({
    value,
    label: address.words.sort[value],
    selected: value === chosen,
    url: listUrl({ ...address, kept: [...kept, ['sort_by', value]] }, filters),
  }));
}

/** What a list says of itself beside its products. */
export interface ListView {
  address: ListAddress;
  /** How it is sorted here. */
  sort: Sort;
  /** Null where no template reads filters. */
  facets: Facets | null;
}

/** What is chosen and what can be, as collections and searches show it. */
export function narrowing({
  address,
  facets,
}: Pick<ListView, 'address' | 'facets'>): Pick<
  View<'collection'>,
  'filters' | 'active_filters' | 'filters_clear_url'
> {
  const filters = facets ? filterViews(facets, address) : [];
  return {
    filters,
    active_filters: activeFilterViews(filters, address),
    filters_clear_url: clearUrl(address),
  };
}

/** A collection as a theme sees it. */
export function collectionView(
  row: CollectionRow,
  images: ReadyImages,
  products: View<'product_card'>[],
  list: ListView,
): View<'collection'> {
  return {
    id: String(row.id),
    title: row.title,
    handle: row.handle,
    url: collectionUrl(row.handle),
    description: row.description,
    image: imageView(images, row.mediaId, row.title),
    // Lists are planned from the paths that a theme reads; a card has all that lists read.
    products: products as View<'product'>[],
    products_count: row.productsCount,
    sort_by: list.sort,
    sort_options: sortOptions(list.address, list.sort),
    ...narrowing(list),
    published_at: isoDate(row.publishedAt),
    metafields: {} satisfies Json,
  };
}

/** The path of a collection. */
export function collectionUrl(handle: string): string {
  return `/collections/${encodeURIComponent(handle)}`;
}
