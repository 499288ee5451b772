import type { ShopResponse } from '../shop-request';

/** One address of a sitemap. */
export interface SitemapEntry {
  url: string;
  updated_at: Date;
}

/** What crawlers should leave alone: they are endless, private or change nothing. */
const disallowed = [
  '/cart',
  '/checkout',
  '/account',
  '/search',
  '/*?*sort_by=',
  '/*?*filter.',
  '/*?*section_id=',
];

/** `robots.txt` of a store, with the address of its sitemap. */
export function robotsTxt(origin: string): ShopResponse {
  const lines = [
    'User-agent: *',
    ...disallowed.map((path) => `Disallow: ${path}`),
    '',
    `Sitemap: ${origin}/sitemap.xml`,
    '',
  ];
  return file('text/plain; charset=utf-8', lines.join('\n'));
}

/** `robots.txt` of a store that asks for a password. */
export function closedRobotsTxt(): ShopResponse {
  return file('text/plain; charset=utf-8', 'User-agent: *\nDisallow: /\n');
}

/** The list of a store's sitemaps (sitemaps.org, 0.9). @param parts kinds of pages and how many sitemaps each has */
export function sitemapIndex(origin: string, parts: Record<string, number>): ShopResponse {
  const items = Object.entries(parts).flatMap(([part, pages]) =>
    Array.from({ length: pages }, (_, index) => {
      const number = index === 0 ? '' : `-${index + 1}`;
      return `<sitemap><loc>${origin}/sitemap-${part}${number}.xml</loc></sitemap>`;
    }),
  );
  return xml(`<sitemapindex ${namespace}>${items.join('')}</sitemapindex>`);
}

/** One sitemap; at most 50,000 addresses by the protocol. */
export function sitemap(origin: string, entries: readonly SitemapEntry[]): ShopResponse {
  const items = entries
    .slice(0, 50_000)
    .map(
      ({ url, updated_at }) =>
        `<url><loc>${origin}${encodeURI(url)
          .replaceAll('&', '&amp;')
          .replaceAll(
            "'",
            '&apos;',
          )}</loc><lastmod>${new Date(updated_at).toISOString()}</lastmod></url>`,
    );
  return xml(`<urlset ${namespace}>${items.join('')}</urlset>`);
}

const namespace = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"';

function xml(content: string): ShopResponse {
  return file('application/xml; charset=utf-8', `<?xml version="1.0" encoding="UTF-8"?>${content}`);
}

function file(type: string, text: string): ShopResponse {
  return {
    status: 200,
    headers: { 'content-type': type, 'cache-control': 'public, max-age=300' },
    body: Buffer.from(text),
  };
}
