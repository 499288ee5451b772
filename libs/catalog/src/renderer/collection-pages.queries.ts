import type { StoreReader } from '@platform/database';
import type { CollectionRow } from './collection-view';
import { filterSql, listCondition, SqlParameters } from './filters/filter-sql';
import type { ListFilters } from './filters/list-filters';
import { cardJson, type Sort, sortSql, visible } from './page-sql';
import type { ProductRow } from './product-row';

/** Which rows of a list to read. */
export interface Rows {
  limit: number;
  offset: number;
}

/** Which products of a list, in which order. */
export interface Listing extends Rows {
  /** Null for the list's own order. */
  sort: Sort | null;
  filters: ListFilters;
  /** Of the bounds of a price. */
  currency: string;
}

/** A collection with some of its products. */
export interface CollectionWithProducts {
  row: CollectionRow;
  products: ProductRow[];
}

/** A collection and what its page is made of beside it. */
export interface FoundCollection extends CollectionWithProducts {
  page: {
    templateSuffix: string | null;
    seoTitle: string | null;
    seoDescription: string | null;
  };
}

const count = (condition: string) => `(
  SELECT count(*) FROM collection_products cp JOIN products p USING (store_id, product_id)
  WHERE cp.store_id = c.store_id AND cp.collection_id = c.collection_id AND ${visible}${condition})`;

/** A row of `CollectionRow` as JSON, over `collections c`. @param condition what its products must be beside */
const collectionJson = (
  condition = '',
) => `jsonb_build_object('id', c.public_id, 'title', c.title, 'handle', c.handle,
  'description', c.body_html, 'mediaId', c.media_id, 'productsCount', ${count(condition)}, 'sortOrder', c.sort_order,
  'publishedAt', c.published_at)`;

/** The order that a collection `c` asks for, as SQL that reads it from the row. */
const ownOrder = Object.entries({
  'title-ascending': 'p.title',
  'price-ascending': 'p.price_min_minor',
  'created-ascending': 'p.product_id',
})
  .flatMap(([order, column]) => [
    `CASE WHEN c.sort_order = '${order}' THEN ${column} END`,
    `CASE WHEN c.sort_order = '${order.replace('ascending', 'descending')}' THEN ${column} END DESC`,
  ])
  .concat('cp.position', 'p.product_id')
  .join(', ');

/** A page of a collection's products as a JSON list, over `collections c`. The page is cut before cards are made. */
const productsJson = (order: string, limit: string, offset: string, condition = '') => `(
  SELECT coalesce(jsonb_agg(${cardJson} ORDER BY p.place), '[]') FROM (
    SELECT p.*, row_number() OVER (ORDER BY ${order}) AS place
    FROM collection_products cp JOIN products p USING (store_id, product_id)
    WHERE cp.store_id = $1 AND cp.collection_id = c.collection_id AND ${visible}${condition}
    ORDER BY place LIMIT ${limit} OFFSET ${offset}) p)`;

/** The published collection of a handle with one page of its products; every product for `all`. */
export async function findCollection(
  store: StoreReader,
  handle: string,
  listing: Listing,
): Promise<FoundCollection | null> {
  const { sort, limit, offset } = listing;
  const parameters = new SqlParameters([store.storeId, handle, limit, offset]);
  const condition = listCondition(filterSql(listing.filters, listing.currency, parameters));
  const order = sort ? sortSql[sort] : ownOrder;
  const [found] = await store.query<FoundCollection>(
    `SELECT ${collectionJson(condition)} AS row, ${productsJson(order, '$3', '$4', condition)} AS products,
       jsonb_build_object('templateSuffix', c.template_suffix, 'seoTitle', c.seo_title,
         'seoDescription', c.seo_description) AS page
     FROM collections c WHERE c.store_id = $1 AND c.handle = $2 AND c.published_at <= now()`,
    parameters.values,
  );
  if (found || handle !== 'all') return found ?? null;
  return findAllProducts(store, listing);
}

