import { Inject, Injectable } from '@nestjs/common';
import type { Site } from './1-resolve-store/resolve-store';
import type { Route } from './2-match-route/match-route';
import { AssetResponses } from './5-send-response/asset-response';
import { plainPage } from './5-send-response/plain-page';
import { SeoResponses } from './5-send-response/seo-responses';
import { SuggestResponses } from './5-send-response/suggest-response';
import type { ShopRequest, ShopResponse } from './shop-request';

type StoreSite = Extract<Site, { kind: 'store' }>;
type FileRoute = Extract<
  Route,
  { kind: 'asset' | 'image' | 'icon' | 'robots' | 'sitemap' | 'suggest' }
>;

/** What a store answers beside its pages: assets, images, what search engines and scripts read. */
@Injectable()
export class StoreFiles {
  constructor(
    @Inject(AssetResponses) private readonly assets: AssetResponses,
    @Inject(SeoResponses) private readonly seo: SeoResponses,
    @Inject(SuggestResponses) private readonly suggestions: SuggestResponses,
  ) {}

  /** Answers what is no page. */
  async answer(site: StoreSite, route: FileRoute, request: ShopRequest): Promise<ShopResponse> {
    switch (route.kind) {
      case 'asset':
        return (await this.assets.asset(route.hash, request)) ?? plainPage('not-found', request.id);
      case 'image':
        return (
          (await this.assets.image(route.hash, route.width)) ?? plainPage('not-found', request.id)
        );
      case 'icon':
        return noIcon;
      case 'robots':
        return this.seo.robots(site);
      case 'sitemap':
        return this.seo.sitemap(site, route.part, route.page);
      default:
        return this.suggestions.json(site.storeId, route.asked, request);
    }
  }
}

/** There is none under this name: no page of the theme is made for it, and no browser complains. */
const noIcon: ShopResponse = {
  status: 204,
  headers: { 'cache-control': 'public, max-age=86400' },
  body: Buffer.alloc(0),
};
