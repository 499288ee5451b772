import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { type Browser, openBrowser } from './test/browser';
import { CommandLine } from './test/command-line';
import { Deployment } from './test/deployment';
import { Merchant } from './test/merchant';
import { describeWith } from './test/tools';

jest.setTimeout(120_000);

describeWith(['chromium'], 'theme dev', () => {
  let deployment: Deployment;
  let cli: CommandLine;
  let dev: ChildProcess;
  let browser: Browser;
  let page: Page;
  let url: string;
  let said = '';

  beforeAll(async () => {
    deployment = await (await Deployment.prepare()).start();
    const merchant = await Merchant.signUp(deployment.apiUrl, { handle: 'kiln', name: 'Kiln' });
    await merchant.done('PATCH ', { body: { otherLocales: ['de'] } });
    await merchant.done('POST /products', { body: { title: 'Tall vase' } });
    cli = await CommandLine.open(deployment.apiUrl);
    await cli.run(['login', '--token-stdin'], merchant.token);
    await cli.run(['theme', 'init', 'shop']);
    await edit('sections/main-search.hbs', (text) =>
      text.replace('<h1>', '<div style="height:2000px"></div><h1>'),
    );
    dev = cli.start(['theme', 'dev', 'shop', '--port', '0', '--json']);
    dev.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()));
    const [first] = (await once(dev.stdout as NodeJS.ReadableStream, 'data')) as [Buffer];
    ({ url } = JSON.parse(first.toString()) as { url: string });
    browser = await openBrowser(null);
    page = await browser.context.newPage();
  });
  afterAll(async () => {
    await browser?.close();
    if (dev && dev.exitCode === null) {
      dev.kill('SIGKILL');
      await once(dev, 'exit');
    }
    await cli?.close();
    await deployment?.close();
  });

  const edit = async (file: string, change: (text: string) => string) => {
    const path = cli.path('shop', file);
    await writeFile(path, change(await readFile(path, 'utf8')));
  };

  test('shows the store’s real data, though the store has published nothing', async () => {
    await page.goto(`${url}/products/tall-vase`);
    expect(await page.locator('h1').innerText()).toBe('Tall vase');
    expect((await page.goto(`${url}/nowhere`))?.status()).toBe(404);
    const foreign = await fetch(url, { headers: { host: 'evil.example' } }).catch(() => null);
    expect(foreign?.status ?? 421).not.toBe(500);
  });

  test('puts a change into the page and keeps focus, what was typed, and the scroll', async () => {
    await page.goto(`${url}/search`);
    const field = page.locator('#search-field');
    await field.fill('half a wo');
    const before = await page.evaluate<number>('scrollY');
    expect(before).toBeGreaterThan(500);
    for (const word of ['Find', 'Look']) {
      const file = 'sections/main-search.hbs';
      const next = (await readFile(cli.path('shop', file), 'utf8')).replace(
        /<h1>.*<\/h1>/,
        `<h1>${word}</h1>`,
      );
      await writeFile(cli.path('shop', file), next);
      await page.locator('main h1', { hasText: word }).waitFor();
    }
    expect(await field.inputValue()).toBe('half a wo');
    expect(await page.evaluate<string>('document.activeElement.id')).toBe('search-field');
    expect(await page.evaluate<number>('scrollY')).toBe(before);
  });

  test('shows an error in the place of its section, and is well again when it is', async () => {
    await edit('sections/main-search.hbs', (text) =>
      text.replace('{{t "search.submit"}}', '{{t "search.su'),
    );
    const card = page.locator('[role=alert]', { hasText: 'sections/main-search.hbs' });
    await card.waitFor();
    expect(said).toContain('sections/main-search.hbs');
    expect(await page.locator('header').count()).toBe(1);
    await edit('sections/main-search.hbs', (text) =>
      text.replace('{{t "search.su', '{{t "search.submit"}}'),
    );
    await page.locator('#search-field').waitFor();
    expect(await card.count()).toBe(0);
  });

  test('takes a new style sheet without reloading', async () => {
    await page.evaluate('globalThis.stays = 1');
    await edit('assets/base.css', (text) => `${text}\nh1 { color: rgb(1, 2, 3); }\n`);
    await page.waitForFunction(
      `getComputedStyle(document.querySelector('main h1')).color === 'rgb(1, 2, 3)'`,
    );
    expect(await page.evaluate('globalThis.stays')).toBe(1);
  });

  test('lets a cart be filled, for this browser', async () => {
    await page.goto(`${url}/products/tall-vase`);
    const added = page.waitForResponse((one) => one.request().method() === 'POST');
    await page.locator('form.buy button').click();
    expect((await added).status()).toBe(302);
    await page.waitForURL(`${url}/cart`);
    expect(await page.locator('main').innerText()).toContain('Tall vase');
  });

  test('answers sections apart from their page, the cart’s verbs too, with the local theme’s markup', async () => {
    const read = (path: string, headers = {}) => fetch(`${url}${path}`, { headers });
    expect(await (await read('/products/tall-vase')).text()).toContain('data-page=');
    const several = (await (await read('/products/tall-vase?sections=main,nobody')).json()) as {
      main: string;
      nobody: null;
    };
    expect(several.main).toMatch(/^<section id="s-main"[\s\S]*Tall vase[\s\S]*<\/section>$/);
    expect(several.nobody).toBeNull();
    const one = await read('/products/tall-vase?section_id=main');
    expect([one.status, await one.text()]).toEqual([200, several.main]);
    expect((await read('/products/tall-vase?section_id=nobody')).status).toBe(404);
    const cart = await page.evaluate<{ item_count: number; sections: Record<string, string> }>(
      `fetch('/cart.js').then((answer) => answer.json()).then((cart) => fetch('/cart/change.js', {
        method: 'POST', headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ id: cart.items[0].key, quantity: 3, sections: 'main', sections_url: '/cart' }),
      })).then((answer) => answer.json())`,
    );
    expect(cart.item_count).toBe(3);
    expect(cart.sections['main']).toMatch(/data-section-type="main-cart"[\s\S]*value="3"/);
  });

  test('keeps the cart that a script filled when a section changes', async () => {
    await page.goto(`${url}/products/tall-vase`);
    await page.evaluate(`globalThis.stays = 1; fetch('/cart/clear.js', { method: 'POST' })`);
    await edit('sections/site-header.hbs', (text) =>
      text.replace('{{#schema}}', '<i class="count">{{@cart.item_count}} now</i>{{#schema}}'),
    );
    await page.locator('.count', { hasText: '0 now' }).waitFor();
    await page.evaluate(`fetch('/products/tall-vase.js').then((answer) => answer.json()).then(({ variants }) =>
      fetch('/cart/add.js', { method: 'POST', headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ id: variants[0].id, quantity: 2 }) })).then((answer) => answer.json())`);
    await edit('sections/site-header.hbs', (text) => text.replace(' now</i>', ' then</i>'));
    await page.locator('.count', { hasText: '2 then' }).waitFor();
    expect(await page.evaluate('globalThis.stays')).toBe(1);
  });

  test('shows the other languages of the store, and the pages of accounts', async () => {
    expect((await page.goto(`${url}/de/products/tall-vase`))?.status()).toBe(200);
    expect(await page.locator('h1').innerText()).toBe('Tall vase');
    expect(await page.locator('header a[href^="/de/"]').count()).toBeGreaterThan(0);
    const account = await fetch(`${url}/account`, { redirect: 'manual' });
    expect(account.headers.get('location')).toBe('/account/login?return_to=%2Faccount');
  });

  test('shows what is wrong with a theme that never compiled, and the page once it is well', async () => {
    await cli.run(['theme', 'init', 'broken']);
    const layout = cli.path('broken/layout/theme.hbs');
    const good = await readFile(layout, 'utf8');
    await writeFile(layout, good.replace('{{content}}', ''));
    const other = cli.start(['theme', 'dev', 'broken', '--port', '0', '--json']);
    try {
      const [line] = (await once(other.stdout as NodeJS.ReadableStream, 'data')) as [Buffer];
      const { url: there } = JSON.parse(line.toString()) as { url: string };
      expect((await page.goto(`${there}/products/tall-vase`))?.status()).toBe(500);
      await page.locator('text=the layout lacks {{content}}').waitFor();
      await writeFile(layout, good);
      await page.locator('h1', { hasText: 'Tall vase' }).waitFor();
      const { port } = new URL(there);
      const taken = await cli.run(['theme', 'dev', 'broken', '--json', '--port', port]);
      expect([taken.code, taken.json.error.message]).toEqual([
        2,
        expect.stringContaining('--port 0'),
      ]);
    } finally {
      other.kill('SIGHUP');
      await once(other, 'exit');
    }
  });

  test('profiles a page section by section', async () => {
    const ran = await cli.run([
      'theme',
      'profile',
      '/products/tall-vase',
      '--folder',
      'shop',
      '--json',
    ]);
    expect(ran.code).toBe(0);
    expect(ran.json.queries).toBeGreaterThan(0);
    const main = ran.json.sections.find(({ type }: { type: string }) => type === 'main-product');
    expect(main).toMatchObject({ id: 'main', location: 'template', failed: false });
    const header = ran.json.sections.find(({ type }: { type: string }) => type === 'site-header');
    for (const { steps, bytes, ms } of [main, header])
      expect(Math.min(steps, bytes, ms)).toBeGreaterThan(0);
    const folder = ['theme', 'profile', 'C:/Program Files/Git/cart', '--folder', 'shop', '--json'];
    expect((await cli.run(folder)).json.error.code).toBe('cli.bad-path');
  });

  test('leaves nothing behind: no theme, no open preview', async () => {
    dev.kill('SIGINT');
    const [code] = (await once(dev, 'exit')) as [number | null];
    expect(code).toBe(0);
    expect((await cli.run(['theme', 'list', '--json'])).json.themes).toEqual([]);
    expect((await cli.run(['theme', 'share', '--list', '--json'])).json.previews).toEqual([]);
  });
});
