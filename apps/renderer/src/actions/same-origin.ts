import type { ShopRequest } from '../shop-request';

type Asked = Pick<ShopRequest, 'headers' | 'hosts' | 'secure'>;

/**
 * Whether a request that changes something comes from the store's own pages. A browser says so by `Sec-Fetch-Site`, an
 * older one by `Origin`; a client that says neither carries no cookie across sites, since ours is SameSite=Lax.
 */
export function mayWrite({ headers, hosts, secure }: Asked): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  const origin = headers.origin;
  if (origin === undefined) return true;
  const own = `${secure ? 'https' : 'http'}://${hosts[0] ?? ''}`;
  return originOf(origin) !== null && originOf(origin) === originOf(own);
}

/** Whether a link may change something: only one that a shopper followed on the store's own pages. */
export function mayFollow({ headers }: Pick<Asked, 'headers'>): boolean {
  return headers['sec-fetch-site'] === 'same-origin' && !isFetchedAhead({ headers });
}

/** Whether a browser asks before the shopper did. */
export function isFetchedAhead({ headers }: Pick<Asked, 'headers'>): boolean {
  return `${headers['sec-purpose'] ?? ''} ${headers.purpose ?? ''}`.includes('prefetch');
}

/** A path of this store out of a form's `return_to`; null for anything that leads elsewhere. */
export function ownPath(text: string): string | null {
  if (!text.startsWith('/') || text.length > 2_000) return null;
  const base = 'http://own.invalid';
  const url = URL.canParse(text, base) ? new URL(text, base) : null;
  if (url?.origin !== base) return null;
  // Two slashes at the front would name another host to the browser.
  return `${url.pathname.replace(/^\/+/, '/')}${url.search}${url.hash}`;
}

/** The page that a request was sent from: path and query of a page of this store, or null where nothing says so. */
export function ownReferrer({ headers, hosts, secure }: Asked): string | null {
  const { referer } = headers;
  const own = originOf(`${secure ? 'https' : 'http'}://${hosts[0] ?? ''}`);
  if (referer === undefined || own === null || originOf(referer) !== own) return null;
  return ownPath(referer.slice(referer.indexOf('/', referer.indexOf('//') + 2)));
}

function originOf(text: string): string | null {
  return URL.canParse(text) ? new URL(text).origin : null;
}
