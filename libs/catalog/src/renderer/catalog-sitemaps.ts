import { Injectable } from '@nestjs/common';
import type { StoreReader } from '@platform/database';
import { visible } from './page-sql';

/** What a sitemap lists of a page. */
export interface SitemapEntry {
  url: string;
  updated_at: Date;
}

/** Google takes 50,000 addresses a file; a file of this size is answered quickly. */
const sitemapSize = 5_000;

/** Which addresses of the catalogue search engines are told: of what is active and published. */
@Injectable()
export class CatalogSitemaps {
  /** What a sitemap lists, oldest first. @param page from 1, `sitemapSize` entries each */
  entries(store: StoreReader, part: 'products' | 'collections', page = 1): Promise<SitemapEntry[]> {
    const [id, condition] =
      part === 'products' ? ['product_id', visible] : ['collection_id', 'p.published_at <= now()'];
    return store.query<SitemapEntry>(
      `SELECT '/${part}/' || p.handle AS url, p.updated_at FROM ${part} p
       WHERE p.store_id = $1 AND ${condition} ORDER BY p.${id} LIMIT ${sitemapSize} OFFSET $2`,
      [store.storeId, (page - 1) * sitemapSize],
    );
  }

  /** How many sitemaps of `sitemapSize` entries there are of each kind, at least one. */
  async counts(store: StoreReader): Promise<{ products: number; collections: number }> {
    const [counts] = await store.query<{ products: number; collections: number }>(
      `SELECT
         (SELECT count(*)::int FROM products p WHERE p.store_id = $1 AND ${visible}) AS products,
         (SELECT count(*)::int FROM collections p WHERE p.store_id = $1 AND p.published_at <= now()) AS collections`,
      [store.storeId],
    );
    const pages = (count = 0): number => Math.max(1, Math.ceil(count / sitemapSize));
    return { products: pages(counts?.products), collections: pages(counts?.collections) };
  }
}
