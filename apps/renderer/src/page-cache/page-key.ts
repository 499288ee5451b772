import { filterParameters } from '@renderer/catalog';
import type { PageRoute } from '../2-match-route/match-route';

/** All that a public page depends on beside its store and the stamp. @param host the store's primary one */
export function pageKey(host: string, route: PageRoute): string {
  const { type, canonicalPath, query, filters, locale = '' } = route;
  const parameters = new URLSearchParams([...query]);
  for (const [name, value] of filterParameters(filters)) parameters.append(name, value);
  return `${host}|${locale}|${type}|${canonicalPath}|${parameters.toString()}`;
}
