import { randomBytes } from 'node:crypto';
import type { BrowserField } from '@libs/payments';
import { policyReports } from '../2-match-route/match-route';
import type { ShopResponse } from '../shop-request';

/** What one browser did at the checkout: only there, an order's page shows names and addresses. */
export const browserCookie = 'checkout';

const days = 30;

/** The token of the browser, or null; a value that we did not make counts as none. */
export function browserOf(cookieHeader: string | undefined): string | null {
  return /(?:^|;\s*)checkout=([\w-]{32})(?:;|$)/.exec(cookieHeader ?? '')?.[1] ?? null;
}

/** The header that gives a browser its token: for this host alone, out of reach of scripts. */
export function browserHeader(token: string, secure: boolean): Record<string, string> {
  const flags = `Path=/; Max-Age=${days * 86_400}; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`;
  return { 'set-cookie': `${browserCookie}=${token}; ${flags}` };
}

/** For the style and the script of one answer. */
export function newNonce(): string {
  return randomBytes(16).toString('base64');
}

/**
 * What a page of the checkout may load (commerce.md, 7.5): its own style and script by nonce, pictures of the store,
 * nothing from anywhere else but what the providers' fields on this very page declare. Forms go to this host; the way
 * to a provider is a link of a page of ours.
 */
export function checkoutPolicy(nonce: string, fields: readonly BrowserField[] = []): string {
  const from = (directive: keyof BrowserField['hosts']): string =>
    [...new Set(fields.flatMap(({ hosts }) => hosts[directive]))]
      .map((host) => ` ${host}`)
      .join('');
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'${from('script')}`,
    ...(fields.length > 0 ? [`frame-src${from('frame')}`] : []),
    `style-src 'nonce-${nonce}'`,
    "img-src 'self' data:",
    `connect-src 'self'${from('connect')}`,
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    // The older word for browsers without the newer.
    `report-uri ${policyReports}`,
    'report-to checkout',
  ].join('; ');
}

/** A page of the checkout: kept by nobody, told to nobody. */
export function checkoutPage(
  status: number,
  page: string,
  policy: string,
  headers: Record<string, string> = {},
): ShopResponse {
  return {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': policy,
      'reporting-endpoints': `checkout="${policyReports}"`,
      'referrer-policy': 'no-referrer',
      'x-robots-tag': 'noindex',
      'x-frame-options': 'DENY',
      ...headers,
    },
    body: Buffer.from(page),
  };
}
