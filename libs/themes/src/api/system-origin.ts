import type { Config } from '@platform/config';

/**
 * Where a store answers under the platform's own name, whatever hostnames it has connected, with the port that browsers
 * see. Whoever reaches the API over https reaches the names of the platform's zone so too: a proxy with their
 * certificate stands before both.
 * @param handle the store's name in the zone
 * @returns an origin, without a slash at its end
 */
export function systemOrigin(handle: string, { api, shop }: Pick<Config, 'api' | 'shop'>): string {
  const secure = new URL(api.url).protocol === 'https:';
  const port = secure ? shop.tlsPublicPort : shop.publicPort;
  const usual = secure ? 443 : 80;
  return `${secure ? 'https' : 'http'}://${handle}.${shop.platformZone}${port === usual ? '' : `:${port}`}`;
}
