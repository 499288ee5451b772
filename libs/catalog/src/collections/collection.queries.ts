import type { StoreReader } from '@platform/database';
import type { Collection } from '../contract/collections.contract';

const iso = (column: string) =>
  `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

const columns = `c.collection_id AS id, c.public_id AS "publicId", c.kind, c.handle, c.title,
  c.body_html AS "bodyHtml", c.rules, c.sort_order AS "sortOrder", ${iso('c.published_at')} AS "publishedAt",
  c.seo_title AS "seoTitle", c.seo_description AS "seoDescription", c.template_suffix AS "templateSuffix",
  c.media_id AS "mediaId", (SELECT count(*)::int FROM collection_products m
    WHERE m.store_id = c.store_id AND m.collection_id = c.collection_id) AS "productsCount",
  ${iso('c.created_at')} AS "createdAt", ${iso('c.updated_at')} AS "updatedAt", c.version`;

/** A collection, or null. @param lock whether nobody else may change it until the transaction ends */
export async function findCollection(
  store: StoreReader,
  id: string,
  lock: boolean,
): Promise<Collection | null> {
  const [found] = await store.query<Collection>(
    `SELECT ${columns} FROM collections c WHERE c.store_id = $1 AND c.collection_id = $2
     ${lock ? 'FOR UPDATE' : ''}`,
    [store.storeId, id],
  );
  return found ?? null;
}

/** Collections, newest first. @param before the id that ended the last page */
export function listCollections(
  store: StoreReader,
  { limit, before }: { limit: number; before: string | null },
): Promise<Collection[]> {
  return store.query<Collection>(
    `SELECT ${columns} FROM collections c
     WHERE c.store_id = $1 AND ($2::uuid IS NULL OR c.collection_id < $2)
     ORDER BY c.collection_id DESC LIMIT $3`,
    [store.storeId, before, limit],
  );
}
