import { idleDays } from '@renderer/checkout';
import { cartCookie } from '../3-load-page/shopper';
import { jsonAnswer } from '../5-send-response/json-answer';
import { escapeHtml } from '../escape-html';
import type { ShopRequest, ShopResponse } from '../shop-request';

/** A shop's script, or a browser that follows a form. */
export type Reader = 'script' | 'browser';

/** Who asks: Dawn's scripts name the paths without `.js` (commerce.md, chapter 1). */
export function readerOf(json: boolean, { headers }: Pick<ShopRequest, 'headers'>): Reader {
  const accepts = /application\/(json|javascript)/i.test(headers.accept ?? '');
  const scripted = headers['x-requested-with']?.toLowerCase() === 'xmlhttprequest';
  return json || accepts || scripted ? 'script' : 'browser';
}

/** The cookie that carries a cart: for this host alone, out of reach of scripts. */
export function cookieHeader(token: string | null, secure: boolean): Record<string, string> {
  if (token === null) return {};
  const age = idleDays * 24 * 60 * 60;
  const flags = `Path=/; Max-Age=${age}; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`;
  return { 'set-cookie': `${cartCookie}=${token}; ${flags}` };
}

/** Takes the cart out of a browser: it is the customer's who signed out, and waits for them. */
export function noCartCookie(secure: boolean): string {
  return `${cartCookie}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`;
}

/**
 * Says why the cart stays as it was: to a script in the contract's shape, to a browser as a page with the way back.
 * @param why for the shopper; by field where they filled in a form, whose errors are lists as Shopify's are
 * @param headers besides the usual ones
 */
export function refuse(
  reader: Reader,
  status: number,
  why: string | FieldFaults,
  headers: Record<string, string> = {},
): ShopResponse {
  const message = titles[status] ?? 'Cart Error';
  const sentence = typeof why === 'string' ? why : Object.values(why).join(' ');
  if (reader === 'script') {
    const errors = typeof why === 'string' ? why : listed(why);
    const body = { status, message, description: sentence, errors };
    return jsonAnswer(status, body, headers);
  }
  return {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
      ...headers,
    },
    body: Buffer.from(page(sentence)),
  };
}

/** What is wrong, by the name of the field. */
export type FieldFaults = Readonly<Partial<Record<string, string>>>;

function listed(faults: FieldFaults): Record<string, string[]> {
  const named = Object.entries(faults);
  return Object.fromEntries(named.map(([field, sentence = '']) => [field, [sentence]]));
}

const titles: Record<number, string> = {
  400: 'Parameter Missing or Invalid',
  403: 'Forbidden',
  409: 'Conflict',
  415: 'Unsupported Media Type',
  429: 'Too Many Requests',
};

function page(sentence: string): string {
  return `<!doctype html>
<html><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex"><title>${escapeHtml(sentence)}</title>
<style>:root{color-scheme:light dark}body{font:1.0625rem/1.6 system-ui,sans-serif;display:grid;place-content:center;
min-height:90vh;margin:0;padding:1.5rem;text-align:center}p{margin:0 0 1rem;max-width:34rem}a{color:inherit}</style>
</head><body><main><p>${escapeHtml(sentence)}</p><p><a href="/cart">←</a></p></main></body></html>`;
}
