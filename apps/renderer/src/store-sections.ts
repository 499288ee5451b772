import { Inject, Injectable } from '@nestjs/common';
import { Log } from '@platform/telemetry';
import type { Site } from './1-resolve-store/resolve-store';
import { withoutLocale } from './2-match-route/locale-prefix';
import { type PageRoute, lostPage, matchRoute } from './2-match-route/match-route';
import type { SectionsAsked } from './2-match-route/sections-asked';
import { type OtherTheme, PageLoader } from './3-load-page/load-page';
import { type Shopper, isKnown, shopperOf } from './3-load-page/shopper';
import { MakingTurns } from './4-render-theme/making-turns';
import { passesSoon } from './4-render-theme/passes-soon';
import { previewLine } from './4-render-theme/store-costs';
import { ThemeRenderer, cacheControl } from './4-render-theme/render-theme';
import { pagePolicy } from './5-send-response/page-policy';
import { PageCache } from './page-cache/page-cache';
import { pageKey } from './page-cache/page-key';
import type { ShopRequest, ShopResponse } from './shop-request';

type StoreSite = Extract<Site, { kind: 'store' }>;

/** A page of which only sections are asked for. */
export type SectionsRoute = PageRoute & { sections: SectionsAsked };

/** Markup by section id; null where the page has no such section, or where it failed. */
export type SectionsHtml = Record<string, string | null>;

interface Made {
  v: number;
  status: number;
  html: SectionsHtml;
  failed: boolean;
  private: boolean;
  /** Every section that was asked for is there. */
  complete: boolean;
}

/** Sections of a page instead of the page (theme-format.md, 7.7): for cart drawers, filters, changes of variant. */
@Injectable()
export class StoreSections {
  constructor(
    @Inject(Log) private readonly log: Log,
    @Inject(PageCache) private readonly cache: PageCache,
    @Inject(PageLoader) private readonly loader: PageLoader,
    @Inject(ThemeRenderer) private readonly renderer: ThemeRenderer,
    @Inject(MakingTurns) private readonly turns: MakingTurns,
  ) {}

  /** What nobody's cart is in is shared by all shoppers; anything else is made for the one who asks. */
  async page(site: StoreSite, route: SectionsRoute, request: ShopRequest): Promise<ShopResponse> {
    const shopper = shopperOf(request.headers.cookie);
    const { form, ids } = route.sections;
    const key = `${pageKey(site.primaryHost, route, shopper.country)}|${form}=${ids.join()}`;
    try {
      if (isKnown(shopper) || route.type === 'search') {
        const found = route.type === 'search' ? null : await this.cache.find(site.storeId, key);
        return found?.response ?? (await this.answer(site, route, shopper));
      }
      let uncached: ShopResponse | null = null;
      const cached = await this.cache.get(site.storeId, key, async () => {
        const made = await this.render(site, route, shopper);
        uncached = responseOf(made, form, ids);
        return made && keeps(made)
          ? { storeId: site.storeId, v: made.v, response: uncached }
          : null;
      });
      return cached?.response ?? uncached ?? (await this.answer(site, route, shopper));
    } catch (error) {
      return this.excuse(error, site, route);
    }
  }

  /** The sections made for this request, of another theme than the live one. */
  async make(
    site: StoreSite,
    route: SectionsRoute,
    request: ShopRequest,
    other: OtherTheme,
  ): Promise<ShopResponse> {
    try {
      return await this.answer(site, route, shopperOf(request.headers.cookie), other);
    } catch (error) {
      return this.excuse(error, site, route);
    }
  }

  /**
   * Sections after a change of the cart, for the answer to it. The change is done: what cannot be rendered is null.
   * @param url the page of this store that they stand on, a path with its query
   */
  async after(
    site: StoreSite,
    { ids, url, locale, country }: SectionsAfter,
    cartToken: string | null,
    other?: OtherTheme,
  ): Promise<SectionsHtml> {
    const route = { ...pageOf(url, locale), sections: { form: 'json' as const, ids } };
    try {
      const made = await this.render(site, route, { cartToken, country }, other);
      return withNulls(made?.html ?? {}, ids);
    } catch (error) {
      this.excuse(error, site, route);
      return withNulls({}, ids);
    }
  }

