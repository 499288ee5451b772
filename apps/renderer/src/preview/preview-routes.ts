import { Inject, Injectable } from '@nestjs/common';
import type { Site } from '../1-resolve-store/resolve-store';
import { type RouteInLanguage, matchInLanguage } from '../2-match-route/match-in-language';
import { type PageRoute, lostPage } from '../2-match-route/match-route';
import { SettingsOfStores } from '../2-match-route/store-settings';
import { AccountPages } from '../account/account-pages';
import type { ShopRequest } from '../shop-request';

type StoreSite = Extract<Site, { kind: 'store' }>;

/** What a path is to a theme that is not live. */
export type PreviewRoute =
  | { kind: 'page'; page: PageRoute }
  | { kind: 'redirect'; to: string }
  /** The platform's own: carts, forms, files, the checkout. */
  | ({ kind: 'other' } & RouteInLanguage);

/** Tells the theme's pages from what is the platform's, in every language of the store. */
@Injectable()
export class PreviewRoutes {
  constructor(
    @Inject(SettingsOfStores) private readonly settings: SettingsOfStores,
    @Inject(AccountPages) private readonly account: AccountPages,
  ) {}

  /** What a path asks for, in which language. */
  find(site: StoreSite, path: string): Promise<RouteInLanguage> {
    return matchInLanguage(path, () => this.settings.of(site.storeId));
  }

  /**
   * Matches a path that is to be read.
   * @param path path and query
   * @param request whose cookies say who is signed in
   */
  async match(
    site: StoreSite,
    path: string,
    request: Pick<ShopRequest, 'headers'>,
  ): Promise<PreviewRoute> {
    const { route, locale } = await this.find(site, path);
    if (route.kind === 'page' || route.kind === 'redirect') return route;
    if (route.kind === 'nothing') return { kind: 'page', page: { ...lostPage, locale } };
    if (route.kind !== 'account' || route.page === 'logout' || route.page === 'reorder')
      return { kind: 'other', route, locale };
    const { headers } = request;
    const asked = await this.account.pageOf(site, route, { headers, locale });
    return 'to' in asked ? { kind: 'redirect', to: asked.to } : { kind: 'page', page: asked };
  }
}
