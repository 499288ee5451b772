import { existsSync } from 'node:fs';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import sharp from 'sharp';
import { findEmbeddedPostgres, startEmbeddedPostgres } from '@platform/embedded-postgres';
import { eventually, refusedStart, type StartedPlatform, startPlatform } from './started-platform';
import { type Browser, openBrowser } from './test/browser';
import { ask } from './test/shopper';
import { describeWith } from './test/tools';

jest.setTimeout(180_000);

/** Kept for the README; written anew with CARAVEL_SCREENSHOTS=1 only. */
const pictures = resolve(__dirname, '../../docs/pictures');
const views = [
  ['storefront', 1280, 800],
  ['storefront-phone', 390, 844],
] as const;
/** Every picture in sight is there. */
const seen = `[...document.images].every((image) => {
  const { top, bottom, left, right } = image.getBoundingClientRect();
  const away = bottom < 0 || top > innerHeight || right < 0 || left > innerWidth;
  // What a closed menu or drawer holds is nowhere.
  return away || !image.checkVisibility() || (image.complete && image.naturalWidth > 0);
})`;

describe('npm start', () => {
  let home: string;
  let platform: StartedPlatform;

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'caravel-start-'));
    platform = await startPlatform({ CARAVEL_HOME: home });
  });
  afterAll(async () => {
    // Already stopped when every test passed, and absent when it never started.
    await platform?.pressCtrlC().catch(() => undefined);
    const left = await startEmbeddedPostgres({ home });
    await left.destroy();
    await rm(home, { recursive: true, force: true });
  });

  test('prints one line of JSON when everything answers', async () => {
    const { ready } = platform;
    expect(platform.stdout().trim().split('\n')).toHaveLength(1);
    expect(ready).toEqual({
      api: expect.stringMatching(/^http:\/\/localhost:\d+$/),
      storefront: expect.stringMatching(/^http:\/\/localhost:\d+$/),
      tls: expect.stringMatching(/^https:\/\/localhost:\d+$/),
      demo: {
        email: expect.stringContaining('@'),
        password: expect.stringMatching(/^.{12,}$/),
        token: expect.stringMatching(/^\S{20,}$/),
        storeId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        storeUrl: expect.stringMatching(/^http:\/\/demo\.localhost:\d+$/),
      },
    });
    expect((await fetch(`${ready.api}/health/ready`)).status).toBe(200);
  });

  test('opens the demo store', async () => {
    const ports = { shop: Number(new URL(platform.ready.storefront).port), tls: 0 };
    const home = await ask(ports, 'demo.localhost', '/');
    expect(home.status).toBe(200);
    expect(home.headers['content-type']).toMatch(/^text\/html/);
    expect(home.text).toContain('</html>');
  });

  test('lets the demo account in', async () => {
    const { api, demo } = platform.ready;
    const { email, password } = demo;
    const signedIn = await fetch(`${api}/api/v1/sign-in`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email, password }),
    });
    expect(signedIn.status).toBe(200);
    const stores = await listed('/stores');
    expect(stores.map(({ id }) => id)).toEqual([demo.storeId]);
  });

  test('fills the demo store', async () => {
    expect(platform.stderr()).not.toContain('The demo store has no');
    expect(
      (await listed(`/stores/${platform.ready.demo.storeId}/products`)).length,
    ).toBeGreaterThan(0);
    const ports = { shop: Number(new URL(platform.ready.storefront).port), tls: 0 };
    for (const path of ['/pages/about', '/pages/contact', '/blogs/journal']) {
      const page = await ask(ports, 'demo.localhost', path);
      expect([path, page.status]).toEqual([path, 200]);
    }
    const reviewed = await ask(ports, 'demo.localhost', '/products/nesting-bowls');
    expect(reviewed.text).toContain('"aggregateRating"');
  });

  describeWith(['chromium'], 'in a browser', () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await openBrowser(null);
    });
    afterAll(() => browser?.close());

    test('shows the demo store with its pictures, on a desk and on a phone', async () => {
      const page = await browser.context.newPage();
      for (const [name, width, height] of views) {
        await page.setViewportSize({ width, height });
        await page.goto(platform.ready.demo.storeUrl);
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
        // Pictures further down are fetched when they come into sight.
        await page.evaluate('scrollTo(0, document.body.scrollHeight / 2)');
        await page.waitForFunction(seen);
        await page.evaluate('scrollTo(0, 0)');
        await page.waitForFunction(seen);
        const picture = await page.screenshot({ type: 'png', animations: 'disabled' });
        expect(picture.length).toBeGreaterThan(10_000);
        if (process.env['CARAVEL_SCREENSHOTS'] === '1') {
          await writeFile(join(pictures, `${name}.png`), await smaller(picture));
        }
      }
      expect(browser.complaints).toEqual([]);
    });
  });

  test('keeps secrets readable by their owner only', async () => {
    for (const file of ['secret', 'demo.json', 'postgres/server.json']) {
      expect((await stat(join(home, file))).mode & 0o777).toBe(0o600);
    }
  });

  test('says in one sentence that it runs already', async () => {
    const { code, stderr } = await refusedStart({ CARAVEL_HOME: home });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^Caravel is already running on \S+ \(process \d+\): .*\.\n$/);
  });

  test('says in one sentence that a port is in use, and leaves nothing behind', async () => {
    const other = await mkdtemp(join(tmpdir(), 'caravel-start-'));
    const { port } = new URL(platform.ready.api);
    const { code, stderr } = await refusedStart({ CARAVEL_HOME: other, CARAVEL_API_PORT: port });
    expect(code).toBe(1);
    expect(stderr).toBe(
      `Port ${port} is in use by another program: stop it, or choose another port with CARAVEL_API_PORT.\n`,
    );
    expect(existsSync(join(other, 'start.json'))).toBe(false);
    await rm(other, { recursive: true });
  });

  test('names a wrong setting in one sentence', async () => {
    const { code, stderr } = await refusedStart({ CARAVEL_HOME: home, CARAVEL_SHOP_PORT: 'shop' });
    expect(code).toBe(1);
    expect(stderr).toBe('The setting CARAVEL_SHOP_PORT must be a port number.\n');
  });

  test('Ctrl-C leaves nothing running, and a second start makes nothing twice', async () => {
    const before = platform.ready;
    const path = `/stores/${before.demo.storeId}/products`;
    const products = await listed(path);
    expect(await platform.pressCtrlC()).toBe(0);
    expect(await findEmbeddedPostgres({ home })).toBeNull();
    for (const url of [before.api, before.storefront]) await expect(fetch(url)).rejects.toThrow();
    expect(existsSync(join(home, 'start.json'))).toBe(false);

    platform = await startPlatform({ CARAVEL_HOME: home });
    const { email, password, storeId } = before.demo;
    expect(platform.ready.demo).toMatchObject({ email, password, storeId });
    expect(await listed('/stores')).toHaveLength(1);
    expect(await listed(path)).toEqual(products);
    expect(platform.stderr()).not.toContain('Making the demo store');
  });

  test('after a kill -9 its processes go, and the next start adopts the PostgreSQL that stayed', async () => {
    const { api, storefront, demo } = platform.ready;
    await platform.killStarter();
    await eventually(() => isSilent(api));
    await eventually(() => isSilent(storefront));
    const url = await findEmbeddedPostgres({ home });
    expect(url).not.toBeNull();

    platform = await startPlatform({ CARAVEL_HOME: home });
    expect(await findEmbeddedPostgres({ home })).toBe(url);
    expect(platform.ready.demo.storeId).toBe(demo.storeId);
    expect(await platform.pressCtrlC()).toBe(0);
    expect(await findEmbeddedPostgres({ home })).toBeNull();
  });

  async function listed(path: string): Promise<Record<string, unknown>[]> {
    const { api, demo } = platform.ready;
    const answer = await fetch(`${api}/api/v1${path}`, {
      headers: { authorization: `Bearer ${demo.token}` },
    });
    expect(answer.status).toBe(200);
    return ((await answer.json()) as { items: Record<string, unknown>[] }).items;
  }
});

async function isSilent(url: string): Promise<boolean> {
  try {
    await (await fetch(url)).body?.cancel();
    return false;
  } catch {
    return true;
  }
}

/** The same picture with a palette: a third of the bytes, and no difference that one sees. */
function smaller(picture: Buffer): Promise<Buffer> {
  return sharp(picture).png({ palette: true, effort: 10 }).toBuffer();
}
