/**
 * Takes the pictures of docs/gallery: every preset's front page and every section of the first-party themes, as
 * Chromium shows them on the demo store, and writes the page that lists them.
 *
 *   npm run gallery -- [--theme atelier] [--only presets,sections]
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openBrowser } from '../apps/e2e/test/browser';
import { openDemo } from './demo';
import { openFlashSale } from './gallery-offer';
import { galleryPage, galleryThemes } from './gallery-page';
import { galleryFolder, photographPresets, photographSections } from './gallery-pictures';

const { values } = parseArgs({
  options: {
    theme: { type: 'string', multiple: true, default: [...galleryThemes] },
    only: { type: 'string', default: 'presets,sections' },
  },
});
const wants = new Set(values.only.split(','));

async function main(): Promise<void> {
  const demo = await openDemo();
  const browser = await openBrowser(null);
  try {
    const page = await browser.context.newPage();
    await page.emulateMedia({ reducedMotion: 'reduce', colorScheme: 'light' });
    const discount = await openFlashSale(demo.merchant);
    for (const theme of values.theme) {
      const sitting = { demo, page, theme, discount };
      if (wants.has('presets')) await photographPresets(sitting);
      if (wants.has('sections')) await photographSections(sitting);
    }
    writeFileSync(join(galleryFolder, 'README.md'), galleryPage(galleryFolder));
  } finally {
    await browser.close();
    await demo.close();
  }
}

void main();
