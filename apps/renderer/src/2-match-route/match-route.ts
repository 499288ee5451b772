import { type ListFilters, noFilters, readFilters } from '@renderer/catalog';
import { type AccountPage, type AccountRoute, matchAccount } from '../account/account-route';
import type { SentType } from '../actions/forms/form-results';
import { type CheckoutAsked, checkoutAsked } from './checkout-asked';
import { type ProductAsked, productAsked } from './product-asked';
import { type RecommendationsAsked, recommendationsAsked } from './recommendations-asked';
import { type SectionsAsked, sectionsAsked } from './sections-asked';
import { type SuggestAsked, suggestAsked } from './suggest-asked';

/** What a path asks for. */
export type Route =
  | { kind: 'page'; page: PageRoute }
  | { kind: 'redirect'; to: string }
  | { kind: 'asset'; name: string; hash: string; extension: string }
  | { kind: 'image'; hash: string; width: number }
  /** What browsers ask for unasked; a theme names its icon in its pages. */
  | { kind: 'icon' }
  | { kind: 'robots' }
  | { kind: 'sitemap'; part: SitemapPart | null; page: number }
  | { kind: 'action'; action: CartAction; json: boolean }
  /** A link with a discount code. */
  | { kind: 'discount'; code: string }
  /** A link that fills a cart: variants by their public ids. */
  | { kind: 'cart-link'; items: { variant: number; quantity: number }[] }
  /** What sending the cart somewhere would cost, for scripts. */
  | { kind: 'shipping-rates'; verb: 'show' | 'prepare' }
  /** Our own pages of the checkout and of orders. */
  | { kind: 'checkout'; asked: CheckoutAsked }
  /** Where browsers tell what the policy of the checkout's pages kept out. */
  | { kind: 'policy-report' }
  /** Our own page by which consumers withdraw from a contract. */
  | { kind: 'withdraw' }
  /** What a form of the page is sent to. */
  | { kind: 'form'; form: SentType }
  /** A customer's account. */
  | AccountRoute
  /** A product for scripts; a page where a product's handle ends like that. */
  | { kind: 'product-data'; asked: ProductAsked; page: PageRoute }
  /** What goes with a product, for scripts. */
  | { kind: 'recommendations'; asked: RecommendationsAsked }
  /** Data for scripts whose parameters cannot be read. */
  | { kind: 'bad-data'; why: string }
  /** What is found while a shopper types, for scripts. */
  | { kind: 'suggest'; asked: SuggestAsked }
  /** Sections of a page whose ids cannot be read, or too many. */
  | { kind: 'bad-sections' }
  | { kind: 'nothing' };

/** A page of the theme with the parameters that its path and query carry. */
export interface PageRoute {
  type:
    | 'index'
    | 'blog'
    | 'article'
    | 'product'
    | 'collection'
    | 'list-collections'
    | 'page'
    | 'search'
    | 'cart'
    | 'password'
    | `customers/${AccountPage}`
    | '404';
  handle: string | null;
  /** Of an article: its own handle, beside that of the blog. */
  article?: string;
  /** Of a blog: only articles with this tag. */
  tag?: string;
  /** An alternate template that the platform asks for: `error` of the 404 page. */
  suffix?: string;
  /** The path that names this page once and for all. */
  canonicalPath: string;
  query: ReadonlyMap<string, string>;
  /** What a list of products is narrowed by. */
  filters: ListFilters;
  /** The language of the address; none for the store's first one. */
  locale?: string;
  /** 1-based page of a paged list. */
  page: number;
  /** Sections of the search page are asked for with what is found while the shopper types. */
  suggest?: SuggestAsked;
  /** Sections of a product's page are asked for with what goes with the product. */
  recommend?: RecommendationsAsked;
  /** Sections that are asked for instead of the page; they are rendered as on the page. */
  sections?: SectionsAsked;
}

/** The page of a path that leads nowhere. */
export const lostPage: PageRoute = {
  type: '404',
  handle: null,
  canonicalPath: '/404',
  query: new Map(),
  filters: noFilters,
  page: 1,
};

/** The page that asks for the store's password. */
export const passwordPage: PageRoute = {
  ...lostPage,
  type: 'password',
  canonicalPath: '/password',
};

/** What a shopper can do to a cart. */
export type CartAction = 'show' | 'add' | 'change' | 'update' | 'clear' | 'post';

/** The parts of a sitemap. */
export type SitemapPart = 'products' | 'collections' | 'pages' | 'blogs';

/** Where browsers report to. */
export const policyReports = '/checkouts/policy-reports';

/** Query parameters that pages know; others change nothing and must not multiply cached pages. */
const knownParameters = ['page', 'sort_by', 'q', 'ids', 'variant', 'view', 'type'];

const handlePattern = /^[\p{L}\p{N}][\p{L}\p{N}._~-]{0,254}$/u;

