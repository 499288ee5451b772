import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'parse5';
import { Metrics } from '@platform/telemetry';
import { matchRoute } from '../../src/2-match-route/match-route';
import { StoreResolver } from '../../src/1-resolve-store/resolve-store';
import { PageLoader } from '../../src/3-load-page/load-page';
import { type ShopLab, openShopLab } from '../shop-lab';

/**
 * Each page kind with the data that its templates read and the HTML that comes of it, as files that are reviewed when
 * they change (`CARAVEL_GOLDEN=write npx jest apps/renderer/test/golden`), and with the statements that it may send.
 */
describe('pages', () => {
  let lab: ShopLab;

  beforeAll(async () => {
    lab = await openShopLab();
    await lab.call('PATCH ', { name: 'Kiln & Field', description: 'Stoneware for every day.' });
    const small: string[] = [];
    for (const [index, title] of ['Bottle vase', 'Bowl <b>large</b>', 'Cup'].entries()) {
      const made = await lab.call('POST /products', {
        title,
        bodyHtml: `<p>${title.replace(/<.*?>/g, '')}, thrown by hand.</p>`,
        vendor: 'Kiln',
        productType: 'Vases',
        tags: ['stoneware'],
        options: [{ name: 'Size' }],
        variants: [
          { options: ['Small'], priceMinor: 5900, sku: `S-${index}` },
          { options: ['Large'], priceMinor: 8900, tracked: true, quantity: index },
        ],
      });
      expect([made.status, made.text]).toEqual([201, expect.any(String)]);
      small.push(`/products/${made.body.id}/variants/${made.body.variants[0].id}`);
    }
    // Reduced after a month at the full price: only then may something be struck through.
    await lab.api.db.acrossStores('let a month go by in a test', (tx) =>
      tx.execute("UPDATE price_intervals SET starts_at = starts_at - interval '31 days'"),
    );
    for (const [index, path] of small.entries())
      await lab.call(`PATCH ${path}`, { priceMinor: 4900 + index, compareAtMinor: 6900 });
    await lab.call('POST /collections', {
      title: 'Vases',
      rules: { all: [{ field: 'type', operator: 'equals', value: 'Vases' }] },
    });
    await lab.call('POST /pages', { title: 'About us', bodyHtml: '<p>We throw pots.</p>' });
    await lab.api.drain();
  }, 120_000);
  afterAll(() => lab.close());

  // House budgets: product at most 6, home at most 8; the others are held to what they need today.
  it.each([
    ['home', '/', 200, 8],
    ['product', '/products/bottle-vase', 200, 6],
    ['product-variant', '/products/bowl-b-large-b?variant=LARGE', 200, 6],
    ['collection', '/collections/vases?sort_by=price-descending', 200, 4],
    ['all', '/collections/all', 200, 4],
    ['list-collections', '/collections', 200, 6],
    ['search', '/search?q=vase', 200, 5],
    ['page', '/pages/about-us', 200, 5],
    ['cart', '/cart', 200, 4],
    ['404', '/products/nothing', 404, 6],
  ])('%s', async (name, path, status, budget) => {
    const route = matchRoute(path);
    if (route.kind !== 'page') throw new Error(`${path} is no page.`);
    const site = await lab.renderer
      .get(StoreResolver)
      .resolve(`${lab.merchant.handle}.localhost`);
    if (site.kind !== 'store') throw new Error('The store does not answer.');
    // Once for the memory of theme versions; a second visitor is who the budget is for.
    await lab.renderer.get(PageLoader).load(site, route.page, { cartToken: null });
    const loaded = await lab.renderer.get(PageLoader).load(site, route.page, { cartToken: null });
    expect(loaded?.statements).toBeLessThanOrEqual(budget);
    const response = await lab.visit(path);
    expect(response.status).toBe(status);
    const html = response.body.toString();
    expect(faults(html)).toEqual([]);
    // A shopper with a cart gets the page made again, of the sections that were made before.
    const again = await lab.visit(path, { headers: { cookie: `cart=${'0'.repeat(32)}` } });
    expect(again.body.toString()).toBe(html);
    golden(`${name}.html`, mainOf(html));
    golden(`${name}.json`, `${JSON.stringify(steady(loaded?.input.globals), null, 1)}\n`);
  });

  it('made them again of fragments', async () => {
    const metrics = await lab.renderer.get(Metrics).text();
    const hits = /fragment_lookups_total\{outcome="hit"\} (\d+)/.exec(metrics)?.[1];
    expect(Number(hits)).toBeGreaterThan(10);
  });

  it('sends as many statements for many things as for one', async () => {
    const count = async (path: string) => {
      const route = matchRoute(path);
      const site = await lab.renderer
        .get(StoreResolver)
        .resolve(`${lab.merchant.handle}.localhost`);
      if (route.kind !== 'page' || site.kind !== 'store') throw new Error('no page');
      // The first visitor after a change also reads what all pages of the store share.
      await lab.renderer.get(PageLoader).load(site, route.page, { cartToken: null });
      const page = await lab.renderer.get(PageLoader).load(site, route.page, { cartToken: null });
      return page?.statements;
    };
    const few = await count('/collections/all');
    for (let i = 0; i < 8; i += 1) await lab.call('POST /products', { title: `More ${i}` });
    expect(await count('/collections/all')).toBe(few);
  });
});

/** What the HTML parser of browsers complains about. */
function faults(html: string): string[] {
  const found: string[] = [];
  parse(html, {
    sourceCodeLocationInfo: true,
    onParseError: ({ code, startLine }) => found.push(`${code}:${startLine}`),
  });
  return found;
}

function mainOf(html: string): string {
  const main = /<main[^]*<\/main>/.exec(html)?.[0] ?? '';
  return `${steadyText(main).replace(/\n\s*\n+/g, '\n')}\n`;
}

/** Takes out what differs from run to run: hashes of files, ids and moments. */
function steadyText(text: string): string {
  return text
    .replace(/(\/cdn\/t\/[\w-]+\.)[0-9a-f]{16}\./g, '$1HASH.')
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, 'UUID')
    .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)/g, 'MOMENT');
}

function steady(data: unknown): unknown {
  return JSON.parse(steadyText(JSON.stringify(data ?? null))) as unknown;
}

function golden(file: string, content: string): void {
  const path = join(__dirname, file);
  if (process.env.CARAVEL_GOLDEN === 'write' || !existsSync(path)) {
    if (process.env.CI === 'true') throw new Error(`${file} is missing.`);
    writeFileSync(path, content);
  }
  expect(content).toBe(readFileSync(path, 'utf8'));
}
