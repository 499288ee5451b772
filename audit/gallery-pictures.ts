import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { type ThemeFiles, applyPreset, compileTheme } from '@libs/template-engine';
import { eventually } from '../apps/e2e/test/merchant';
import type { Demo } from './demo';
import { accountPages, doorPages } from './gallery-account';
import { galleryContent } from './gallery-content';
import { uncover } from './gallery-hidden';
import { pictureOf } from './gallery-page';
import { addable, inEnglish, inPages, withFrontPage } from './gallery-theme';
import { pagesOf } from './pages';
import { fillCart } from './shopping';
import { serveTemplates } from './template-pages';
import { presetsOf, themeFiles, zipOf } from './theme-files';

/** Where the pictures lie, in a folder for each theme. */
export const galleryFolder = resolve(__dirname, '../docs/gallery');

/** Desktop and phone, in CSS pixels; pictures of whole pages end after this height. */
const screens = [
  { name: 'desktop', width: 1440, height: 2000, scaled: 720 },
  { name: 'phone', width: 390, height: 1600, scaled: 390 },
] as const;

/**
 * Scrolls through the page so that lazy pictures come, and waits until those in sight are there, and the fonts: also
 * those that a shopper on a slow line goes without.
 */
const settle = `(async () => {
  for (const sheet of document.styleSheets) [...sheet.cssRules].forEach((rule, at) => {
    if (!(rule instanceof CSSFontFaceRule)) return;
    sheet.deleteRule(at);
    sheet.insertRule(rule.cssText.replace('font-display: optional', 'font-display: block'), at);
  });
  for (let y = 0; y < document.body.scrollHeight; y += 600) {
    scrollTo(0, y);
    await new Promise((done) => setTimeout(done, 60));
  }
  scrollTo(0, 0);
  const shown = [...document.images].filter((image) => image.checkVisibility());
  const there = shown.map((image) => image.complete || new Promise((done) => {
    image.addEventListener('load', done);
    image.addEventListener('error', done);
  }));
  // What lies beside the page, in a row that scrolls, is fetched when it comes into sight, if ever.
  await Promise.race([Promise.all(there), new Promise((done) => setTimeout(done, 8000))]);
  await document.fonts.ready;
})()`;

/** Nothing lies over a section while its picture is taken, and all of it comes into sight. */
const still = `html { scroll-padding: 0 !important }
  .section-header, .sec-flash-header { position: static !important }
  .stick { display: none !important }`;

/** A theme whose pictures are taken in this page of a browser. */
export interface Sitting {
  demo: Demo;
  page: Page;
  theme: string;
  /** The discount that its sections show. */
  discount: string;
}

/** Takes the front page of every preset anew, as a desktop and as a phone show it. */
export async function photographPresets({ demo, page, theme, discount }: Sitting): Promise<void> {
  forget(theme, 'preset-');
  const files = inEnglish(themeFiles(theme), galleryContent(discount));
  for (const preset of presetsOf(theme)) {
    await publish(demo, applyPreset(files, preset).files);
    for (const { name, width, height, scaled } of screens) {
      await page.setViewportSize({ width, height });
      await page.goto(`${demo.url}/`);
      await page.evaluate(settle);
      await keep(await page.screenshot(), scaled, [theme, pictureOf.preset(preset, name)]);
    }
  }
}

/** Takes every section of the theme anew, as a desktop shows it. */
export async function photographSections(sitting: Sitting): Promise<void> {
  const { demo, page, theme, discount } = sitting;
  forget(theme, 'section-');
  const contents = galleryContent(discount);
  const files = inEnglish(themeFiles(theme), contents);
  const { meta, diagnostics } = compileTheme(files, { locales: ['en'] });
  if (!meta) throw new Error(`${theme} does not compile: ${diagnostics[0]?.message}`);
  const seen = new Set<string>();
  const look = (path: string) => photographPage(page, demo.url + path, { theme, seen });
  await page.setViewportSize({ width: 1440, height: 1000 });
  for (const types of inPages(addable(meta.sections))) {
    await publish(demo, withFrontPage(files, meta.sections, { types, contents }));
    await look('/');
  }
  await photographShop(sitting, look);
  await look(await lastResort(sitting));
  await page.unrouteAll();
}

/** The pages of the shop, in the order in which a shopper comes to them; last, the one of a closed shop. */
async function photographShop(
  { demo, page }: Sitting,
  look: (path: string) => Promise<void>,
): Promise<void> {
  const pages = await pagesOf(demo.merchant);
  await page.context().clearCookies();
  await fillCart(page, demo.url, pages.find(({ name }) => name === 'product')?.path ?? '/');
  const [, second] = await demo.merchant.all<{ handle: string }>('/products');
  const paths = [`/products/${second?.handle}`, ...pages.map(({ path }) => path), ...doorPages];
  for (const path of paths) await look(path);
  for (const path of await accountPages(page, demo)) await look(path);
  await lock(demo, 'first light');
  // A shop that is open sends away from the page of one that is not.
  await eventually('the shop to be closed', async () => {
    await page.goto(`${demo.url}/password`);
    return page.url().endsWith('/password') || null;
  });
  await look('/password');
  await lock(demo, null);
}

async function lock({ merchant }: Demo, storefrontPassword: string | null): Promise<void> {
  const { version } = await merchant.done('GET ');
  await merchant.done('PATCH ', { body: { storefrontPassword, version } });
}

/** The page for when all else fails: no address of the shop leads to it. */
async function lastResort({ demo, page, theme }: Sitting): Promise<string> {
  const apart = await serveTemplates(page, demo.url, { theme, locale: 'en' });
  const found = apart.find(({ name }) => name === '404-error');
  if (!found) throw new Error(`${theme} has no page for when all else fails.`);
  return found.path;
}

async function publish(demo: Demo, files: ThemeFiles): Promise<void> {
  await demo.merchant.publishTheme(await zipOf(files));
}

/** Every section of the page that has not been seen and shows something. */
async function photographPage(
  page: Page,
  url: string,
  { theme, seen }: { theme: string; seen: Set<string> },
): Promise<void> {
  await page.goto(url);
  await page.evaluate(settle);
  await page.addStyleTag({ content: still });
  for (const section of await page.locator('[data-section-type]').all()) {
    const type = (await section.getAttribute('data-section-type')) ?? '';
    if (seen.has(type)) continue;
    const uncovered = await uncover(page, type);
    const shown = uncovered === null ? section : page.locator(uncovered);
    const box = await shown.boundingBox();
    if (!box || box.height < 8) continue;
    seen.add(type);
    await keep(await shown.screenshot(), 960, [theme, pictureOf.section(type)]);
    if (uncovered !== null) await page.evaluate(`document.querySelector('${uncovered}').remove()`);
  }
}

async function keep(png: Buffer, width: number, [theme, name]: string[]): Promise<void> {
  const image = sharp(png).resize({ width, withoutEnlargement: true });
  const file = join(galleryFolder, String(theme), `${name}.webp`);
  writeFileSync(file, await image.webp({ quality: 72, effort: 6 }).toBuffer());
}

/** Removes the pictures whose names begin like this. */
function forget(theme: string, beginning: string): void {
  const folder = join(galleryFolder, theme);
  mkdirSync(folder, { recursive: true });
  for (const file of readdirSync(folder))
    if (file.startsWith(beginning)) rmSync(join(folder, file));
}