/**
 * Matches a path.
 * @param pathAndQuery as sent, beginning with a slash
 */
export function matchRoute(pathAndQuery: string): Route {
  const [rawPath = '/', ...rest] = pathAndQuery.split('?');
  const search = rest.join('?');
  const path = decode(rawPath);
  if (path === null) return { kind: 'nothing' };
  if (path !== '/' && path.endsWith('/')) {
    // One leading slash only: `//evil.example/` must not become a redirect to another host.
    const to = `/${rawPath.replace(/^\/+|\/+$/g, '')}`;
    return { kind: 'redirect', to: search === '' ? to : `${to}?${search}` };
  }
  if (path === policyReports) return { kind: 'policy-report' };
  const checkout = checkoutAsked(path);
  if (checkout) return { kind: 'checkout', asked: checkout };
  const given = new URLSearchParams(search);
  const query = parseQuery(given);
  if (path === '/search/suggest.json') {
    const asked = suggestAsked(given);
    return typeof asked === 'string'
      ? { kind: 'bad-data', why: asked }
      : { kind: 'suggest', asked };
  }
  if (path === '/recommendations/products.json') {
    const asked = recommendationsAsked(given);
    return typeof asked === 'string'
      ? { kind: 'bad-data', why: asked }
      : { kind: 'recommendations', asked };
  }
  if (/^\/account(?:\/|$)/.test(path)) return matchAccount(path) ?? { kind: 'nothing' };
  const route = matchFixed(path, query) ?? matchTree(path.slice(1).split('/'), query);
  if (route.kind !== 'page') return route;
  const asked = withSections(withFilters(route.page, given), given);
  if (asked.kind !== 'page') return asked;
  const { page } = asked;
  const data = page.type === 'product' ? productAsked(page.handle ?? '') : null;
  if (data) return { kind: 'product-data', asked: data, page };
  if (path === '/search/suggest') return forSections(page, 'suggest', suggestAsked(given));
  if (path !== '/recommendations/products') return asked;
  return forSections(page, 'recommend', recommendationsAsked(given));
}

/** What only sections can show: there is no page of it. */
function forSections<Name extends 'suggest' | 'recommend'>(
  page: PageRoute,
  name: Name,
  asked: Required<PageRoute>[Name] | string,
): Route {
  if (!page.sections) return { kind: 'bad-sections' };
  if (typeof asked === 'string') return { kind: 'bad-data', why: asked };
  return { kind: 'page', page: { ...page, [name]: asked } };
}

function withFilters(page: PageRoute, given: URLSearchParams): PageRoute {
  const isList = page.type === 'collection' || page.type === 'search';
  return isList ? { ...page, filters: readFilters(given) } : page;
}

/** What of a page is asked for. Not part of its query: sections look as they do on the whole page. */
function withSections(page: PageRoute, given: URLSearchParams): Route {
  const sections = sectionsAsked(given);
  if (sections === 'malformed') return { kind: 'bad-sections' };
  return { kind: 'page', page: sections ? { ...page, sections } : page };
}

function matchFixed(path: string, query: ReadonlyMap<string, string>): Route | null {
  switch (path) {
    case '/':
      return page('index', null, '/', query);
    case '/favicon.ico':
      return { kind: 'icon' };
    case '/robots.txt':
      return { kind: 'robots' };
    case '/sitemap.xml':
      return { kind: 'sitemap', part: null, page: 1 };
    case '/search':
    case '/search/suggest':
      return page('search', null, '/search', query);
    case '/recommendations/products':
      return page('product', null, path, query);
    case '/cart':
      return page('cart', null, '/cart', query);
    case '/cart.js':
    case '/cart.json':
      return { kind: 'action', action: 'show', json: true };
    case '/cart/shipping_rates.json':
    case '/cart/async_shipping_rates.json':
      return { kind: 'shipping-rates', verb: 'show' };
    case '/cart/prepare_shipping_rates.json':
      return { kind: 'shipping-rates', verb: 'prepare' };
    case '/contact':
    case '/newsletter':
    case '/localization':
    case '/password':
      return { kind: 'form', form: path.slice(1) as SentType };
    case '/withdraw':
      return { kind: 'withdraw' };
    case '/collections':
      return page('list-collections', null, '/collections', query);
    default:
      return null;
  }
}

