import type { ShopResponse } from '../shop-request';

const first = /^\/([a-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3})(?=[/?]|$)/;

/** What stands at the front of a path, if it may be a language: `de` of `/de/cart`. */
export function localeOf(path: string): string | null {
  return first.exec(path)?.[1] ?? null;
}

/**
 * The path without its language: `/cart` of `/de/cart`, `/` of `/de`; as it is when it has not that one. It begins with
 * one slash, since two would name another host to the browser.
 */
export function withoutLocale(path: string, locale: string | undefined): string {
  if (locale === undefined || localeOf(path) !== locale) return path;
  const rest = path.slice(locale.length + 1);
  return `/${rest.replace(/^\/+/, '')}`;
}

/** The path in a language; as it is in the store's first one, and when it has that language already. */
export function withLocale(path: string, locale: string | undefined): string {
  if (locale === undefined || localeOf(path) === locale) return path;
  return path === '/' ? `/${locale}` : `/${locale}${path.replace(/^\/(?=[?#])/, '')}`;
}

/** An answer whose redirect stays in the language of the request. */
export function keepLocale(response: ShopResponse, locale: string): ShopResponse {
  const { location } = response.headers;
  if (typeof location !== 'string' || !/^\/(?!\/)/.test(location)) return response;
  return { ...response, headers: { ...response.headers, location: withLocale(location, locale) } };
}

/**
 * A copy of page data whose addresses of pages are in a language. Addresses stand under `url` and names that end in
 * `_url`; files have no language.
 */
export function inLocale<T>(data: T, locale: string): T {
  return walk(data, '', locale) as T;
}

function walk(value: unknown, key: string, locale: string): unknown {
  if (typeof value === 'string') {
    const isPage = /(^|_)url$/.test(key) && /^\/(?!\/|cdn\/)/.test(value);
    return isPage ? withLocale(value, locale) : value;
  }
  if (Array.isArray(value)) return value.map((one) => walk(one, key, locale));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, walk(one, name, locale)]),
  );
}
