import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { type Browser, openBrowser } from './test/browser';
import { openAStore, shopFile, shopHost } from './test/open-a-store';
import { describeWith } from './test/tools';
import { type Town, openTown } from './test/town';

jest.setTimeout(120_000);

describeWith(['pebble', 'chromium', 'certutil'], 'open a store', () => {
  let town: Town;
  const { chosen } = shopFile;
  const address = (path: string) => `https://${shopHost}:${town.deployment.ports.tls}${path}`;

  beforeAll(async () => {
    town = await openTown();
  });
  afterAll(() => town?.close());

  describe('by program', () => openAStore(() => town));

  describe('by browser', () => {
    let browser: Browser;
    let page: Page;

    beforeAll(async () => {
      browser = await openBrowser(town.rootPem);
      page = await browser.context.newPage();
    });
    afterAll(() => browser?.close());

    test('a browser that does not know the authority refuses the page', async () => {
      const stranger = await openBrowser(null);
      try {
        const opened = (await stranger.context.newPage()).goto(address('/'));
        await expect(opened).rejects.toThrow('ERR_CERT_AUTHORITY_INVALID');
      } finally {
        await stranger.close();
      }
    });

    test('one that does opens the product over HTTP/2 with no certificate error', async () => {
      const answer = await page.goto(address(`/products/${chosen.handle}`));
      expect(answer?.status()).toBe(200);
      expect(await answer?.securityDetails()).toMatchObject({ protocol: 'TLS 1.3' });
      const protocol = await page.evaluate<string>(
        'performance.getEntriesByType("navigation")[0].nextHopProtocol',
      );
      expect(protocol).toBe('h2');
      expect(await page.locator('h1').innerText()).toBe(chosen.title);
    });

    test('picks a variant', async () => {
      const choice = page.locator('[data-choice]', { hasText: new RegExp(`^${chosen.size}`) });
      await choice.click();
      await page.waitForURL(/[?&]variant=\d+/);
      await page.locator('[data-choice][aria-current]', { hasText: chosen.size }).waitFor();
    });

    test('adds it to the cart and sees it there', async () => {
      await page.getByRole('button', { name: 'Add to bag' }).first().click();
      await page.locator('header [data-bag]', { hasText: '1' }).waitFor();
      await page.goto(address('/cart'));
      const line = page.locator('main .line');
      expect(await line.count()).toBe(1);
      expect(await line.innerText()).toContain(chosen.title);
      expect(await line.innerText()).toContain(chosen.size);
      expect(await page.locator('.cartp__total').innerText()).toContain(chosen.price);
      await keep(page, 'cart');
    });

    test('searches and finds it', async () => {
      await page.goto(address('/'));
      await page.locator('button[popovertarget=site-search]').first().click();
      await page.locator('#site-search-q').fill(chosen.search);
      await page.locator('#site-search-q').press('Enter');
      await page.waitForURL(/\/search\?/);
      await page.locator(`main a[href*="/products/${chosen.handle}"]`).first().click();
      await page.waitForURL(/\/products\//);
      expect(await page.locator('h1').innerText()).toBe(chosen.title);
    });

    test('does all of it on a phone without scrolling sideways', async () => {
      await page.setViewportSize({ width: 390, height: 844 });
      for (const path of ['/', '/collections/all', `/products/${chosen.handle}`, '/cart']) {
        await page.goto(address(path));
        const width = await page.evaluate<number>('document.documentElement.scrollWidth');
        expect([path, width]).toEqual([path, 390]);
        await keep(page, `phone${path.replaceAll('/', '-')}`);
      }
    });

    test('without a complaint of the browser', () => {
      expect(browser.complaints).toEqual([]);
    });
  });
});

/** Keeps what the browser shows, for people to look at, when it is asked to. */
async function keep(page: Page, name: string): Promise<void> {
  const folder = process.env['CARAVEL_SCREENSHOTS_FOLDER'];
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`) });
}
