import { Inject, Injectable } from '@nestjs/common';
import { Log } from '@platform/telemetry';
import type { Site } from './1-resolve-store/resolve-store';
import { type PageRoute, lostPage, passwordPage } from './2-match-route/match-route';
import { PageLoader } from './3-load-page/load-page';
import { type Shopper, isKnown, shopperOf } from './3-load-page/shopper';
import { MakingTurns } from './4-render-theme/making-turns';
import { passesSoon } from './4-render-theme/passes-soon';
import { ThemeRenderer } from './4-render-theme/render-theme';
import { plainPage } from './5-send-response/plain-page';
import { type FormResult, FormResults } from './actions/forms/form-results';
import { PageCache } from './page-cache/page-cache';
import { pageKey } from './page-cache/page-key';
import type { ShopRequest, ShopResponse } from './shop-request';

type StoreSite = Extract<Site, { kind: 'store' }>;

/** `templates/404.error.json` of a theme that has one. */
const brokenPage: PageRoute = { ...lostPage, suffix: 'error' };

/** Pages of a store's theme: from the cache, made, or excused. */
@Injectable()
export class StorePages {
  constructor(
    @Inject(Log) private readonly log: Log,
    @Inject(PageCache) private readonly cache: PageCache,
    @Inject(PageLoader) private readonly loader: PageLoader,
    @Inject(ThemeRenderer) private readonly renderer: ThemeRenderer,
    @Inject(FormResults) private readonly forms: FormResults,
    @Inject(MakingTurns) private readonly turns: MakingTurns,
  ) {}

  /** A page from the cache, or made; a shopper with a cart gets one made for them. */
  async page(site: StoreSite, route: PageRoute, request: ShopRequest): Promise<ShopResponse> {
    const formResult = this.forms.read(site.storeId, request.headers.cookie);
    const shopper = { ...shopperOf(request.headers.cookie), formResult };
    try {
      if (isForOne(route, shopper)) {
        const made = await this.make(site, route, shopper);
        return made?.response ?? plainPage('no-theme', request.id);
      }
      const key = pageKey(site.primaryHost, route, shopper.country);
      let uncached: ShopResponse | null = null;
      const cached = await this.cache.get(site.storeId, key, async () => {
        const made = await this.make(site, route, shopper);
        uncached = made?.response ?? null;
        return made?.keep ? { storeId: site.storeId, v: made.v, response: made.response } : null;
      });
      return cached?.response ?? uncached ?? (await this.again(site, route, request));
    } catch (error) {
      if (passesSoon(error)) return plainPage('unreachable', request.id);
      this.log.error({ err: error, storeId: site.storeId, page: route.type }, 'a page failed');
      return this.failed(site, request);
    }
  }

  /** A page with the result of a form that said more than a cookie carries. */
  async afterForm(
    site: StoreSite,
    route: PageRoute,
    request: ShopRequest,
    formResult: FormResult,
  ): Promise<ShopResponse> {
    const shopper = { ...shopperOf(request.headers.cookie), formResult };
    try {
      const made = await this.make(site, route, shopper);
      if (!made) return plainPage('no-theme', request.id);
      return { ...made.response, status: formResult.posted_successfully ? 200 : 422 };
    } catch (error) {
      if (passesSoon(error)) return plainPage('unreachable', request.id);
      this.log.error({ err: error, storeId: site.storeId, page: route.type }, 'a page failed');
      return this.failed(site, request);
    }
  }

  /** The theme's page that asks for the store's password, for nobody else; null where the theme has none. */
  async password(site: StoreSite, request: ShopRequest): Promise<ShopResponse | null> {
    const formResult = this.forms.read(site.storeId, request.headers.cookie);
    try {
      const route = { ...passwordPage, locale: request.locale };
      const made = await this.make(site, route, { cartToken: null, formResult });
      return made?.response ?? null;
    } catch (error) {
      this.log.error({ err: error, storeId: site.storeId, page: 'password' }, 'a page failed');
      return null;
    }
  }

  /** The theme's own words for a page that failed, where it has any and can be rendered; else ours. */
  private async failed(site: StoreSite, request: ShopRequest): Promise<ShopResponse> {
    const route = { ...brokenPage, locale: request.locale };
    const own = await this.make(site, route, { cartToken: null }).catch(() => null);
    if (!own || !own.suffixed) return plainPage('failed', request.id);
    return { ...own.response, status: 500 };
  }

  /** Whoever waited for a page that was not kept makes one alone. */
  private async again(
    site: StoreSite,
    route: PageRoute,
    request: ShopRequest,
  ): Promise<ShopResponse> {
    const { country } = shopperOf(request.headers.cookie);
    const made = await this.make(site, route, { cartToken: null, country });
    return made?.response ?? plainPage('no-theme', request.id);
  }

  private async make(site: StoreSite, route: PageRoute, shopper: Shopper) {
    return this.turns.take(site.storeId, async () => {
      const loaded = await this.loader.load(site, route, shopper);
      if (!loaded) return null;
      const response = await this.renderer.render(site.storeId, loaded);
      const keep =
        !loaded.private && String(response.headers['cache-control']).startsWith('public');
      return { v: loaded.v, keep, response, suffixed: loaded.suffixed };
    });
  }
}

/** Whether a page is made for the one who asks instead of being looked for among finished ones. */
function isForOne({ type }: PageRoute, shopper: Shopper): boolean {
  if (isKnown(shopper) || shopper.formResult != null) return true;
  return type === 'cart' || type === 'search' || type.startsWith('customers/');
}
