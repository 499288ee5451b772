import { filterParameters } from '@renderer/catalog';
import type { PageRoute } from '../2-match-route/match-route';

/** All that a public page depends on beside its store and the stamp. @param host the store's primary one @param country whose prices it has */
export function pageKey(host: string, route: PageRoute, country: string | null = null): string {
  const { type, canonicalPath, query, filters, locale = '', recommend } = route;
  const parameters = new URLSearchParams([...query]);
  for (const [name, value] of filterParameters(filters)) parameters.append(name, value);
  for (const [name, value] of Object.entries(recommend ?? {}))
    parameters.append(name, String(value));
  return `${host}|${country ?? ''}|${locale}|${type}|${canonicalPath}|${parameters.toString()}`;
}
