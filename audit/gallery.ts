/**
 * Takes the pictures of docs/gallery: every preset's front page and every section of the first-party themes, as
 * Chromium shows them on the demo store, and writes the page that lists them.
 *
 *   npm run gallery -- [--theme atelier] [--only presets,sections]
 */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { type ThemeFiles, compileTheme } from '@libs/template-engine';
import { openBrowser } from '../apps/e2e/test/browser';
import { type Demo, openDemo } from './demo';
import { addable, inPages, withFrontPage } from './gallery-theme';
import { galleryPage } from './gallery-page';
import { pagesOf } from './pages';
import { fillCart } from './shopping';
import { presetsOf, themeFiles, zipOf } from './theme-files';

const folder = resolve(__dirname, '../docs/gallery');
/** Desktop and phone, in CSS pixels; pictures of whole pages end after this height. */
const screens = [
  { name: 'desktop', width: 1440, height: 2000, scaled: 720 },
  { name: 'phone', width: 390, height: 1600, scaled: 390 },
] as const;

const { values } = parseArgs({
  options: {
    theme: { type: 'string', multiple: true, default: ['atelier', 'flash'] },
    only: { type: 'string', default: 'presets,sections' },
  },
});
const wants = new Set(values.only.split(','));

/** Scrolls through the page so that lazy pictures come, and waits until those in sight are there. */
const settle = `(async () => {
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
  await Promise.race([Promise.all(there), new Promise((done) => setTimeout(done, 3000))]);
  await document.fonts.ready;
})()`;

/** Nothing lies over a section while its picture is taken, and all of it comes into sight. */
const still = `html { scroll-padding: 0 !important }
  .section-header, .sec-flash-header { position: static !important }
  .stick { display: none !important }`;

async function photographPresets(demo: Demo, page: Page, theme: string): Promise<void> {
  for (const preset of presetsOf(theme)) {
    await demo.wear(theme, preset);
    for (const { name, width, height, scaled } of screens) {
      await page.setViewportSize({ width, height });
      await page.goto(`${demo.url}/`);
      await page.evaluate(settle);
      await keep(await page.screenshot(), scaled, [theme, `preset-${slug(preset)}-${name}`]);
    }
  }
}

async function photographSections(demo: Demo, page: Page, theme: string): Promise<void> {
  const files = themeFiles(theme);
  const { meta, diagnostics } = compileTheme(files, { locales: ['en'] });
  if (!meta) throw new Error(`${theme} does not compile: ${diagnostics[0]?.message}`);
  const seen = new Set<string>();
  await page.setViewportSize({ width: 1440, height: 1000 });
  for (const types of inPages(addable(meta.sections))) {
    await publish(demo, withFrontPage(files, meta.sections, types));
    await photographPage(page, `${demo.url}/`, { theme, seen });
  }
  await demo.wear(theme);
  const pages = await pagesOf(demo.merchant);
  await fillCart(page, demo.url, pages.find(({ name }) => name === 'product')?.path ?? '/');
  for (const { path } of pages) await photographPage(page, demo.url + path, { theme, seen });
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
    const box = await section.boundingBox();
    if (seen.has(type) || !box || box.height < 8) continue;
    seen.add(type);
    await keep(await section.screenshot(), 960, [theme, `section-${type}`]);
  }
}

async function keep(png: Buffer, width: number, [theme, name]: string[]): Promise<void> {
  const image = sharp(png).resize({ width, withoutEnlargement: true });
  const file = join(folder, String(theme), `${name}.webp`);
  writeFileSync(file, await image.webp({ quality: 72, effort: 6 }).toBuffer());
}

/** Removes the pictures whose names begin like this. */
function forget(theme: string, beginning: string): void {
  for (const file of readdirSync(join(folder, theme)))
    if (file.startsWith(beginning)) rmSync(join(folder, theme, file));
}

function slug(preset: string): string {
  const plain = preset.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return plain.replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '');
}

async function main(): Promise<void> {
  const demo = await openDemo();
  const browser = await openBrowser(null);
  try {
    const page = await browser.context.newPage();
    await page.emulateMedia({ reducedMotion: 'reduce', colorScheme: 'light' });
    for (const theme of values.theme) {
      mkdirSync(join(folder, theme), { recursive: true });
      if (wants.has('presets')) {
        forget(theme, 'preset-');
        await photographPresets(demo, page, theme);
      }
      if (wants.has('sections')) {
        forget(theme, 'section-');
        await photographSections(demo, page, theme);
      }
    }
    writeFileSync(join(folder, 'README.md'), galleryPage(folder));
  } finally {
    await browser.close();
    await demo.close();
  }
}

void main();
