import { Inject, Injectable } from '@nestjs/common';
import {
  CheckoutViews,
  type CheckoutRow,
  type CheckoutView,
  Checkouts,
  type PageBody,
  type PageSetting,
  frame,
  requiresShipping,
  wordsIn,
} from '@renderer/checkout';
import { StorefrontStores } from '@renderer/stores';
import { CONFIG, type Config } from '@platform/config';
import { Db, type StoreReader } from '@platform/database';
import { takeToken } from '@platform/http';
import { AccountData } from '../account/account-data';
import { shopperOf } from '../3-load-page/shopper';
import type { Site } from '../1-resolve-store/resolve-store';
import type { ShopRequest, ShopResponse } from '../shop-request';
import { checkoutPage, checkoutPolicy, newNonce } from './checkout-answers';
import { StoreLooks } from './store-looks';

export type StoreSite = Extract<Site, { kind: 'store' }>;

/** A visit to a page of the checkout: who asks, in which words. */
export interface Visit {
  site: StoreSite;
  request: ShopRequest;
  token: string;
  setting: PageSetting;
}

/** How often one address may try what can be guessed, in ten minutes. */
const limits = {
  vat: 10,
  codes: 20,
  details: 10,
  start: 60,
  pay: 60,
  withdraw: 10,
  returns: 20,
  report: 60,
} as const;
const refillSeconds = 600;

/** What the pages of a checkout have in common. */
@Injectable()
export class CheckoutDesk {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(Db) readonly db: Db,
    @Inject(StorefrontStores) private readonly stores: StorefrontStores,
    @Inject(Checkouts) readonly checkouts: Checkouts,
    @Inject(CheckoutViews) private readonly views: CheckoutViews,
    @Inject(StoreLooks) private readonly looks: StoreLooks,
    @Inject(AccountData) private readonly account: AccountData,
  ) {}

  /** The setting of the pages of this request; null for a store that is gone. */
  async visit(site: StoreSite, request: ShopRequest, token: string): Promise<Visit | null> {
    const { storeId } = site;
    const found = await this.db.read(storeId, async (store) => {
      const shop = await this.stores.shop(store);
      if (!shop) return null;
      const said = wordsIn(request.locale ?? shop.locale);
      return {
        shop,
        said,
        look: await this.looks.of(store),
        policies: await this.looks.policies(store, said.lang),
      };
    });
    if (!found) return null;
    const { shop, said, look, policies } = found;
    const setting: PageSetting = {
      ...said,
      shop: { name: shop.name, country: shop.country },
      look,
      policies,
      prefix: request.locale === undefined ? '' : `/${request.locale}`,
      nonce: newNonce(),
    };
    return { site, request, token, setting };
  }

  /** Reads the checkout of the visit; null when its token leads nowhere. */
  read(visit: Visit): Promise<CheckoutView | null> {
    return this.db.read(visit.site.storeId, async (store) => {
      const checkout = await this.checkouts.find(store, visit.token);
      return checkout && this.viewIn(store, visit, checkout);
    });
  }

  /** A checkout as its pages show it. */
  view(visit: Visit, checkout: CheckoutRow): Promise<CheckoutView> {
    return this.db.read(visit.site.storeId, (store) => this.viewIn(store, visit, checkout));
  }

  /** A page; the test mode of a method stands above it. */
  page(
    { setting, token, request }: Visit,
    body: PageBody,
    {
      status = 200,
      view = null,
      headers = {},
    }: {
      status?: number;
      view?: CheckoutView | null;
      headers?: Record<string, string>;
    } = {},
  ): ShopResponse {
    const testMode = view && testModeOf(view);
    const agreed = Boolean(view?.checkout.terms);
    const delivers = view === null || requiresShipping(view.checkout);
    const posted = request.method === 'POST';
    const policy = checkoutPolicy(setting.nonce, body.fields);
    return checkoutPage(
      status,
      frame(body, setting, { token, testMode, posted, agreed, delivers }),
      policy,
      headers,
    );
  }

  /** Whether this address has tried too often. */
  async isTooOften(
    what: keyof typeof limits,
    { site, request }: Pick<Visit, 'site' | 'request'>,
  ): Promise<boolean> {
    if (!this.config.rateLimits) return false;
    const bucket = `checkout-${what}:${site.storeId}:ip:${request.ip}`;
    const limit = { limit: limits[what], perSeconds: refillSeconds };
    return (await takeToken(this.db, bucket, limit)) !== null;
  }

  /** What is the customer's alone is shown to whoever is signed in as them, not to whoever has the link. */
  private async viewIn(
    store: StoreReader,
    { token, request }: Visit,
    checkout: CheckoutRow,
  ): Promise<CheckoutView> {
    const { customerToken = null } = shopperOf(request.headers.cookie);
    const customer =
      checkout.customerId === null ? null : await this.account.customerOf(store, customerToken);
    const isTheirs = customer !== null && customer.id === checkout.customerId;
    return this.views.view(store, token, checkout, { isTheirs });
  }
}

/** Whether no money moves: with the way to pay of an order, with all that are offered, or with some of them. */
function testModeOf({ methods, checkout }: CheckoutView): 'all' | 'some' | null {
  const tests = methods.filter((method) => method.testMode).length;
  if (checkout.state !== 'open' || methods.length === 0)
    return checkout.paymentMethod?.testMode || tests > 0 ? 'all' : null;
  if (tests === 0) return null;
  return tests === methods.length ? 'all' : 'some';
}
