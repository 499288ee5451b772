import type { Config } from '@platform/config';
import type { ShopRequest } from '../shop-request';
import type { Site } from './resolve-store';

type StoreSite = Extract<Site, { kind: 'store' }>;

/** The origin that a store's links name, with a port only where it is not the usual one. */
export function originOf(site: StoreSite, shop: Config['shop']): string {
  return origin(site.primaryHost, site.primaryIsSecure, shop);
}

/**
 * Where a request that came to another host, or without encryption, has to go: first to HTTPS on the same host, which
 * is what HSTS asks for, then to the primary hostname (domains.md, 4.3).
 * @param path path and query
 * @returns null when the request is where it belongs
 */
export function canonicalUrl(
  site: StoreSite,
  request: Pick<ShopRequest, 'secure'>,
  path: string,
  shop: Config['shop'],
): string | null {
  if (!request.secure && site.isSecure) return `${origin(site.host, true, shop)}${path}`;
  if (site.host !== site.primaryHost) return `${originOf(site, shop)}${path}`;
  return null;
}

function origin(
  host: string,
  secure: boolean,
  { publicPort, tlsPublicPort }: Config['shop'],
): string {
  const port = secure ? tlsPublicPort : publicPort;
  const usual = secure ? 443 : 80;
  return `${secure ? 'https' : 'http'}://${host}${port === usual ? '' : `:${port}`}`;
}
