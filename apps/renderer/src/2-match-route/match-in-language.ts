import { localeOf, withLocale, withoutLocale } from './locale-prefix';
import { type Route, matchRoute } from './match-route';
import type { StoreSettings } from './store-settings';

/** What a path asks for, and in which of a store's languages. */
export interface RouteInLanguage {
  /** Its pages and redirects are in the language already. */
  route: Route;
  /** None for the store's first one, which has no addresses of its own. */
  locale: string | undefined;
}

/**
 * Takes the language off the front of a path.
 * @param path path and query
 * @param languages the store's; asked for only where the path may begin with one
 */
export async function matchInLanguage(
  path: string,
  languages: () => Promise<Pick<StoreSettings, 'locale' | 'otherLocales'>>,
): Promise<RouteInLanguage> {
  const tag = localeOf(path);
  if (tag === null) return { route: matchRoute(path), locale: undefined };
  const { locale: first, otherLocales } = await languages();
  if (tag === first) {
    return { route: { kind: 'redirect', to: withoutLocale(path, tag) }, locale: undefined };
  }
  if (!otherLocales.includes(tag)) return { route: matchRoute(path), locale: undefined };
  return { route: inLanguage(matchRoute(withoutLocale(path, tag)), tag), locale: tag };
}

function inLanguage(route: Route, locale: string): Route {
  if (route.kind === 'redirect') return { ...route, to: withLocale(route.to, locale) };
  return route.kind === 'page' ? { ...route, page: { ...route.page, locale } } : route;
}
