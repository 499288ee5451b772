import { Images } from '@libs/media';
import type { StoreWriter } from '@platform/database';
import { plainText, searchVector } from '@libs/kernel';
import type { MediaState } from './current-product';
import type { ProductPlan } from './plan-product';
import { variantTitle } from './plan-variants';

/** Sends one statement for many rows, which it reads as JSON from `$2`; none for no rows. */
export async function sendRows(
  store: StoreWriter,
  sql: string,
  rows: readonly object[],
  more: readonly unknown[] = [],
): Promise<void> {
  if (rows.length > 0) await store.execute(sql, [store.storeId, JSON.stringify(rows), ...more]);
}

const columns = `handle, title, body_html, vendor, product_type, tags, status, published_at, gift_card,
  template_suffix, seo_title, seo_description, options, variant_count, price_min_minor, price_max_minor`;

const recordset = `json_to_recordset($2::json) AS r (product_id uuid, handle text, title text, body_html text,
  vendor text, product_type text, tags text[], status text, published_at timestamptz, gift_card boolean,
  template_suffix text, seo_title text, seo_description text, options jsonb, variant_count int,
  price_min_minor bigint, price_max_minor bigint, search text)`;

/**
 * Inserts new products.
 * @returns the ids of those that are there now: one whose handle was taken meanwhile is missing
 */
export async function insertProducts(
  store: StoreWriter,
  plans: readonly ProductPlan[],
  at: string,
): Promise<Set<string>> {
  if (plans.length === 0) return new Set();
  const rows = await store.query<{ product_id: string }>(
    `INSERT INTO products (store_id, product_id, ${columns}, search, created_at, updated_at)
     SELECT $1, product_id, ${columns}, search::tsvector, $3, $3 FROM ${recordset}
     ON CONFLICT (store_id, handle) DO NOTHING RETURNING product_id`,
    [store.storeId, JSON.stringify(plans.map(productRow)), at],
  );
  return new Set(rows.map(({ product_id }) => product_id));
}

/** Writes the rows of products that were there. */
export function updateProducts(
  store: StoreWriter,
  plans: readonly ProductPlan[],
  at: string,
): Promise<void> {
  return sendRows(
    store,
    `UPDATE products p SET (${columns}, search, version, updated_at) =
       (SELECT r.handle, r.title, r.body_html, r.vendor, r.product_type, r.tags, r.status, r.published_at,
          r.gift_card, r.template_suffix, r.seo_title, r.seo_description, r.options, r.variant_count,
          r.price_min_minor, r.price_max_minor, r.search::tsvector, p.version + 1, $3::timestamptz)
     FROM ${recordset} WHERE p.store_id = $1 AND p.product_id = r.product_id`,
    plans.map(productRow),
    [at],
  );
}

function productRow({ productId, state, variants }: ProductPlan): object {
  const prices = variants.variants.map((variant) => variant.state.priceMinor);
  return {
    product_id: productId,
    handle: state.handle,
    title: state.title,
    body_html: state.bodyHtml,
    vendor: state.vendor,
    product_type: state.productType,
    tags: state.tags,
    status: state.status,
    published_at: state.publishedAt,
    gift_card: state.giftCard,
    template_suffix: state.templateSuffix,
    seo_title: state.seoTitle,
    seo_description: state.seoDescription,
    options: state.options,
    variant_count: prices.length,
    price_min_minor: prices.reduce((least, price) => Math.min(least, price), prices[0] ?? 0),
    price_max_minor: prices.reduce((most, price) => Math.max(most, price), 0),
    search: searchVector({
      title: state.title,
      labels: [...state.tags, state.vendor, state.productType],
      codes: variants.variants.flatMap(({ state: { sku, barcode, ...variant } }) =>
        [sku, barcode, variant.option1 && variantTitle(variant)].filter((text) => text !== null),
      ),
      bodyHtml: plainText(state.bodyHtml),
    }),
  };
}

/** Needs nothing of the container. */
const images = new Images();

/** Writes the pictures that come, asking for those that are only an address, and those whose place or text changed. */
export async function writeMedia(store: StoreWriter, plans: readonly ProductPlan[]): Promise<void> {
  const inserts = plans.flatMap(({ productId, media }) => mediaRows(productId, media.inserts));
  const asked = inserts.filter(({ media_id }) => media_id === null);
  const urls = asked.map(({ source_url }) => source_url ?? '');
  const ids = asked.length === 0 ? [] : await images.request(store, urls);
  for (const [index, row] of asked.entries()) row.media_id = ids[index] ?? null;
  await sendRows(
    store,
    `INSERT INTO product_media (store_id, ${mediaColumns})
     SELECT $1, ${mediaColumns} FROM ${mediaRecordset}`,
    inserts,
  );
  await sendRows(
    store,
    `UPDATE product_media m SET position = r.position, alt = r.alt
     FROM ${mediaRecordset} WHERE m.store_id = $1 AND m.product_media_id = r.product_media_id`,
    plans.flatMap(({ productId, media }) => mediaRows(productId, media.updates)),
  );
}

const mediaColumns = 'product_media_id, product_id, position, alt, media_id, source_url';
const mediaRecordset = `json_to_recordset($2::json) AS r (product_media_id uuid, product_id uuid, position int,
  alt text, media_id uuid, source_url text)`;

function mediaRows(productId: string, rows: readonly MediaState[]) {
  return rows.map(({ productMediaId, position, alt, mediaId, sourceUrl }) => ({
    product_media_id: productMediaId,
    product_id: productId,
    position,
    alt,
    media_id: mediaId,
    source_url: sourceUrl,
  }));
}

/** Which of these images of the media slice there are. */
export async function findImages(store: StoreWriter, ids: string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  return new Set((await images.find(store, ids)).map(({ id }) => id));
}

/** Takes pictures off; variants that showed them show none. */
export async function deleteMedia(
  store: StoreWriter,
  plans: readonly ProductPlan[],
): Promise<void> {
  const ids = plans.flatMap(({ media }) => media.deletes);
  if (ids.length === 0) return;
  const sql =
    'DELETE FROM product_media WHERE store_id = $1 AND product_media_id = ANY ($2::uuid[])';
  await store.execute(sql, [store.storeId, ids]);
}
