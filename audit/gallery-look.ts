import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { uncover } from './gallery-hidden';

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

/**
 * Makes a section the first of its page, as what stands before it may lend it air, and hides what comes after it. A
 * header that lies over the first section of the page lies over no other.
 */
const alone = (id: string): string => `(() => {
  const section = document.getElementById('${id}');
  const before = () => section.previousElementSibling;
  if (section.closest('main') && before()?.matches('.hbt-section'))
    document.querySelector('.section-header')?.style.setProperty('visibility', 'hidden');
  while (before()?.matches('.hbt-section')) before().remove();
  section.style.removeProperty('visibility');
  const next = section.nextElementSibling;
  if (next?.matches('.hbt-section')) next.style.setProperty('visibility', 'hidden');
})()`;

/** How wide the picture of a section is, and how high at most. */
const section = { width: 960, height: 1100 };

/** Opens a page, with everything that it shows in its place. */
export async function open(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await page.evaluate(settle);
}

/** Of every section of a page that is still wanted and shows something, its picture. */
export async function photographPage(
  page: Page,
  url: string,
  { wants, fileOf }: { wants: Set<string>; fileOf: (type: string) => string },
): Promise<void> {
  await open(page, url);
  await page.addStyleTag({ content: still });
  for (const handle of await page.$$('[data-section-type]')) {
    const type = (await handle.getAttribute('data-section-type')) ?? '';
    if (!wants.has(type)) continue;
    await page.evaluate(alone((await handle.getAttribute('id')) ?? ''));
    const uncovered = await uncover(page, type);
    const shown = uncovered === null ? handle : await page.$(uncovered);
    const box = await shown?.boundingBox();
    if (!shown || !box || box.height < 8) continue;
    wants.delete(type);
    await keep(await shown.screenshot(), section, fileOf(type));
    if (uncovered !== null) await page.evaluate(`document.querySelector('${uncovered}').remove()`);
  }
}

/** Writes a picture as WebP, so wide and at most so high. */
export async function keep(
  png: Buffer,
  { width, height }: { width: number; height?: number },
  file: string,
): Promise<void> {
  mkdirSync(dirname(file), { recursive: true });
  const { data, info } = await sharp(png)
    .resize({ width, withoutEnlargement: true })
    .png()
    .toBuffer({ resolveWithObject: true });
  const box = {
    left: 0,
    top: 0,
    width: info.width,
    height: Math.min(info.height, height ?? info.height),
  };
  writeFileSync(file, await sharp(data).extract(box).webp({ quality: 72, effort: 6 }).toBuffer());
}
