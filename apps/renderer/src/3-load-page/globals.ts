import { LRUCache } from 'lru-cache';
import type { ThemeMeta } from '@libs/template-engine';
import { type MarketTerms, filterParameters } from '@renderer/catalog';
import type { MenuData } from '@renderer/content';
import { hasWithdrawal } from '@renderer/orders';
import type { ShopData } from '@renderer/stores';
import { inLocale, withLocale } from '../2-match-route/locale-prefix';
import type { PageRoute } from '../2-match-route/match-route';
import { typedWords } from '../2-match-route/typed-words';
import type { LinkState } from './menu-view';
import { menuView } from './menu-view';

/** What every page's `@object`s are made of. */
export interface GlobalsInput {
  shop: ShopData;
  /** Of the prices shown. */
  currency: string;
  /** Where else the store sells. */
  markets: readonly MarketTerms[];
  /** Where the shopper buys. */
  country: string;
  origin: string;
  host: string;
  route: PageRoute;
  /** Of the template in use. */
  template: { name: string; suffix: string | null };
  locale: string;
  meta: ThemeMeta;
  menus: Record<string, MenuData>;
  title: string;
  description: string;
  image: unknown;
}

const rightToLeft = /^(ar|fa|he|ur|ps|ckb|dv|yi)(-|$)/;

/** The `@object`s that do not depend on what the page is about. */
export function pageGlobals(input: GlobalsInput): Record<string, unknown> {
  const { shop, origin, route, locale, meta, menus } = input;
  const state: LinkState = { path: route.canonicalPath };
  const languages = languagesOf(input);
  const path = (text: string): string => withLocale(text, route.locale);
  return {
    shop: shopView(input, languages),
    request: {
      path: path(route.canonicalPath),
      query: queryView(route),
      page_type: route.type,
      host: input.host,
      locale,
      dir: rightToLeft.test(locale) ? 'rtl' : 'ltr',
      country: input.country,
      currency: input.currency,
      design_mode: false,
      canonical_url: `${origin}${path(route.canonicalPath)}`,
      page: route.page,
    },
    page_meta: { title: input.title, description: input.description, image: input.image },
    template: input.template,
    routes: {
      root: path('/'),
      cart: path('/cart'),
      cart_add: path('/cart/add'),
      cart_change: path('/cart/change'),
      cart_update: path('/cart/update'),
      search: path('/search'),
      predictive_search: path('/search/suggest'),
      product_recommendations: path('/recommendations/products'),
      collections: path('/collections'),
      all_products: path('/collections/all'),
      ...routesIn(path),
      withdraw: withdrawable(input) ? path('/withdraw') : null,
      ...linkedForms(route, path),
    },
    menus: Object.fromEntries(
      Object.entries(menus).map(([handle, menu]) => [
        handle,
        inRouteLocale(menuView(menu, state), route),
      ]),
    ),
    localization: localizationOf(shop, languages, countriesOf(input)),
    settings: meta.settings,
  };
}

/** The known parameters; one that is given several times is a list, so that links to other pages keep all of it. */
function queryView({ query, filters }: PageRoute): Record<string, string | string[]> {
  const view: Record<string, string | string[]> = Object.fromEntries(query);
  if (query.has('q')) view['q'] = typedWords(query);
  for (const [name, value] of filterParameters(filters)) {
    const before = view[name];
    view[name] = before === undefined ? value : [before, value].flat();
  }
  return view;
}

const names = new LRUCache<string, string>({ max: 1_000 });

/** A language in its own words. Kept: to make the namer costs a tenth of a page. */
function nameOf(locale: string): string {
  const known = names.get(locale);
  if (known !== undefined) return known;
  const name = new Intl.DisplayNames([locale], { type: 'language' }).of(locale) ?? locale;
  names.set(locale, name);
  return name;
}

/** Whether the shop must let consumers withdraw by a function of its pages: it is, or has a market, where they may. */
function withdrawable({ shop, markets }: GlobalsInput): boolean {
  return hasWithdrawal(shop.country, ...markets.flatMap(({ countries }) => countries));
}

/** Routes beside those of the catalogue and the cart. */
function routesIn(path: (text: string) => string): Record<string, string> {
  return {
    checkout: path('/checkout'),
    account: path('/account'),
    login: path('/account/login'),
    register: path('/account/register'),
    recover: path('/account/recover'),
    code: path('/account/code'),
    addresses: path('/account/addresses'),
    contact: path('/contact'),
    newsletter: path('/newsletter'),
    localization: path('/localization'),
    password: path('/password'),
  };
}

/** Forms that a mailed link leads to are sent to where they stand. */
function linkedForms(
  { type, canonicalPath }: PageRoute,
  path: (text: string) => string,
): Record<string, string> {
  if (type === 'customers/reset_password') return { reset: path(canonicalPath) };
  return type === 'customers/activate_account' ? { activate: path(canonicalPath) } : {};
}

/** A link of a menu may lead anywhere: pages of the store have a language. */
function inRouteLocale<T>(data: T, { locale }: PageRoute): T {
  return locale === undefined ? data : inLocale(data, locale);
}

/** What a shopper may choose; a store with one language, or one currency, has nothing to choose of it. */
function localizationOf(
  { otherLocales }: ShopData,
  languages: ReturnType<typeof languagesOf>,
  countries: ReturnType<typeof countriesOf>,
): Record<string, unknown> {
  const chosen = languages.find(({ active }) => active) ?? null;
  const one = otherLocales.length === 0;
  return {
    countries,
    languages: one ? [] : languages,
    country: countries.find(({ active }) => active) ?? null,
    language: one ? null : chosen,
  };
}

/** Where a shopper may say they buy from; none for a store that sells in one currency. */
function countriesOf({ shop, markets, country, locale }: GlobalsInput) {
  if (markets.length === 0) return [];
  const named = new Intl.DisplayNames([locale], { type: 'region', fallback: 'code' });
  const of = (code: string, currency: string) => ({
    code,
    name: named.of(code) ?? code,
    currency,
    active: code === country,
  });
  return [
    of(shop.country, shop.currency),
    ...markets.flatMap(({ countries, currency }) => countries.map((code) => of(code, currency))),
  ];
}

/** The store's languages with the address of this very page in each. */
function languagesOf({ shop, route, locale }: GlobalsInput) {
  const first = route.locale === undefined ? locale : shop.locale;
  const here = route.canonicalPath;
  return [first, ...shop.otherLocales].map((code, index) => ({
    code,
    name: nameOf(code),
    url: shop.otherLocales.length === 0 ? '/' : index === 0 ? here : withLocale(here, code),
    active: index === 0 ? route.locale === undefined : route.locale === code,
    dir: rightToLeft.test(code) ? 'rtl' : 'ltr',
  }));
}

function shopView(
  { shop, origin, host }: GlobalsInput,
  locales: object[],
): Record<string, unknown> {
  return {
    id: shop.storeId,
    name: shop.name,
    url: origin,
    domain: host,
    email: shop.email ?? '',
    currency: shop.currency,
    money_format: '',
    locales,
    markets: [],
    description: shop.description ?? '',
    logo: null,
    policies: {},
    metafields: {},
  };
}

/** The cart of a shopper who has none. */
export function emptyCart(currency: string): Record<string, unknown> {
  return {
    item_count: 0,
    total_price: 0,
    original_total_price: 0,
    total_discount: 0,
    currency,
    note: null,
    items: [],
    discounts: [],
    attributes: {},
    checkout_url: '/checkout',
    additional_checkout_buttons: [],
  };
}
