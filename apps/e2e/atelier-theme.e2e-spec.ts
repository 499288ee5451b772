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

const folder = resolve(__dirname, '../../themes/atelier');

function atelierZip(): Promise<Buffer> {
  const zip = new ZipFile();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile()) zip.addFile(path, relative(folder, path).replaceAll('\\', '/'));
  }
  zip.end();
  return buffer(zip.outputStream);
}

function drawerHasFocus(page: Page): Promise<boolean> {
  return page.evaluate(`document.getElementById('cart-drawer').contains(document.activeElement)`);
}

describeWith(['chromium'], 'Atelier in a browser', () => {
  let deployment: Deployment;
  let browser: Browser;
  let page: Page;
  let shop: string;
  let merchant: Merchant;
  let jar: ShopProduct;

  beforeAll(async () => {
    deployment = await (await Deployment.prepare()).start();
    merchant = await Merchant.signUp(deployment.apiUrl, { handle: 'kiln', name: 'Kiln' });
    const variant = (colour: string, priceMinor: number, quantity: number): object => ({
      options: [colour],
      priceMinor,
      tracked: true,
      inventoryPolicy: 'deny',
      quantity,
    });
    jar = await merchant.done('POST /products', {
      body: {
        title: 'Moon jar',
        options: [{ name: 'Colour' }],
        variants: [
          variant('Green', 12_800, 9),
          variant('Blue', 14_800, 9),
          variant('Red', 9900, 0),
        ],
      },
    });
    await merchant.done('POST /products', {
      body: { title: 'Oil bottle', variants: [{ priceMinor: 4800 }] },
    });
    await merchant.done('POST /products', {
      body: { title: 'Gift card', giftCard: true, variants: [{ priceMinor: 5000 }] },
    });
    await merchant.done('POST /markets', {
      body: { name: 'Europe', currency: 'EUR', countries: ['DE', 'CH'], rate: '0.9' },
    });
    await merchant.publishTheme(await atelierZip());
    shop = `http://kiln.localhost:${deployment.ports.shop}`;
    browser = await openBrowser(null);
    page = await browser.context.newPage();
  });
  afterAll(async () => {
    await browser?.close();
    await deployment?.close();
  });
  beforeEach(() => browser.context.clearCookies());

  test('a swatch brings its price and its address, and keeps the focus; a sold one cannot be added', async () => {
    await page.goto(`${shop}/products/moon-jar`);
    const price = page.locator('[data-swap=price]');
    const swatch = (colour: string) => page.locator('[data-choice]', { hasText: colour });
    expect(await swatch('Blue').locator('.opt__dot').count()).toBe(1);
    expect(await price.innerText()).toContain('$128.00');
    await swatch('Blue').click();
    await price.getByText('$148.00').waitFor();
    expect(page.url()).toContain('variant=');
    expect(await page.evaluate('document.activeElement.textContent')).toContain('Blue');
    await page.reload();
    expect(await price.innerText()).toContain('$148.00');
    await swatch('Red').click();
    await page.locator('button[data-buy][disabled]').waitFor();
  });

  test('a measure keeps its order on a page that is read from the right', async () => {
    const read = (path: string) =>
      readFileSync(resolve(__dirname, '../../themes/atelier', path), 'utf8');
    const own = /{{#styles}}([^]*?){{\/styles}}/.exec(read('sections/main-product.hbs'))?.[1];
    const css = [read('assets/base.css'), own, read('assets/lang-ar.css')].join('');
    await page.goto('about:blank');
    await page.setContent(
      `<html lang="ar" dir="rtl"><style>${css}</style><ul class="opt__list"><li><a class="opt__one"><span>32 cm</span></a></li></ul></html>`,
    );
    const [number, unit] = await page.evaluate<number[]>(`[0, 3].map((at) => {
      const letter = document.createRange();
      const text = document.querySelector('.opt__one span').firstChild;
      letter.setStart(text, at);
      letter.setEnd(text, at + 2);
      return letter.getBoundingClientRect().left;
    })`);
    expect(number).toBeLessThan(Number(unit));
  });

  test('what was seen before has air over its heading, and takes no room while there is nothing', async () => {
    const seen = page.locator('[data-recent]');
    await page.goto(`${shop}/products/gift-card`);
    await page.evaluate('localStorage.clear()');
    await page.reload();
    expect((await seen.boundingBox())?.height).toBe(0);
    await page.goto(`${shop}/products/oil-bottle`);
    await seen.scrollIntoViewIfNeeded();
    const heading = seen.locator('h2');
    await heading.waitFor({ state: 'visible' });
    const [box, words] = [await seen.boundingBox(), await heading.boundingBox()];
    expect((words?.y ?? 0) - (box?.y ?? 0)).toBeGreaterThanOrEqual(28);
  });

  test('the bag opens with what was added, holds the focus, counts aloud and gives the focus back', async () => {
    await page.goto(`${shop}/products/moon-jar`);
    await page.locator('[data-buy]').focus();
    await page.keyboard.press('Enter');
    const drawer = page.locator('#cart-drawer');
    await drawer.getByText('$128.00').first().waitFor();
    await page.waitForFunction(`document.activeElement.id === 'cart-drawer'`);
    const count = page.locator('[data-bag]');
    expect([await count.innerText(), await count.getAttribute('aria-live')]).toEqual([
      '(1)',
      'polite',
    ]);
    const stops = await drawer.locator('a[href], button, input').count();
    for (let step = 0; step <= stops; step += 1) {
      await page.keyboard.press('Tab');
      expect(await drawerHasFocus(page)).toBe(true);
    }
    await page.keyboard.press('Shift+Tab');
    expect(await drawerHasFocus(page)).toBe(true);
    await drawer.getByRole('button', { name: 'Remove Moon jar' }).click();
    await drawer.getByText('Your bag is empty.').waitFor();
    expect(await drawerHasFocus(page)).toBe(true);
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'hidden' });
    expect(await page.evaluate(`document.activeElement.matches('[data-buy]')`)).toBe(true);
  });

  test('a gift card says at its field what is wrong, and in the bag whom it is for', async () => {
    await page.goto(`${shop}/products/gift-card`);
    const form = page.locator('[data-gift-form]');
    await form.locator('summary').click();
    await form.locator('[data-gift=email]').fill('grace@example.test');
    await form.locator('[data-gift=send_on]').fill('2020-01-01');
    await page.locator('[data-buy]').click();
    const fault = page.locator('#gift-day-fault');
    await fault.getByText('The day to send it on is from').waitFor();
    await page.waitForFunction(`document.activeElement.dataset.gift === 'send_on'`);
    expect(await form.locator('[aria-invalid=true]').count()).toBe(1);
    await form.locator('[data-gift=send_on]').fill('');
    await page.locator('[data-buy]').click();
    await page.locator('#cart-drawer').getByText('Their e-mail: grace@example.test').waitFor();
    expect(await form.locator('[aria-invalid=true]').count()).toBe(0);
  });

  test('filters, menus and search are sheets on a phone; Escape closes them and the opener has the focus again', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto(`${shop}/collections/all`);
    for (const [opener, sheet] of [
      ['.hd__menu', '#site-nav'],
      ['.hd__search', '#site-search'],
      ['.tools__filter', '#facets'],
    ] as const) {
      await page.locator(opener).click();
      await page.locator(sheet).waitFor({ state: 'visible' });
      await page.waitForFunction(
        `document.querySelector('${sheet}').contains(document.activeElement)`,
      );
      await page.keyboard.press('Escape');
      await page.locator(sheet).waitFor({ state: 'hidden' });
      expect(await page.evaluate(`document.activeElement.matches('${opener}')`)).toBe(true);
    }
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
    await page.setViewportSize({ width: 1280, height: 800 });
  });

  test('on a tablet what is read about a product goes under its picture and what is chosen, over the whole width', async () => {
    await page.setViewportSize({ width: 820, height: 1180 });
    await page.goto(`${shop}/products/moon-jar`);
    const boxOf = async (part: string) => {
      const box = await page.locator(part).first().boundingBox();
      return box ?? { x: NaN, y: NaN, width: NaN, height: NaN };
    };
    const picture = await boxOf('.prod__media');
    const chosen = await boxOf('.prod__info [data-swap=buy]');
    const read = await boxOf('.prod__info .fold');
    expect(chosen.x).toBeGreaterThan(picture.x + picture.width);
    expect(read.x).toBe(picture.x);
    expect(read.y).toBeGreaterThan(picture.y + picture.height);
    expect(read.width).toBeCloseTo(chosen.x + chosen.width - picture.x, 0);
    await page.setViewportSize({ width: 1280, height: 800 });
  });

  test('what is typed is found at once, and the arrows walk through it', async () => {
    await page.goto(shop);
    await page.locator('.hd__search').click();
    await page.keyboard.type('moon');
    const hit = page.locator('#site-search [data-hit]', { hasText: 'Moon jar' });
    await hit.first().waitFor();
    await page.keyboard.press('ArrowDown');
    expect(await page.evaluate(`document.activeElement.matches('[data-hit]')`)).toBe(true);
    await page.keyboard.press('ArrowUp');
    expect(await page.evaluate('document.activeElement.name')).toBe('q');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/search?q=moon**');
    expect(await page.locator('.card__title').allInnerTexts()).toEqual(['Moon jar']);
  });

  test("without scripts the countries' button stands beside their list on a phone", async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await withoutScripts(browser, page, async () => {
      await page.goto(shop);
      const list = await page.locator('#footer-country').boundingBox();
      const button = await page.locator('.section-footer .locale__form .btn').boundingBox();
      expect(button?.y).toBe(list?.y);
      expect(button?.x).toBeGreaterThan(list?.x ?? Infinity);
    });
    await page.setViewportSize({ width: 1280, height: 800 });
  });

  test('without scripts a shopper filters, chooses, adds, changes the bag and goes to the checkout', async () => {
    await withoutScripts(browser, page, async () => {
      await page.goto(`${shop}/collections/all`);
      await page.locator('[name="filter.v.price.gte"]').fill('100');
      await page.locator('[data-facet-show]').click();
      await page.waitForURL('**price.gte=100**');
      expect(await page.locator('.card__title').allInnerTexts()).toEqual(['Moon jar']);
      expect(await page.locator('[name="filter.v.price.gte"]').inputValue()).toBe('100');
      await page.locator('.card__title a').click();
      await page.locator('[data-choice]', { hasText: 'Blue' }).click();
      await page.waitForURL('**variant=**');
      await page.locator('[name=quantity]').fill('2');
      await page.locator('[data-buy]').click();
      await page.waitForURL('**/cart');
      expect(await page.locator('#cart-form .lines').innerText()).toMatch(
        /Moon jar[^]*Blue[^]*\$296\.00/,
      );
      const [asked] = await Promise.all([
        page.waitForRequest((request) => request.method() === 'POST'),
        page.locator('#cart-form [name=checkout]').click(),
      ]);
      expect(asked.postData()).toContain('checkout=1');
    });
  });

  test('Enter in a quantity changes that line and no other, and stays where it is', async () => {
    const [green, blue] = jar.variants;
    await page.goto(shop);
    await putIn(page, green?.publicId ?? 0, 1);
    await putIn(page, blue?.publicId ?? 0, 1);
    const enter = async (form: string, colour: string, quantity: string) => {
      const line = page.locator(`${form} .line`, { hasText: colour });
      await line.locator('input').fill(quantity);
      await line.locator('input').press('Enter');
      await line.locator(`input[value="${quantity}"]`).waitFor();
      // Once more without a change: the first button of the form is pressed all the same.
      await line.locator('input').press('Enter');
    };
    await page.goto(`${shop}/cart`);
    await enter('#cart-form', 'Green', '3');
    await enter('#cart-form', 'Blue', '2');
    expect((await cartLines(page)).sort()).toEqual(['2 x Blue', '3 x Green']);
    await page.goto(`${shop}/collections/all`);
    await page.locator('[data-bag-open]').click();
    await page.locator('#cart-drawer').waitFor({ state: 'visible' });
    await enter('#cart-drawer', 'Green', '5');
    await enter('#cart-drawer', 'Blue', '4');
    expect((await cartLines(page)).sort()).toEqual(['4 x Blue', '5 x Green']);
    expect(new URL(page.url()).pathname).toBe('/collections/all');
    await withoutScripts(browser, page, async () => {
      await page.goto(`${shop}/cart`);
      await enter('#cart-form', 'Green', '7');
      await page.waitForLoadState();
      await enter('#cart-form', 'Blue', '6');
      await page.waitForLoadState();
    });
    expect((await cartLines(page)).sort()).toEqual(['6 x Blue', '7 x Green']);
    expect(new URL(page.url()).pathname).toBe('/cart');
  });

  test('what is sold out since is marked in the bag and its page, with a way to lower it', async () => {
    const [green, blue] = jar.variants;
    await page.goto(shop);
    await putIn(page, green?.publicId ?? 0, 5);
    await putIn(page, blue?.publicId ?? 0, 1);
    await countUnits(merchant, green?.id ?? '', 2);
    const warning = 'Some of your bag is sold out. The checkout can take your order once it is';
    await page.goto(`${shop}/collections/all`);
    await page.locator('[data-bag-open]').click();
    const drawer = page.locator('#cart-drawer');
    const short = drawer.locator('.line', { hasText: 'Green' });
    await short.getByText('Only 2 left').waitFor();
    expect(await drawer.innerText()).toContain(warning);
    await short.getByRole('button', { name: 'Moon jar: take 2' }).click();
    await drawer.getByText(warning).waitFor({ state: 'detached' });
    expect((await cartLines(page)).sort()).toEqual(['1 x Blue', '2 x Green']);
    await countUnits(merchant, green?.id ?? '', 1);
    await withoutScripts(browser, page, async () => {
      await page.goto(`${shop}/cart`);
      expect(await page.locator('.cartp__sum').innerText()).toContain(warning);
      await page.getByRole('button', { name: 'Moon jar: take 1' }).click();
      await page.locator('.cartp__sum', { hasText: warning }).waitFor({ state: 'detached' });
    });
    await countUnits(merchant, green?.id ?? '', 0);
    await page.goto(`${shop}/cart`);
    const line = page.locator('#cart-form .line', { hasText: 'Green' });
    expect(await line.innerText()).toContain('Sold out');
    expect(await line.getByRole('button', { name: /take/ }).count()).toBe(0);
    expect(await page.locator('#cart-form .line', { hasText: 'Blue' }).innerText()).not.toContain(
      'left',
    );
    await line.getByRole('button', { name: 'Remove Moon jar' }).click();
    await page.locator('.cartp__sum', { hasText: warning }).waitFor({ state: 'detached' });
    expect(await cartLines(page)).toEqual(['1 x Blue']);
    await countUnits(merchant, green?.id ?? '', 9);
  });

  test("a customer's orders stand in columns, lead to their pages, and go into the bag again", async () => {
    const email = 'ada@example.test';
    const variantId = jar.variants[1]?.id ?? '';
    await openAccount(page, shop, email);
    const name = await ordersFor(merchant, { email, variantId, times: 3 });
    await page.goto(`${shop}/account`);
    const rows = page.locator('.acc__rows li');
    expect(await rows.count()).toBe(3);
    expect(await rows.first().innerText()).toMatch(new RegExp(`^${name}[^]*\\$148\\.00`));
    for (const width of [390, 1280]) {
      await page.setViewportSize({ width, height: 800 });
      const [first, ...others] = await columnsOf(page, '.acc__rows li');
      expect(others).toEqual([first, first]);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
    }
    await rows.first().locator('a').click();
    await page.waitForURL('**/account/orders/*');
    expect(await page.locator('main').innerText()).toMatch(/Moon jar[^]*\$148\.00/);
    await page.goBack();
    await rows.first().getByRole('button').click();
    await page.waitForURL('**/cart');
    await page.getByText('What you ordered then is in your bag again.').waitFor();
    expect(await cartLines(page)).toEqual(['1 x Blue']);
  });

  test('nothing complained', () => {
    // The address of the checkout has no page yet; a gift card's day that is over is refused, as it is asked to be.
    const asked = /404.*\/checkout$|422.*\/cart\/add$/;
    expect(browser.complaints.filter((line) => !asked.test(line))).toEqual([]);
  });
});
