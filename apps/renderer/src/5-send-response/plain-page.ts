import type { ShopResponse } from '../shop-request';

/** Sentences for pages that no theme can make: there is no store, or its theme failed. */
const texts = {
  'bad-request': [
    400,
    'This address cannot be read',
    'The request names no host, or more than one.',
  ],
  nobody: [404, 'No store lives here', 'No store answers under this address. Check the spelling.'],
  gone: [410, 'This store has moved away', 'This address is no longer connected to a store.'],
  suspended: [503, 'This store is taking a break', 'It will be back. Please try again later.'],
  'no-theme': [503, 'This store opens soon', 'Its owner has not published a theme yet.'],
  'no-preview': [
    404,
    'This preview has ended',
    'Its link is too old, or somebody has ended it. Ask for a new one.',
  ],
  'not-found': [
    404,
    'This page does not exist',
    'The address may have changed. Start again at the front page.',
  ],
  'foreign-form': [
    403,
    'This form came from somewhere else',
    'Open the page of the store and send the form from there.',
  ],
  'bad-form': [400, 'This form cannot be read', 'Go back to the page and send it again.'],
  failed: [
    500,
    'Something went wrong',
    'The page could not be made. Please try again in a moment.',
  ],
  unreachable: [503, 'We will be right back', 'The store cannot be reached at the moment.'],
} as const;

/** One of those pages. */
export type PlainPage = keyof typeof texts;

/** A page without a theme: short, readable, and never a word about the inside. */
export function plainPage(name: PlainPage, requestId: string): ShopResponse {
  const [status, title, text] = texts[name];
  const retry: Record<string, string> = status === 503 ? { 'retry-after': '30' } : {};
  const home = name === 'not-found' ? '<p><a href="/">Front page</a></p>' : '';
  const body = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex"><title>${title}</title>
<style>:root{color-scheme:light dark}body{font:1.0625rem/1.6 system-ui,sans-serif;display:grid;place-content:center;
min-height:90vh;margin:0;padding:1.5rem;text-align:center}h1{font-size:1.75rem;font-weight:600;margin:0 0 .5rem}
p{margin:0 0 1rem;max-width:34rem}small{opacity:.6}</style></head>
<body><main><h1>${title}</h1><p>${text}</p>${home}<small>${requestId}</small></main></body></html>`;
  return {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
      ...retry,
    },
    body: Buffer.from(body),
  };
}

/** A redirect; permanent ones for names, temporary ones after a form. */
export function redirect(
  status: 301 | 302 | 303 | 308,
  location: string,
  headers: Record<string, string | string[]> = {},
): ShopResponse {
  return {
    status,
    headers: {
      location,
      'cache-control': status === 301 ? 'max-age=3600' : 'no-store',
      ...headers,
    },
    body: Buffer.alloc(0),
  };
}
