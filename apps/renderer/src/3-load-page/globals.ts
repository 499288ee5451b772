import { LRUCache } from 'lru-cache';
import type { ThemeMeta } from '@libs/template-engine';
import { filterParameters } from '@renderer/catalog';
import type { MenuData } from '@renderer/content';
import type { ShopData } from '@renderer/stores';
import type { PageRoute } from '../2-match-route/match-route';
import type { LinkState } from './menu-view';
import { menuView } from './menu-view';

/** What every page's `@object`s are made of. */
export interface GlobalsInput {
  shop: ShopData;
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
  return {
    shop: shopView(input),
    request: {
      path: route.canonicalPath,
      query: queryView(route),
      page_type: route.type,
      host: input.host,
      locale,
      dir: rightToLeft.test(locale) ? 'rtl' : 'ltr',
      country: shop.country,
      currency: shop.currency,
      design_mode: false,
      canonical_url: `${origin}${route.canonicalPath}`,
      page: route.page,
    },
    page_meta: { title: input.title, description: input.description, image: input.image },
    template: input.template,
    routes: {
      root: '/',
      cart: '/cart',
      cart_add: '/cart/add',
      cart_change: '/cart/change',
      cart_update: '/cart/update',
      search: '/search',
      collections: '/collections',
      all_products: '/collections/all',
    },
    menus: Object.fromEntries(
      Object.entries(menus).map(([handle, menu]) => [handle, menuView(menu, state)]),
    ),
    localization: { countries: [], languages: [], country: null, language: null },
    customer: null,
    settings: meta.settings,
  };
}

/** The known parameters; one that is given several times is a list, so that links to other pages keep all of it. */
function queryView({ query, filters }: PageRoute): Record<string, string | string[]> {
  const view: Record<string, string | string[]> = Object.fromEntries(query);
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

function shopView({ shop, origin, host, locale }: GlobalsInput): Record<string, unknown> {
  return {
    id: shop.storeId,
    name: shop.name,
    url: origin,
    domain: host,
    email: shop.email ?? '',
    currency: shop.currency,
    money_format: '',
    locales: [
      {
        code: locale,
        name: nameOf(locale),
        url: '/',
        active: true,
        dir: rightToLeft.test(locale) ? 'rtl' : 'ltr',
      },
    ],
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
  };
}
