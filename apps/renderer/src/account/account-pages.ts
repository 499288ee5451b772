import { Inject, Injectable } from '@nestjs/common';
import { Db } from '@platform/database';
import type { Site } from '../1-resolve-store/resolve-store';
import { withLocale } from '../2-match-route/locale-prefix';
import { type PageRoute, lostPage } from '../2-match-route/match-route';
import { SettingsOfStores } from '../2-match-route/store-settings';
import { plainPage, redirect } from '../5-send-response/plain-page';
import { type FormResult, FormResults, type FormType } from '../actions/forms/form-results';
import { formSentence } from '../actions/forms/form-sentence';
import { cookieHeader, noCartCookie } from '../actions/cart-answer';
import { readInput } from '../actions/read-input';
import { mayFollow, mayWrite, ownPath, ownReferrer } from '../actions/same-origin';
import type { ShopRequest, ShopResponse } from '../shop-request';
import { StorePages } from '../store-pages';
import { type AccountOutcome, AccountActions } from './account-actions';
import { AccountData } from './account-data';
import type { AccountAction, AccountRoute } from './account-route';
import { customerToken, signedInCookie, signedOutCookie } from './customer-cookie';
import { Reorder } from './reorder';

type StoreSite = Extract<Site, { kind: 'store' }>;

/** What the results of these forms are called. */
const types: Record<AccountAction, FormType> = {
  login: 'login',
  register: 'register',
  recover: 'recover_password',
  code: 'login_code',
  address: 'address',
  reset: 'reset_password',
  activate: 'activate_password',
};

/** Pages of nobody but the customer. */
const ofCustomers: readonly unknown[] = ['account', 'addresses', 'order'];

/** A customer's account on the storefront: its pages, its forms, the way in and out. */
@Injectable()
export class AccountPages {
  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(AccountData) private readonly data: AccountData,
    @Inject(AccountActions) private readonly actions: AccountActions,
    @Inject(FormResults) private readonly results: FormResults,
    @Inject(SettingsOfStores) private readonly settings: SettingsOfStores,
    @Inject(StorePages) private readonly pages: StorePages,
    @Inject(Reorder) private readonly reorders: Reorder,
  ) {}

  /** Answers whatever is asked below `/account`. */
  answer(site: StoreSite, route: AccountRoute, request: ShopRequest): Promise<ShopResponse> {
    if (route.page === 'reorder') return this.reorders.answer(site, route.orderId ?? '', request);
    if (request.method === 'POST' && route.action !== null) {
      return this.take(site, { ...route, action: route.action }, request);
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      const allow = route.action === null ? 'GET, HEAD' : 'GET, HEAD, POST';
      return Promise.resolve({ status: 405, headers: { allow }, body: Buffer.alloc(0) });
    }
    return route.page === 'logout' ? this.leave(site, request) : this.show(site, route, request);
  }

  private async show(
    site: StoreSite,
    route: AccountRoute,
    request: ShopRequest,
  ): Promise<ShopResponse> {
    const asked = await this.pageOf(site, route, request);
    return 'to' in asked ? redirect(303, asked.to) : this.pages.page(site, asked, request);
  }

  /**
   * The theme's page at a path of the account, for whoever asks.
   * @returns in place of the page, where it leads those who may not see it
   */
  async pageOf(
    site: StoreSite,
    { page, path, orderId }: AccountRoute,
    { headers, locale }: Pick<ShopRequest, 'headers' | 'locale'>,
  ): Promise<PageRoute | { to: string }> {
    if (page === null || page === 'logout' || page === 'reorder')
      return { to: withLocale('/account/login', locale) };
    const token = customerToken(headers.cookie);
    const { known, hasOrder } = await this.whoAsks(site.storeId, token, orderId);
    if (!known && ofCustomers.includes(page)) {
      const login = withLocale('/account/login', locale);
      return { to: `${login}?return_to=${encodeURIComponent(path)}` };
    }
    if (known && (page === 'login' || page === 'register')) {
      return { to: withLocale('/account', locale) };
    }
    const language = locale === undefined ? {} : { locale };
    const route: PageRoute = { ...lostPage, ...language };
    const own = { type: `customers/${page}` as const, handle: orderId, canonicalPath: path };
    return hasOrder ? { ...route, ...own } : route;
  }

  /** Whether somebody is signed in by the token, and has the order that is asked for, if one is. */
  private whoAsks(
    storeId: string,
    token: string | null,
    orderId: string | null,
  ): Promise<{ known: boolean; hasOrder: boolean }> {
    if (token === null) return Promise.resolve({ known: false, hasOrder: orderId === null });
    return this.db.read(storeId, async (store) => ({
      known: (await this.data.customerOf(store, token)) !== null,
      hasOrder: orderId === null || (await this.data.order(store, token, orderId)) !== null,
    }));
  }

  private async leave(site: StoreSite, request: ShopRequest): Promise<ShopResponse> {
    if (!mayFollow(request)) return plainPage('foreign-form', request.id);
    await this.actions.signOut(site.storeId, request.headers.cookie);
    return redirect(303, withLocale('/', request.locale), {
      'set-cookie': [signedOutCookie(request.secure), noCartCookie(request.secure)],
    });
  }

  private async take(
    site: StoreSite,
    route: AccountRoute & { action: AccountAction },
    request: ShopRequest,
  ): Promise<ShopResponse> {
    if (!mayWrite(request)) return plainPage('foreign-form', request.id);
    const input = await readInput(request);
    if (typeof input === 'string') return plainPage('bad-form', request.id);
    const locale = request.locale ?? (await this.settings.of(site.storeId)).locale;
    const { action, token } = route;
    const outcome = await this.actions.take({ site, request, input, action, token, locale });
    if (outcome.session !== null) {
      const to = wantedPage(input['return_to'], request) ?? withLocale('/account', request.locale);
      const cart = cookieHeader(outcome.cart, request.secure)['set-cookie'];
      const cookies = [signedInCookie(outcome.session, request.secure), ...(cart ? [cart] : [])];
      return redirect(303, to, { 'set-cookie': cookies });
    }
    const result = resultOf(action, outcome, locale);
    const cookie = this.results.carry(site.storeId, result, request.secure);
    return redirect(303, withLocale(homeOf(route), request.locale), cookie ?? {});
  }
}

/** The page that shows what became of a form. */
function homeOf({ action, path }: AccountRoute): string {
  return action === 'recover' || action === 'code' ? '/account/login' : path;
}

/** Where somebody wanted to go before they were asked who they are. */
function wantedPage(asked: unknown, request: ShopRequest): string | null {
  const given =
    typeof asked === 'string'
      ? asked
      : new URL(ownReferrer(request) ?? '/', 'http://own.invalid').searchParams.get('return_to');
  return given === null ? null : ownPath(given);
}

function resultOf(
  action: AccountAction,
  { faults, values }: AccountOutcome,
  locale: string,
): FormResult {
  const good = faults.length === 0;
  // Whoever asked for a code types it beside the address that it went to.
  const kept: Record<string, string> = action === 'code' ? { email: values['email'] ?? '' } : {};
  return {
    type: types[action],
    id: null,
    posted_successfully: good,
    errors: faults.map((fault) => ({
      field: fault.field,
      message: formSentence(fault, locale),
    })),
    values: good ? kept : values,
  };
}
