import type { Json, View } from '@template-engine/context';
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

/** English names of the ways to sort; a theme translates them by their value. */
const sortLabels: Readonly<Record<Sort, string>> = {
  manual: 'Featured',
  'title-ascending': 'Alphabetically, A–Z',
  'title-descending': 'Alphabetically, Z–A',
  'price-ascending': 'Price, low to high',
  'price-descending': 'Price, high to low',
  'created-ascending': 'Date, old to new',
  'created-descending': 'Date, new to old',
};

/** The ways to sort a list, each with the address that does so. @param url may have a query already */
export function sortOptions(url: string, chosen: string): View<'sort_option'>[] {
  const mark = url.includes('?') ? '&' : '?';
  return (Object.keys(sortSql) as Sort[]).map((value) => ({
    value,
    label: sortLabels[value],
    selected: value === chosen,
    url: `${url}${mark}sort_by=${value}`,
  }));
}

/**
 * A collection as a theme sees it.
 * @param sort how its products are sorted here
 */
export function collectionView(
  row: CollectionRow,
  images: ReadyImages,
  products: View<'product_card'>[],
  sort: Sort,
): View<'collection'> {
  const url = `/collections/${encodeURIComponent(row.handle)}`;
  return {
    id: String(row.id),
    title: row.title,
    handle: row.handle,
    url,
    description: row.description,
    image: imageView(images, row.mediaId, row.title),
    // Lists are planned from the paths that a theme reads; a card has all that lists read.
    products: products as View<'product'>[],
    products_count: row.productsCount,
    sort_by: sort,
    sort_options: sortOptions(url, sort),
    filters: [],
    active_filters: [],
    filters_clear_url: url,
    published_at: isoDate(row.publishedAt),
    metafields: {} satisfies Json,
  };
}
