import { Merchant, atelierZip } from './merchant';
import { readProductFile } from './product-file';
import { ask } from './shopper';
import type { Town } from './town';

/** The store that the journey opens. */
export const shopHost = 'shop.example.test';
export const shopFile = readProductFile();

/**
 * The merchant's part of the main job and what a program sees of it, as tests that build on one another; on whatever
 * machines the town was opened with.
 * @param town there when the tests run
 */
export function openAStore(town: () => Town): void {
  let merchant: Merchant;
  const { chosen } = shopFile;
  const productPath = `/products/${chosen.handle}`;
  const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
    ask(town().deployment.ports, shopHost, path, { method, headers, rootPem: town().rootPem });

  test('a merchant signs up', async () => {
    merchant = await Merchant.signUp(town().deployment.apiUrl, { handle: 'slope', name: 'Slope' });
    expect(merchant.storeId).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('imports a product file, every row of it', async () => {
    const state = await merchant.importProducts(shopFile.content);
    expect(state).toMatchObject({ status: 'completed', progress: 1 });
    const { products, variants } = state.counts;
    expect(products).toEqual({ created: shopFile.products, updated: 0, skipped: 0, failed: 0 });
    expect(variants).toEqual({ created: shopFile.variants, updated: 0, failed: 0 });
    expect(await merchant.all('/products')).toHaveLength(shopFile.products);
  });

  test('a second import of the same file changes nothing', async () => {
    const before = await merchant.all('/products');
    const { counts } = await merchant.importProducts(shopFile.content, '?overwrite=true');
    expect(counts.products).toMatchObject({ created: 0, updated: 0, failed: 0 });
    expect(counts.variants).toEqual({ created: 0, updated: 0, failed: 0 });
    expect(await merchant.all('/products')).toEqual(before);
  });

  test('publishes a theme, and the store answers on its platform name', async () => {
    await merchant.publishTheme(await atelierZip());
    const { ports } = town().deployment;
    const page = await ask(ports, 'slope.localhost', productPath);
    expect(page.status).toBe(200);
    expect(page.text).toContain(chosen.title);
  });

  test('connects a hostname, which gets its certificate', async () => {
    const id = await merchant.claimHostname(shopHost, town().setRecord);
    expect(await merchant.activeHostname(id)).toMatchObject({
      hostname: shopHost,
      primary: true,
      ownership: { status: 'verified' },
      routing: { status: 'ok' },
      certificate: { status: 'valid', problem: null },
    });
  });

  test('the platform name and plain HTTP lead to the hostname over HTTPS', async () => {
    const { ports } = town().deployment;
    const there = `https://${shopHost}:${ports.tls}${productPath}?variant=1`;
    for (const host of ['slope.localhost', shopHost]) {
      // What a renderer knows of a host may be five seconds old.
      const moved = await untilMoved(() => ask(ports, host, `${productPath}?variant=1`));
      expect([host, moved.status, moved.headers.location]).toEqual([host, 301, there]);
    }
  });

  test('pages are whole: title, canonical address, structured data, compression, validators', async () => {
    const page = await get(productPath);
    expect(page.status).toBe(200);
    const address = `https://${shopHost}:${town().deployment.ports.tls}${productPath}`;
    expect(page.text).toContain(`<link rel="canonical" href="${address}"`);
    expect(structuredData(page.text)).toEqual(
      expect.arrayContaining(['Product', 'BreadcrumbList']),
    );
    expect(page.text).toContain(chosen.price);

    const etag = String(page.headers.etag);
    const again = await get(productPath, { 'if-none-match': etag });
    expect([again.status, again.bytes.length]).toEqual([304, 0]);
    for (const encoding of ['br', 'gzip']) {
      const packed = await get(productPath, { 'accept-encoding': encoding });
      expect(packed.headers['content-encoding']).toBe(encoding);
      expect(packed.bytes.equals(page.bytes)).toBe(true);
    }
    const head = await get(productPath, {}, 'HEAD');
    expect([head.status, head.headers.etag, head.bytes.length]).toEqual([200, etag, 0]);
  });

  test('every kind of page is in the theme; what is not there is a friendly 404', async () => {
    for (const path of ['/', '/collections', '/collections/all', '/cart']) {
      const page = await get(path);
      expect([path, page.status]).toEqual([path, 200]);
      expect(page.text).toContain('Slope');
    }
    const found = await get(`/search?q=${encodeURIComponent(chosen.search)}`);
    expect(found.text).toContain(productPath);
    const lost = await get('/products/there-is-no-such-thing');
    expect([lost.status, /Slope/.test(lost.text)]).toEqual([404, true]);
    expect((await get('/robots.txt')).text).toContain('Sitemap: https://shop.example.test:');
    const sitemap = await get('/sitemap.xml');
    const parts = [...sitemap.text.matchAll(/<loc>https:\/\/[^/]+([^<]*products[^<]*)<\/loc>/g)];
    const products = await get(String(parts[0]?.[1]));
    // A file may hold products that are not to be shown.
    const all = await merchant.all<{ publishedAt: string | null }>('/products');
    const shown = all.filter(({ publishedAt }) => publishedAt !== null);
    expect(shown.length).toBeGreaterThan(shopFile.products * 0.9);
    expect(products.text.match(/<url>/g)).toHaveLength(shown.length);
  });

  test('the theme’s files are compressed once and kept for ever', async () => {
    const page = await get('/');
    const hrefs = [...page.text.matchAll(/"(\/cdn\/t\/[^"]+\.(?:css|js))"/g)].map(
      ([, href]) => href,
    );
    const files = await Promise.all(
      hrefs.map((href) => get(String(href), { 'accept-encoding': 'br, gzip' })),
    );
    expect(files.map(({ status }) => status)).toEqual(hrefs.map(() => 200));
    // The smallest are no smaller when they are packed.
    expect(files.map(({ headers }) => headers['content-encoding'])).toContain('br');
    for (const file of files) expect(file.headers['cache-control']).toContain('immutable');
  });
}

/** The `@type`s of a page's structured data. */
function structuredData(html: string): string[] {
  const scripts = html.matchAll(/<script type="application\/ld\+json"[^>]*>(.*?)<\/script>/gs);
  return [...scripts].flatMap(([, json]) => {
    const data = JSON.parse(String(json)) as { '@type'?: string; '@graph'?: { '@type': string }[] };
    return [data['@type'], ...(data['@graph'] ?? []).map((node) => node['@type'])].filter(
      (type) => type !== undefined,
    );
  });
}

async function untilMoved<T extends { status: number }>(look: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + 10_000;
  for (;;) {
    const answer = await look();
    if (answer.status === 301 || Date.now() > deadline) return answer;
    await new Promise((done) => setTimeout(done, 200));
  }
}
