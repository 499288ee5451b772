import { shopperOf } from './3-load-page/shopper';
import { Inject, Injectable } from '@nestjs/common';
import type { Site } from './1-resolve-store/resolve-store';
import { type PageRoute, type Route, lostPage } from './2-match-route/match-route';
import type { OtherTheme } from './3-load-page/load-page';
import { redirect } from './5-send-response/plain-page';
import { ProductResponses } from './5-send-response/product-responses';
import { dataRefusal } from './5-send-response/shared-data';
import { Actions } from './actions/actions';
import type { RenderSections } from './actions/cart-actions';
import { PolicyReports } from './checkout/policy-reports';
import { LockedStores } from './password/locked-stores';
import type { ShopRequest, ShopResponse } from './shop-request';
import { StoreFiles } from './store-files';
import { StorePages } from './store-pages';
import { StoreSections, badSections, isForSections, pageOf } from './store-sections';

type StoreSite = Extract<Site, { kind: 'store' }>;

/** What a store's own addresses answer. */
@Injectable()
export class Routes {
  constructor(
    @Inject(StorePages) private readonly pages: StorePages,
    @Inject(StoreSections) private readonly sections: StoreSections,
    @Inject(StoreFiles) private readonly files: StoreFiles,
    @Inject(ProductResponses) private readonly products: ProductResponses,
    @Inject(Actions) private readonly actions: Actions,
    @Inject(LockedStores) private readonly locked: LockedStores,
    @Inject(PolicyReports) private readonly reports: PolicyReports,
  ) {}

  /** Answers a request that is on its store's right address. */
  async answer(site: StoreSite, route: Route, request: ShopRequest): Promise<ShopResponse> {
    return this.locked.guard(site, route, request, () => this.open(site, route, request));
  }

  /** How an answer gets sections of the page beside it. */
  private rendering(
    site: StoreSite,
    { locale, headers: { cookie } }: ShopRequest,
    other?: OtherTheme,
  ): RenderSections {
    const { country } = shopperOf(cookie);
    return (wanted, token) =>
      this.sections.after(site, { ...wanted, locale, country }, token, other);
  }

  /**
   * Answers without asking for the store's password.
   * @param other the theme of sections that come with the cart's answers; the live one when left out
   */
  async open(
    site: StoreSite,
    route: Route,
    request: ShopRequest,
    other?: OtherTheme,
  ): Promise<ShopResponse> {
    const held = await this.actions.limits.refusal(site, route, request);
    return held ?? this.lead(site, route, request, other);
  }

  private async lead(
    site: StoreSite,
    route: Route,
    request: ShopRequest,
    other?: OtherTheme,
  ): Promise<ShopResponse> {
    const render = this.rendering(site, request, other);
    if (route.kind === 'form' && request.method === 'POST') {
      return this.actions.forms.answer(site, route.form, request, (path, result) =>
        this.pages.afterForm(site, pageOf(path, request.locale), request, result),
      );
    }
    if (route.kind === 'discount') return this.actions.extras.discount(site, route.code, request);
    if (route.kind === 'cart-link') return this.actions.extras.cartLink(site, route.items, request);
    if (route.kind === 'shipping-rates')
      return this.actions.extras.shippingRates(site, route.verb, request);
    if (route.kind === 'checkout') return this.actions.checkout.answer(site, route.asked, request);
    if (route.kind === 'policy-report') return this.reports.take(site, request);
    if (route.kind === 'withdraw') return this.actions.withdraw.answer(site, request);
    if (route.kind === 'account') return this.actions.account.answer(site, route, request);
    if (route.kind === 'action') return this.actions.cart.answer(site, route, request, render);
    if (request.method === 'POST' && route.kind === 'page' && route.page.type === 'cart') {
      const post = { kind: 'action', action: 'post', json: false } as const;
      return this.actions.cart.answer(site, post, request, render);
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return { status: 405, headers: { allow: 'GET, HEAD' }, body: Buffer.alloc(0) };
    }
    return this.read(site, route, request);
  }

  private async read(site: StoreSite, route: Route, request: ShopRequest): Promise<ShopResponse> {
    switch (route.kind) {
      case 'page':
        return this.page(site, route.page, request);
      case 'product-data':
        return (
          (await this.products.product(site.storeId, route.asked, request)) ??
          this.page(site, { ...route.page, locale: request.locale }, request)
        );
      case 'recommendations':
        return this.products.recommendations(site.storeId, route.asked, request);
      case 'bad-data':
        return dataRefusal(422, 'Invalid parameter error', route.why);
      case 'bad-sections':
        return badSections;
      case 'asset':
      case 'image':
      case 'icon':
      case 'robots':
      case 'sitemap':
      case 'suggest':
        return this.files.answer(site, route, request);
      case 'form':
        return route.form === 'password'
          ? redirect(302, '/')
          : this.pages.page(site, { ...lostPage, locale: request.locale }, request);
      default:
        return this.pages.page(site, { ...lostPage, locale: request.locale }, request);
    }
  }

  private page(site: StoreSite, page: PageRoute, request: ShopRequest): Promise<ShopResponse> {
    return isForSections(page)
      ? this.sections.page(site, page, request)
      : this.pages.page(site, page, request);
  }
}