  private async answer(
    site: StoreSite,
    route: SectionsRoute,
    shopper: Shopper,
    other?: OtherTheme,
  ): Promise<ShopResponse> {
    const { form, ids } = route.sections;
    return responseOf(await this.render(site, route, shopper, other), form, ids);
  }

  /** @returns null when the store has no published theme */
  private async render(
    site: StoreSite,
    route: SectionsRoute,
    shopper: Shopper,
    other?: OtherTheme,
  ): Promise<Made | null> {
    const line = other ? previewLine(site.storeId) : site.storeId;
    return this.turns.take(line, async () => {
      const loaded = await this.loader.load(site, route, shopper, other);
      if (!loaded) return null;
      const { html, failed } = await this.renderer.sections(site.storeId, loaded);
      const complete = route.sections.ids.every((id) => Object.hasOwn(html, id));
      const { v, status } = loaded;
      return { v, status, html, failed, private: loaded.private, complete };
    });
  }

  private excuse(error: unknown, { storeId }: StoreSite, route: SectionsRoute): ShopResponse {
    if (passesSoon(error)) return refusal(503, 'Too much is being made; try again in a moment.');
    const { ids } = route.sections;
    this.log.error({ err: error, storeId, page: route.type, sections: ids }, 'sections failed');
    return refusal(500, 'The sections could not be made.');
  }
}

/** Sections on the page behind an address, for a shopper of a country. */
interface SectionsAfter {
  ids: readonly string[];
  url: string;
  locale?: string;
  country?: string | null;
}

/** Whether only sections of the page are asked for. */
export function isForSections(route: PageRoute): route is SectionsRoute {
  return route.sections !== undefined;
}

/** Sections that cannot be asked for. */
export const badSections: ShopResponse = refusal(
  400,
  'sections takes 1 to 5 ids of sections with commas between them, section_id takes one.',
);

/** A kept answer holds real sections only, so that made-up ids cannot fill the cache. */
function keeps(made: Made): boolean {
  return !made.private && !made.failed && made.complete && made.status === 200;
}

function responseOf(
  made: Made | null,
  form: SectionsAsked['form'],
  ids: readonly string[],
): ShopResponse {
  if (!made) return refusal(503, 'The store has not published a theme yet.');
  const html = withNulls(made.html, ids);
  const headers = {
    'content-type': `${form === 'json' ? 'application/json' : 'text/html'}; charset=utf-8`,
    'cache-control': cacheControl(made.private || made.failed || made.status !== 200),
    'x-robots-tag': 'noindex',
  };
  if (form === 'json') {
    return { status: made.status, headers, body: Buffer.from(JSON.stringify(html)) };
  }
  const markup = html[ids[0] as string] ?? null;
  const status = markup === null ? (made.failed ? 500 : 404) : made.status;
  const control = status === 200 ? headers['cache-control'] : 'private, no-cache';
  return {
    status,
    headers: {
      ...headers,
      'cache-control': control,
      'content-security-policy': pagePolicy(),
    },
    body: Buffer.from(markup ?? ''),
  };
}

function withNulls(html: SectionsHtml, ids: readonly string[]): SectionsHtml {
  return Object.fromEntries(ids.map((id) => [id, Object.hasOwn(html, id) ? html[id]! : null]));
}

/** The page behind an address of the store; what is no page has the sections of the 404 page. */
export function pageOf(url: string, locale?: string): PageRoute {
  const route = matchRoute(withoutLocale(url, locale));
  const final = route.kind === 'redirect' ? matchRoute(route.to) : route;
  const isPage = final.kind === 'page' || final.kind === 'product-data';
  return { ...(isPage ? final.page : lostPage), locale };
}

function refusal(status: number, message: string): ShopResponse {
  const retry: Record<string, string> = status === 503 ? { 'retry-after': '5' } : {};
  return {
    status,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'no-store',
      ...retry,
    },
    body: Buffer.from(JSON.stringify({ status, message })),
  };
}
