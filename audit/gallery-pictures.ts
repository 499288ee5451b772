import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import {
  type SectionMeta,
  type ThemeFiles,
  applyPreset,
  compileTheme,
} from '@libs/template-engine';
import { eventually } from '../apps/e2e/test/merchant';
import type { Demo } from './demo';
import { accountPages, doorPages } from './gallery-account';
import { eveningPicture } from './gallery-content';
import { keep, open, photographPage } from './gallery-look';
import { pictureOf } from './gallery-page';
import { type GalleryShop, openShop } from './gallery-shop';
import {
  addable,
  frontTypes,
  homesOf,
  inEnglish,
  inPages,
  withFrontPage,
  withProducts,
} from './gallery-theme';
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

/** A theme whose pictures are taken in this page of a browser. */
export interface Sitting {
  demo: Demo;
  page: Page;
  theme: string;
}

/** The shop that wears a preset, and the theme in it. */
interface Dressed {
  shop: GalleryShop;
  files: ThemeFiles;
  sections: Readonly<Record<string, SectionMeta>>;
}

/**
 * Takes the pictures of a theme anew, preset by preset: its front page as a desktop and as a phone show it, and the
 * sections that are at home on it; in the first preset also what no preset's front page has.
 * @param wants `presets`, `sections` or both
 */
export async function photographTheme(sitting: Sitting, wants: ReadonlySet<string>): Promise<void> {
  const { demo, page, theme } = sitting;
  const own = await withEvening(themeFiles(theme));
  const { meta, diagnostics } = compileTheme(own, { locales: ['en'] });
  if (!meta) throw new Error(`${theme} does not compile: ${diagnostics[0]?.message}`);
  const { sections } = meta;
  if (wants.has('presets')) forget(theme, 'preset-');
  if (wants.has('sections')) forget(theme, 'section-');
  const homes = homesOf(own);
  const [first, ...others] = presetsOf(theme);
  const left = new Set(
    Object.keys(sections).filter((type) => (homes.get(type) ?? first) === first),
  );
  for (const preset of [first, ...others].filter((name) => name !== undefined)) {
    const shop = await openShop(demo.merchant, preset);
    const { files: bare } = applyPreset(inEnglish(own, shop.contents), preset);
    const files = withProducts(bare, sections, shop.handles);
    await publish(demo, files);
    if (wants.has('presets')) await photographFront(sitting, preset);
    if (!wants.has('sections')) continue;
    const here = [...homes].filter(([, home]) => home === preset).map(([type]) => type);
    const wanted = preset === first ? left : new Set(here);
    await photographSections(sitting, { shop, files, sections }, wanted);
    if (preset !== first) continue;
    await photographShop(sitting, shop, wanted);
    await look(sitting, await lastResort(sitting), wanted);
    await page.unrouteAll();
  }
}

async function photographFront({ demo, page, theme }: Sitting, preset: string): Promise<void> {
  for (const { name, width, height, scaled } of screens) {
    await page.setViewportSize({ width, height });
    await open(page, `${demo.url}/`);
    const file = fileOf(theme, pictureOf.preset(preset, name));
    await keep(await page.screenshot(), { width: scaled }, file);
  }
}

/** The sections that are wanted and can stand on a front page: first those that the preset's own one has not. */
async function photographSections(
  sitting: Sitting,
  { shop, files, sections }: Dressed,
  wants: Set<string>,
): Promise<void> {
  const there = frontTypes(files);
  const others = addable(sections).filter((type) => wants.has(type) && !there.has(type));
  for (const types of inPages(others)) {
    const front = { types, contents: shop.contents };
    await publish(sitting.demo, withFrontPage(files, sections, front));
    await look(sitting, '/', wants);
  }
  if (others.length > 0) await publish(sitting.demo, files);
  await look(sitting, '/', wants);
}

/** The pages of the shop, in the order in which a shopper comes to them; last, the one of a closed shop. */
async function photographShop(
  sitting: Sitting,
  { main, brand }: GalleryShop,
  wants: Set<string>,
): Promise<void> {
  const { demo, page } = sitting;
  await page.context().clearCookies();
  const products = await demo.merchant.all<{ handle: string }>('/products');
  const others = products.map(({ handle }) => handle).filter((handle) => handle !== main);
  for (const handle of others.slice(0, 4)) await page.goto(`${demo.url}/products/${handle}`);
  await fillCart(page, demo.url, `/products/${main}`);
  const pages = await pagesOf(demo.merchant);
  const paths = [`/search?q=${brand.search}`, ...pages.map(({ path }) => path), ...doorPages];
  for (const path of [`/products/${main}`, ...paths]) await look(sitting, path, wants);
  for (const path of await accountPages(page, demo)) await look(sitting, path, wants);
  await lock(demo, 'first light');
  // A shop that is open sends away from the page of one that is not.
  await eventually('the shop to be closed', async () => {
    await page.goto(`${demo.url}/password`);
    return page.url().endsWith('/password') || null;
  });
  await look(sitting, '/password', wants);
  await lock(demo, null);
}

async function look(
  { demo, page, theme }: Sitting,
  path: string,
  wants: Set<string>,
): Promise<void> {
  if (wants.size === 0) return;
  await page.setViewportSize({ width: 1440, height: 1000 });
  const file = (type: string): string => fileOf(theme, pictureOf.section(type));
  await photographPage(page, demo.url + path, { wants, fileOf: file });
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

/** The theme with its table of the morning in the evening, at both sizes; a theme without that table as it is. */
async function withEvening(files: ThemeFiles): Promise<ThemeFiles> {
  const dark = new Map(files);
  for (const size of ['', '-s']) {
    const morning = files.get(`assets/kiln-morning${size}.webp`);
    if (morning === undefined) continue;
    const evening = sharp(Buffer.from(morning))
      .modulate({ brightness: 0.55, saturation: 0.7 })
      .recomb([
        [0.62, 0.05, 0.05],
        [0.05, 0.68, 0.08],
        [0.08, 0.1, 0.98],
      ]);
    const name = eveningPicture.replace('.webp', `${size}.webp`);
    dark.set(`assets/${name}`, await evening.webp({ quality: 80 }).toBuffer());
  }
  return dark;
}

function fileOf(theme: string, name: string): string {
  return join(galleryFolder, theme, `${name}.webp`);
}

/** Removes the pictures whose names begin like this. */
function forget(theme: string, beginning: string): void {
  const folder = join(galleryFolder, theme);
  mkdirSync(folder, { recursive: true });
  for (const file of readdirSync(folder))
    if (file.startsWith(beginning)) rmSync(join(folder, file));
}
