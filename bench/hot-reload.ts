/**
 * How long it takes from saving a section's file until `caravel theme dev` has changed it in an open page of Chromium,
 * against loading the same page anew: Atelier's product page, medians of thirty rounds.
 *
 *   node -r ./libs/testing/jest/register.cjs bench/hot-reload.ts
 */
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { openBrowser } from '../apps/e2e/test/browser';
import { CommandLine } from '../apps/e2e/test/command-line';
import type { Deployment } from '../apps/e2e/test/deployment';
import { Merchant } from '../apps/e2e/test/merchant';
import { onDeployment } from './lab';
import { median } from './page-load';

const rounds = 30;
const file = 'sections/main-product.hbs';

/** Resolves, within the page, with the time at which its heading reads so. */
const changed = (word: string): string =>
  `new Promise((done) => {
    const look = () => document.querySelector('main h1')?.textContent === '${word}' && done(Date.now());
    new MutationObserver(look).observe(document.body, { childList: true, subtree: true, characterData: true });
  })`;

async function save(cli: CommandLine, page: Page, word: string): Promise<number> {
  const path = cli.path('shop', file);
  const next = (await readFile(path, 'utf8')).replace(/<h1>.*<\/h1>/, `<h1>${word}</h1>`);
  const seen = page.evaluate<number>(changed(word));
  await page.waitForTimeout(400);
  const begun = Date.now();
  await writeFile(path, next);
  return (await seen) - begun;
}

async function reload(page: Page): Promise<number> {
  const begun = Date.now();
  await page.reload({ waitUntil: 'load' });
  return Date.now() - begun;
}

async function measure(deployment: Deployment): Promise<void> {
  const merchant = await Merchant.signUp(deployment.apiUrl, { handle: 'kiln', name: 'Kiln' });
  await merchant.done('POST /products', { body: { title: 'Tall vase' } });
  const cli = await CommandLine.open(deployment.apiUrl);
  await cli.run(['login', '--token-stdin'], merchant.token);
  await cli.run(['theme', 'init', 'shop', '--theme', 'atelier']);
  const dev = cli.start(['theme', 'dev', 'shop', '--port', '0', '--json']);
  const [first] = (await once(dev.stdout as NodeJS.ReadableStream, 'data')) as [Buffer];
  const { url } = JSON.parse(first.toString()) as { url: string };
  const browser = await openBrowser(null);
  try {
    const page = await browser.context.newPage();
    await page.goto(`${url}/products/tall-vase`);
    const times = { saved: [] as number[], loaded: [] as number[] };
    for (let round = 0; round < rounds; round += 1) {
      times.saved.push(await save(cli, page, `Vase ${round}`));
      times.loaded.push(await reload(page));
    }
    report(times);
  } finally {
    await browser.close();
    dev.kill('SIGINT');
    await once(dev, 'exit');
    await cli.close();
  }
}

function report({ saved, loaded }: { saved: number[]; loaded: number[] }): void {
  const [ours, reference] = [median(saved), median(loaded)];
  process.stdout.write(
    `${saved.join(' ')} ms\n` +
      `a section's file saved to the section shown: ${ours} ms, at most ${Math.max(...saved)} ms; ` +
      `the page loaded anew: ${reference} ms; ratio ${(ours / reference).toFixed(2)}\n`,
  );
}

void onDeployment(measure);
