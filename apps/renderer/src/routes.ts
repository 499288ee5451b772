import { Inject, Injectable } from '@nestjs/common';
import { CatalogPages } from '@renderer/catalog';
import { ContentPages } from '@renderer/content';
import { CONFIG, type Config } from '@platform/config';
import { Db } from '@platform/database';
import { Log } from '@platform/telemetry';
import { originOf } from './1-resolve-store/canonical-host';
import type { Site } from './1-resolve-store/resolve-store';
import type { PageRoute, Route, SitemapPart } from './2-match-route/match-route';
import { PageLoader } from './3-load-page/load-page';
import { shopperOf } from './3-load-page/shopper';
import { RenderOverload } from './4-render-theme/render-pool';
import { ThemeRenderer } from './4-render-theme/render-theme';
import { AssetResponses } from './5-send-response/asset-response';
import { plainPage } from './5-send-response/plain-page';
import { encodeResponse } from './5-send-response/send-response';
import { robotsTxt, sitemap, sitemapIndex } from './5-send-response/seo-files';
import { CartActions } from './actions/cart-actions';
import { PageCache } from './page-cache/page-cache';
import type { ShopRequest, ShopResponse } from './shop-request';

type StoreSite = Extract<Site, { kind: 'store' }>;

/** What a store's own addresses answer. */
@Injectable()
export class Routes {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(Db) private readonly db: Db,
    @Inject(Log) private readonly log: Log,
    @Inject(PageCache) private readonly cache: PageCache,
    @Inject(PageLoader) private readonly loader: PageLoader,
    @Inject(ThemeRenderer) private readonly renderer: ThemeRenderer,
    @Inject(AssetResponses) private readonly assets: AssetResponses,
    @Inject(CartActions) private readonly cart: CartActions,
    @Inject(CatalogPages) private readonly catalog: CatalogPages,
    @Inject(ContentPages) private readonly content: ContentPages,
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
        return this.page(site, route.page, request);
      case 'asset':
        return (await this.assets.asset(route.hash, request)) ?? plainPage('not-found', request.id);
      case 'image':
        return (
          (await this.assets.image(route.hash, route.width)) ?? plainPage('not-found', request.id)
        );
      case 'icon':
        return noIcon;
      case 'robots':
        return robotsTxt(originOf(site, this.config.shop));
      case 'sitemap':
        return this.sitemap(site, route.part, route.page);
      default:
        return this.page(site, lost, request);
    }
  }

  /** A page from the cache, or made; a shopper with a cart gets one made for them. */
  private async page(
    site: StoreSite,
    route: PageRoute,
    request: ShopRequest,
  ): Promise<ShopResponse> {
    const shopper = shopperOf(request.headers.cookie);
    try {
      if (shopper.cartToken !== null || route.type === 'cart' || route.type === 'search') {
        const made = await this.make(site, route, shopper);
        return made?.response ?? plainPage('no-theme', request.id);
      }
      const key = `${site.primaryHost}|${route.type}|${route.handle ?? ''}|${[...route.query].join('&')}`;
      let uncached: ShopResponse | null = null;
      const cached = await this.cache.get(site.storeId, key, async () => {
        const made = await this.make(site, route, shopper);
        uncached = made?.response ?? null;
        return made?.keep ? { storeId: site.storeId, v: made.v, response: made.response } : null;
      });
      return cached?.response ?? uncached ?? (await this.again(site, route, request));
    } catch (error) {
      if (error instanceof RenderOverload) return plainPage('unreachable', request.id);
      this.log.error({ err: error, storeId: site.storeId, page: route.type }, 'a page failed');
      return this.failed(site, request);
    }
  }

  /** The theme's own words for a page that failed, where it has any and can be rendered; else ours. */
  private async failed(site: StoreSite, request: ShopRequest): Promise<ShopResponse> {
    const own = await this.make(site, broken, { cartToken: null }).catch(() => null);
    if (!own || !own.suffixed) return plainPage('failed', request.id);
    return { ...own.response, status: 500 };
  }

  /** Whoever waited for a page that was not kept makes one alone. */
  private async again(
    site: StoreSite,
    route: PageRoute,
    request: ShopRequest,
  ): Promise<ShopResponse> {
    const made = await this.make(site, route, { cartToken: null });
    return made?.response ?? plainPage('no-theme', request.id);
  }

  private async make(site: StoreSite, route: PageRoute, shopper: { cartToken: string | null }) {
    const loaded = await this.loader.load(site, route, shopper);
    if (!loaded) return null;
    const response = await encodeResponse(await this.renderer.render(site.storeId, loaded));
    const keep = !loaded.private && String(response.headers['cache-control']).startsWith('public');
    return { v: loaded.v, keep, response, suffixed: loaded.suffixed };
  }

  private sitemap(site: StoreSite, part: SitemapPart | null, page: number): Promise<ShopResponse> {
    const origin = originOf(site, this.config.shop);
    return this.db.read(site.storeId, async (store) => {
      if (part === null) {
        return sitemapIndex(origin, { ...(await this.catalog.sitemapPages(store)), pages: 1 });
      }
      const entries =
        part === 'pages'
          ? await this.content.sitemapEntries(store)
          : await this.catalog.sitemapEntries(store, part, page);
      return sitemap(origin, entries);
    });
  }
}

/** There is none under this name: no page of the theme is made for it, and no browser complains. */
const noIcon: ShopResponse = {
  status: 204,
  headers: { 'cache-control': 'public, max-age=86400' },
  body: Buffer.alloc(0),
};

const lost: PageRoute = {
  type: '404',
  handle: null,
  canonicalPath: '/404',
  query: new Map(),
  page: 1,
};

/** `templates/404.error.json` of a theme that has one. */
const broken: PageRoute = { ...lost, suffix: 'error' };
