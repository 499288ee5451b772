import { Inject, Injectable } from '@nestjs/common';
import { CatalogSitemaps } from '@renderer/catalog';
import { BlogPages, ContentPages } from '@renderer/content';
import { CONFIG, type Config } from '@platform/config';
import { Db, type StoreReader } from '@platform/database';
import { originOf } from '../1-resolve-store/canonical-host';
import type { Site } from '../1-resolve-store/resolve-store';
import type { SitemapPart } from '../2-match-route/match-route';
import type { ShopResponse } from '../shop-request';
import { robotsTxt, sitemap, sitemapIndex } from './seo-files';

type StoreSite = Extract<Site, { kind: 'store' }>;

/** What a store tells search engines besides its pages. */
@Injectable()
export class SeoResponses {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(Db) private readonly db: Db,
    @Inject(CatalogSitemaps) private readonly catalog: CatalogSitemaps,
    @Inject(ContentPages) private readonly content: ContentPages,
    @Inject(BlogPages) private readonly blogs: BlogPages,
  ) {}

  /** `robots.txt`. */
  robots(site: StoreSite): ShopResponse {
    return robotsTxt(originOf(site, this.config.shop));
  }

  /** The list of sitemaps, or one of them. @param page from 1 */
  sitemap(site: StoreSite, part: SitemapPart | null, page: number): Promise<ShopResponse> {
    const origin = originOf(site, this.config.shop);
    return this.db.read(site.storeId, async (store) => {
      if (part === null) {
        return sitemapIndex(origin, {
          ...(await this.catalog.counts(store)),
          pages: 1,
          blogs: 1,
        });
      }
      const entries = await this.entries(store, part, page);
      return sitemap(origin, entries);
    });
  }

  private entries(
    store: StoreReader,
    part: SitemapPart,
    page: number,
  ): Promise<{ url: string; updated_at: Date }[]> {
    if (part === 'pages') return this.content.sitemapEntries(store);
    if (part === 'blogs') return this.blogs.sitemapEntries(store);
    return this.catalog.entries(store, part, page);
  }
}
