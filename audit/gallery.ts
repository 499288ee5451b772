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
import { galleryPage, galleryThemes } from './gallery-page';
import { galleryFolder, photographTheme } from './gallery-pictures';

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
    // The first theme shows what the demo store sells by itself, before other brands move in.
    const themes = galleryThemes.filter((theme) => values.theme.includes(theme));
    for (const theme of themes) await photographTheme({ demo, page, theme }, wants);
    writeFileSync(join(galleryFolder, 'README.md'), galleryPage(galleryFolder));
  } finally {
    await browser.close();
    await demo.close();
  }
}

void main();
