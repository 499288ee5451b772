import { Inject, Injectable } from '@nestjs/common';
import type { Site } from './1-resolve-store/resolve-store';
import type { Route } from './2-match-route/match-route';
import { AssetResponses } from './5-send-response/asset-response';
import { plainPage } from './5-send-response/plain-page';
import { SeoResponses } from './5-send-response/seo-responses';
import { CartActions } from './actions/cart-actions';
import type { ShopRequest, ShopResponse } from './shop-request';
import { StorePages, lostPage } from './store-pages';

type StoreSite = Extract<Site, { kind: 'store' }>;

/** What a store's own addresses answer. */
@Injectable()
export class Routes {
  constructor(
    @Inject(StorePages) private readonly pages: StorePages,
    @Inject(AssetResponses) private readonly assets: AssetResponses,
    @Inject(SeoResponses) private readonly seo: SeoResponses,
    @Inject(CartActions) private readonly cart: CartActions,
  ) {}

  /** Answers a request that is on its store's right address. */
  async answer(site: StoreSite, route: Route, request: ShopRequest): Promise<ShopResponse> {
    if (route.kind === 'action') return this.cart.answer(site, route, request);
    if (request.method === 'POST' && route.kind === 'page' && route.page.type === 'cart') {
      return this.cart.answer(site, { kind: 'action', action: 'post', json: false }, request);
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return { status: 405, headers: { allow: 'GET, HEAD' }, body: Buffer.alloc(0) };
    }
    switch (route.kind) {
      case 'page':
        return this.pages.page(site, route.page, request);
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
        return this.pages.page(site, lostPage, request);
    }
  }
}

/** There is none under this name: no page of the theme is made for it, and no browser complains. */
const noIcon: ShopResponse = {
  status: 204,
  headers: { 'cache-control': 'public, max-age=86400' },
  body: Buffer.alloc(0),
};