async function findAllProducts(
  store: StoreReader,
  { sort, limit, offset, filters, currency }: Listing,
): Promise<FoundCollection> {
  const sortOrder = sort === null || sort === 'manual' ? 'title-ascending' : sort;
  const parameters = new SqlParameters([store.storeId, limit, offset]);
  const condition = listCondition(filterSql(filters, currency, parameters));
  const [all] = await store.query<{ count: number; products: ProductRow[] }>(
    `SELECT (SELECT count(*)::int FROM products p WHERE p.store_id = $1 AND ${visible}${condition}) AS count,
       (SELECT coalesce(jsonb_agg(${cardJson} ORDER BY p.place), '[]') FROM (
         SELECT p.*, row_number() OVER (ORDER BY ${sortSql[sortOrder]}) AS place
         FROM products p WHERE p.store_id = $1 AND ${visible}${condition}
         ORDER BY place LIMIT $2 OFFSET $3) p) AS products`,
    parameters.values,
  );
  return {
    row: {
      id: 0,
      title: '',
      handle: 'all',
      description: '',
      mediaId: null,
      productsCount: all?.count ?? 0,
      sortOrder,
      publishedAt: null,
    },
    products: all?.products ?? [],
    page: { templateSuffix: null, seoTitle: null, seoDescription: null },
  };
}

/** The published collections among these, each with its first products. */
export function findCollectionsByRefs(
  store: StoreReader,
  handles: readonly string[],
  publicIds: readonly number[],
  limit: number,
): Promise<CollectionWithProducts[]> {
  return store.query<CollectionWithProducts>(
    `SELECT ${collectionJson()} AS row, ${productsJson(ownOrder, '$4', '0')} AS products
     FROM collections c
     WHERE c.store_id = $1 AND (c.handle = ANY ($2) OR c.public_id = ANY ($3)) AND c.published_at <= now()`,
    [store.storeId, handles, publicIds, limit],
  );
}

/** Published collections by title, without their products. */
export async function findCollections(
  store: StoreReader,
  { limit, offset }: Rows,
): Promise<{ items: CollectionWithProducts[]; count: number }> {
  const rows = await store.query<CollectionWithProducts & { count: number }>(
    `SELECT ${collectionJson()} AS row, '[]'::jsonb AS products, count(*) OVER ()::int AS count
     FROM collections c WHERE c.store_id = $1 AND c.published_at <= now()
     ORDER BY c.title, c.collection_id LIMIT $2 OFFSET $3`,
    [store.storeId, limit, offset],
  );
  return { items: rows, count: rows[0]?.count ?? 0 };
}

/** A collection that was found by its words. */
export interface CollectionHit {
  id: string;
  title: string;
  handle: string;
}

/**
 * Published collections that have every word of a question, the best first, and how many there are.
 * @param wanted the text of a tsquery
 */
export async function searchCollections(
  store: StoreReader,
  wanted: string,
  { limit, offset }: { limit: number; offset: number },
): Promise<{ count: number; collections: CollectionHit[] }> {
  const vector = `coalesce(c.search, to_tsvector('simple', c.title))`;
  const [found] = await store.query<{ count: number; collections: CollectionHit[] }>(
    `WITH found AS MATERIALIZED (
       SELECT c.public_id::text AS id, c.title, c.handle, c.collection_id,
         ts_rank(${vector}, $2::tsquery) AS rank FROM collections c
       WHERE c.store_id = $1 AND c.published_at <= now() AND ${vector} @@ $2::tsquery)
     SELECT (SELECT count(*)::int FROM found) AS count,
       (SELECT coalesce(jsonb_agg(jsonb_build_object('id', id, 'title', title, 'handle', handle) ORDER BY place), '[]')
        FROM (SELECT *, row_number() OVER (ORDER BY rank DESC, collection_id) AS place
          FROM found ORDER BY place LIMIT $3 OFFSET $4) f) AS collections`,
    [store.storeId, wanted, limit, offset],
  );
  return found ?? { count: 0, collections: [] };
}