function matchTree(parts: string[], query: ReadonlyMap<string, string>): Route {
  const [area, second = '', third, fourth] = parts;
  const good = handlePattern.test(second);
  if (area === 'cdn' && second === 't' && parts.length === 3) return asset(third ?? '');
  if (area === 'cdn' && second === 'i' && parts.length === 4)
    return image(third ?? '', fourth ?? '');
  if (area === 'cart' && parts.length === 2) return cartAction(second);
  if (area === 'discount' && parts.length === 2) return { kind: 'discount', code: second };
  const sitemap =
    parts.length === 1
      ? /^sitemap-(products|collections|pages|blogs)(?:-([1-9]\d{0,4}))?\.xml$/.exec(area ?? '')
      : null;
  if (sitemap) {
    return { kind: 'sitemap', part: sitemap[1] as SitemapPart, page: Number(sitemap[2] ?? 1) };
  }
  if (!good) return { kind: 'nothing' };
  const path = `/${area}/${encodeURIComponent(second)}`;
  if (parts.length === 2) {
    if (area === 'products') return page('product', second, path, query);
    if (area === 'collections') return page('collection', second, path, query);
    if (area === 'pages') return page('page', second, path, query);
  }
  if (area === 'blogs') return blogPage(parts, query);
  const nested = area === 'collections' && third === 'products' && parts.length === 4;
  if (nested && fourth !== undefined && handlePattern.test(fourth)) {
    return page('product', fourth, `/products/${encodeURIComponent(fourth)}`, query);
  }
  return { kind: 'nothing' };
}

/** `/blogs/<blog>`, `/blogs/<blog>/tagged/<tag>` and `/blogs/<blog>/<article>`. */
function blogPage(parts: string[], query: ReadonlyMap<string, string>): Route {
  const [, blog = '', second = '', tag = ''] = parts;
  const path = `/blogs/${encodeURIComponent(blog)}`;
  const found = page('blog', blog, path, query);
  if (found.kind !== 'page' || parts.length === 2) return found;
  if (parts.length === 4 && second === 'tagged' && tag !== '' && tag.length <= 255) {
    const canonicalPath = `${path}/tagged/${encodeURIComponent(tag)}`;
    return { kind: 'page', page: { ...found.page, canonicalPath, tag } };
  }
  if (parts.length !== 3 || !handlePattern.test(second)) return { kind: 'nothing' };
  const canonicalPath = `${path}/${encodeURIComponent(second)}`;
  return { kind: 'page', page: { ...found.page, type: 'article', canonicalPath, article: second } };
}

function cartAction(name: string): Route {
  if (/^\d{1,16}:\d{1,4}(,\d{1,16}:\d{1,4}){0,99}$/.test(name)) return cartLink(name);
  const match = /^(add|change|update|clear)(\.js)?$/.exec(name);
  if (!match) return { kind: 'nothing' };
  return { kind: 'action', action: match[1] as CartAction, json: match[2] !== undefined };
}

/** `/cart/<variant>:<quantity>,…`: what is asked of nothing is left out. */
function cartLink(name: string): Route {
  const items = name.split(',').map((pair) => {
    const [variant, quantity] = pair.split(':').map(Number);
    return { variant: variant ?? 0, quantity: quantity ?? 0 };
  });
  const wanted = items.filter(({ quantity }) => quantity > 0);
  return wanted.length === 0 ? { kind: 'nothing' } : { kind: 'cart-link', items: wanted };
}

/** `<name>.<hash16>.<extension>`: the address of an asset names its content (domains.md, 7.1). */
function asset(file: string): Route {
  const match = /^([\w.~-]{1,100})\.([0-9a-f]{16})\.([a-z0-9]{1,8})$/.exec(file);
  if (!match) return { kind: 'nothing' };
  const [, name = '', hash = '', extension = ''] = match;
  return { kind: 'asset', name, hash, extension };
}

/** `/cdn/i/<hash>/<width>.webp`: a size of an image. */
function image(hash: string, file: string): Route {
  const width = /^(\d{1,5})\.webp$/.exec(file)?.[1];
  if (!/^[0-9a-f]{64}$/.test(hash) || width === undefined) return { kind: 'nothing' };
  return { kind: 'image', hash, width: Number(width) };
}

function page(
  type: PageRoute['type'],
  handle: string | null,
  canonicalPath: string,
  query: ReadonlyMap<string, string>,
): Route {
  const number = Number(query.get('page') ?? '1');
  const good = Number.isSafeInteger(number) && number >= 1 && number <= 10_000;
  return {
    kind: 'page',
    page: { type, handle, canonicalPath, query, filters: noFilters, page: good ? number : 1 },
  };
}

/** The known parameters, each once (the first), in a fixed order, so that one page has one key. */
function parseQuery(given: URLSearchParams): Map<string, string> {
  const query = new Map<string, string>();
  for (const name of knownParameters) {
    const value = given.get(name);
    if (value !== null && value.length <= 500) query.set(name, value);
  }
  return query;
}

function decode(path: string): string | null {
  try {
    const decoded = decodeURIComponent(path);
    // oxlint-disable-next-line no-control-regex -- control characters have no business in a path
    return /[\u0000-\u001f\\]/.test(decoded) ? null : decoded;
  } catch {
    return null;
  }
}
