import { readFileSync, readdirSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { buffer } from 'node:stream/consumers';
import type { Page } from 'playwright-core';
import { ZipFile } from 'yazl';
import { type Browser, openBrowser } from './test/browser';
import { Deployment } from './test/deployment';
import { Merchant } from './test/merchant';
import {
  type ShopProduct,
  cartLines,
  columnsOf,
  countUnits,
  openAccount,
  ordersFor,
  putIn,
  withoutScripts,
} from './test/theme-shop';
import { describeWith } from './test/tools';

jest.setTimeout(120_000);

const folder = resolve(__dirname, '../../themes/flash');

function flashZip(): Promise<Buffer> {
  const zip = new ZipFile();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile()) zip.addFile(path, relative(folder, path).replaceAll('\\', '/'));
  }
  zip.end();
  return buffer(zip.outputStream);
}

describeWith(['chromium'], 'Flash in a browser', () => {
  let deployment: Deployment;
  let browser: Browser;
  let page: Page;
  let shop: string;
  let merchant: Merchant;
  let speaker: ShopProduct;

  beforeAll(async () => {
    deployment = await (await Deployment.prepare()).start();
    merchant = await Merchant.signUp(deployment.apiUrl, { handle: 'pulse', name: 'Pulse' });
    const stocked = { tracked: true, inventoryPolicy: 'deny' };
    speaker = await merchant.done('POST /products', {
      body: {
        title: 'Hush speaker',
        options: [{ name: 'Colour' }],
        variants: [
          { options: ['Chalk'], priceMinor: 14_900, ...stocked, quantity: 12 },
          { options: ['Slate'], priceMinor: 15_900, ...stocked, quantity: 500 },
          { options: ['Coral'], priceMinor: 14_900, ...stocked, quantity: 0 },
        ],
      },
    });
    const { version } = await merchant.done('GET ');
    await merchant.done('PATCH ', { body: { otherLocales: ['de', 'zh-CN'], version } });
    await merchant.publishTheme(await flashZip());
    shop = `http://pulse.localhost:${deployment.ports.shop}`;
    browser = await openBrowser(null);
    page = await browser.context.newPage();
    await page.setViewportSize({ width: 390, height: 844 });
  });
  afterAll(async () => {
    await browser?.close();
    await deployment?.close();
  });
  beforeEach(() => browser.context.clearCookies());

  test('the buy bar comes when the button has gone, and adds the variant that is chosen', async () => {
    await page.goto(shop);
    const bar = page.locator('[data-stick]');
    const button = page.locator('#buy [data-buy]');
    expect((await button.boundingBox())?.y).toBeLessThan(700 - 52);
    expect(await bar.isVisible()).toBe(false);
    await page.locator('#buy .pick', { hasText: 'Slate' }).click();
    await page.locator('.benefits').scrollIntoViewIfNeeded();
    await bar.waitFor({ state: 'visible' });
    expect(await bar.innerText()).toMatch(/Slate[^]*\$159\.00/);
    await bar.locator('[data-buy]').click();
    await page.locator('[data-toast]').waitFor({ state: 'visible' });
    await page.locator('[data-bag]', { hasText: '1' }).waitFor();
    expect(await cartLines(page)).toEqual(['1 x Slate']);
    await page.evaluate('scrollTo(0, 0)');
    await bar.waitFor({ state: 'hidden' });
  });

  test('a variant brings its price, its stock and its address; a sold one cannot be added', async () => {
    await page.goto(`${shop}/products/hush-speaker`);
    const price = page.locator('#buy .buy__price .price').first();
    const stock = page.locator('#buy [data-stock]');
    expect([await price.innerText(), await stock.innerText()]).toEqual([
      '$149.00',
      'Only 12 left in stock',
    ]);
    await page.locator('#buy .pick', { hasText: 'Slate' }).click();
    expect([await price.innerText(), await stock.isVisible()]).toEqual(['$159.00', false]);
    expect(page.url()).toContain('variant=');
    await page.reload();
    expect(await price.innerText()).toBe('$159.00');
    await page.locator('#buy .pick', { hasText: 'Coral' }).click();
    expect(await page.locator('#buy [data-buy]').isDisabled()).toBe(true);
    expect(await page.locator('#buy [data-say]').innerText()).toContain('Sold out');
  });

  test('the message of the bag lies on the head of the page, off the name', async () => {
    await page.setViewportSize({ width: 820, height: 1100 });
    await page.goto(`${shop}/products/hush-speaker`);
    await page.locator('#buy [data-buy]').click();
    const toast = page.locator('[data-toast]');
    await toast.waitFor({ state: 'visible' });
    const message = await toast.boundingBox();
    const name = await page.locator('h1').boundingBox();
    expect((message?.y ?? 0) + (message?.height ?? Infinity)).toBeLessThanOrEqual(name?.y ?? 0);
    expect((message?.x ?? 0) + (message?.width ?? 0)).toBe(820 - 16);
    await page.setViewportSize({ width: 390, height: 844 });
  });

  test("the languages' button stands beside their list on a phone", async () => {
    await page.setViewportSize({ width: 360, height: 844 });
    await page.goto(shop);
    const list = await page.locator('#foot-locale').boundingBox();
    const button = await page.locator('.foot__lang .btn').boundingBox();
    expect(button?.y).toBe(list?.y);
    expect(button?.x).toBeGreaterThan(list?.x ?? Infinity);
    await page.setViewportSize({ width: 390, height: 844 });
  });

  test('a set adds as many of the variant as it says, and shows what they cost', async () => {
    await page.goto(`${shop}/products/hush-speaker`);
    const sums = page.locator('.bundles [data-sum]');
    expect(await sums.allInnerTexts()).toEqual(['$149.00', '$298.00', '$447.00']);
    await page.locator('.bundles select').selectOption({ index: 1 });
    expect(await sums.allInnerTexts()).toEqual(['$159.00', '$318.00', '$477.00']);
    await page.locator('.bundle').nth(2).click();
    await page.locator('.bundles [type=submit]').click();
    await page.locator('[data-toast]').waitFor({ state: 'visible' });
    expect(await cartLines(page)).toEqual(['3 x Slate']);
  });

  test('without scripts a variant is chosen, counted, added, changed and taken to the checkout', async () => {
    await withoutScripts(browser, page, async () => {
      await page.goto(`${shop}/products/hush-speaker`);
      await page.locator('#buy .pick', { hasText: 'Slate' }).click();
      await page.locator('#buy [name=quantity]').fill('2');
      await page.locator('#buy [data-buy]').click();
      await page.waitForURL('**/cart');
      expect(await page.locator('.line').innerText()).toMatch(/Hush speaker[^]*Slate[^]*\$318\.00/);
      await page.locator('.line input[type=number]').fill('3');
      await page.locator('.sum [name=update]').click();
      await page.getByText('$477.00').first().waitFor();
      const [asked] = await Promise.all([
        page.waitForRequest((request) => request.method() === 'POST'),
        page.locator('[name=checkout]').click(),
      ]);
      expect(asked.postData()).toContain('checkout=1');
      await page.goto(`${shop}/cart`);
      await page.locator('.line [form^=remove]').click();
      await page.getByText('Your bag is empty.').waitFor();
    });
  });

  test('Enter in a quantity changes the bag and stays on its page, with scripts and without', async () => {
    const [chalk, slate] = speaker.variants;
    const enter = async (colour: string, quantity: string) => {
      const field = page.locator('.line', { hasText: colour }).locator('input[type=number]');
      await field.fill(quantity);
      const came = page.waitForResponse((answer) => answer.request().isNavigationRequest());
      await field.press('Enter');
      await came;
      await page.waitForURL('**/cart');
      await page.locator('.line', { hasText: colour }).locator(`[value="${quantity}"]`).waitFor();
    };
    await page.goto(shop);
    await putIn(page, chalk?.publicId ?? 0, 1);
    await putIn(page, slate?.publicId ?? 0, 1);
    await page.goto(`${shop}/cart`);
    await enter('Chalk', '3');
    await enter('Slate', '4');
    expect((await cartLines(page)).sort()).toEqual(['3 x Chalk', '4 x Slate']);
    // Nothing changed: the bag is shown again, and not the checkout.
    await page.locator('.line input[type=number]').first().press('Enter');
    await page.waitForLoadState();
    await withoutScripts(browser, page, async () => {
      await page.goto(`${shop}/cart`);
      await enter('Chalk', '5');
      await enter('Slate', '6');
    });
    expect((await cartLines(page)).sort()).toEqual(['5 x Chalk', '6 x Slate']);
    expect(new URL(page.url()).pathname).toBe('/cart');
  });

  test('what is sold out since is marked in the bag, with a way to lower it', async () => {
    const [chalk, slate] = speaker.variants;
    await page.goto(shop);
    await putIn(page, chalk?.publicId ?? 0, 5);
    await putIn(page, slate?.publicId ?? 0, 1);
    await countUnits(merchant, chalk?.id ?? '', 2);
    const line = page.locator('.line', { hasText: 'Chalk' });
    const warning = 'Some of your bag is sold out. The checkout can take your order once it is';
    await page.goto(`${shop}/cart`);
    expect(await line.innerText()).toContain('Only 2 left in stock');
    expect(await page.locator('.sum').innerText()).toContain(warning);
    expect(await page.locator('.line', { hasText: 'Slate' }).innerText()).not.toContain('left');
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
    await page.getByRole('button', { name: 'Hush speaker: take 2' }).click();
    await page.getByText(warning).waitFor({ state: 'detached' });
    expect((await cartLines(page)).sort()).toEqual(['1 x Slate', '2 x Chalk']);
    await countUnits(merchant, chalk?.id ?? '', 0);
    await page.goto(`${shop}/de/cart`);
    expect(await line.innerText()).toContain('Ausverkauft');
    expect(await line.getByRole('button', { name: /senken/ }).count()).toBe(0);
    await line.getByRole('button', { name: 'Hush speaker entfernen' }).click();
    await line.waitFor({ state: 'detached' });
    await countUnits(merchant, chalk?.id ?? '', 12);
  });

  test("a customer's orders stand in columns, lead to their pages, and go into the bag again", async () => {
    const email = 'ada@example.test';
    const variantId = speaker.variants[1]?.id ?? '';
    await openAccount(page, shop, email);
    const name = await ordersFor(merchant, { email, variantId, times: 3 });
    await page.goto(`${shop}/account`);
    const rows = page.locator('.rows li');
    expect(await rows.count()).toBe(3);
    expect(await rows.first().innerText()).toMatch(new RegExp(`^${name}[^]*\\$159\\.00`));
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
    for (const width of [390, 1280]) {
      await page.setViewportSize({ width, height: 844 });
      const [first, ...others] = await columnsOf(page, '.rows li');
      expect(others).toEqual([first, first]);
    }
    await page.setViewportSize({ width: 390, height: 844 });
    await rows.first().locator('a').click();
    await page.waitForURL('**/account/orders/*');
    expect(await page.locator('main').innerText()).toMatch(/1 × Hush speaker Slate\s[^]*\$159\.00/);
    await page.goBack();
    await rows.first().getByRole('button').click();
    await page.waitForURL('**/cart');
    await page.getByText('What you ordered then is in your bag again.').waitFor();
    expect(await cartLines(page)).toEqual(['1 x Slate']);
  });

  test('a clock runs only toward an end that is still to come', async () => {
    await page.goto(shop);
    expect(await page.locator('[data-offer], [data-ends]').count()).toBe(0);
    const offer = (ends: string) =>
      `<div data-offer><p hidden data-ends="${ends}"><b data-unit="86400"></b>:<b data-unit="3600"></b>:<b data-unit="60"></b>:<b data-unit="1"></b></p></div>`;
    const hour = new Date(Date.now() + 3_600_000 + 30_000).toISOString();
    const clock = readFileSync(join(folder, 'assets/clock.js'), 'utf8');
    await page.goto('about:blank');
    await page.setContent(
      `<html lang="en">${offer(hour)}${offer('2020-01-01T00:00:00Z')}<script type="module">${clock}</script></html>`,
    );
    await page.locator('[data-ends]').first().waitFor({ state: 'visible' });
    expect(await page.locator('[data-offer]').allInnerTexts()).toEqual([
      expect.stringMatching(/^00:01:00:[0-3]\d$/),
    ]);
  });

  test.each(['slant', 'wave', 'zigzag'])(
    'a %s at the head of a section lies below the words of the offer before it',
    async (edge) => {
      const css = ['base', 'offer', `edge-${edge}`].map((name) =>
        readFileSync(join(folder, `assets/${name}.css`), 'utf8'),
      );
      await page.setViewportSize({ width: 1440, height: 900 });
      await page.setContent(
        `<style>${css.join('')}</style><div class="band offer"><p>A fifth off</p></div><div class="band next"></div>`,
      );
      const air = await page.evaluate(`(() => {
        const next = document.querySelector('.next');
        const edge = next.getBoundingClientRect().top + 1 - parseFloat(getComputedStyle(next, '::before').height);
        return edge - document.querySelector('.offer p').getBoundingClientRect().bottom;
      })()`);
      expect(air).toBeGreaterThanOrEqual(16);
    },
  );

  test('a clip of the first view can be stopped and started again', async () => {
    const clip = readFileSync(join(folder, 'assets/clip.js'), 'utf8');
    const show = () =>
      page.setContent(
        `<div><video data-clip muted></video><button data-clip-stop aria-pressed="false" hidden>Pause</button></div><script type="module">${clip}</script>`,
      );
    const states: (string | null)[] = [];
    const stop = page.locator('[data-clip-stop]');
    for (const reducedMotion of ['no-preference', 'reduce'] as const) {
      await page.emulateMedia({ reducedMotion });
      await page.goto('about:blank');
      await show();
      await stop.waitFor({ state: 'visible' });
      states.push(await stop.getAttribute('aria-pressed'));
      await stop.click();
      states.push(await stop.getAttribute('aria-pressed'));
    }
    expect(states).toEqual(['false', 'true', 'true', 'false']);
  });

  test('nothing complained', () => {
    // The address of the checkout has no page yet.
    expect(browser.complaints.filter((line) => !/404.*\/checkout$/.test(line))).toEqual([]);
  });
});
