/**
 * Judges the first-party themes on the demo store: Lighthouse, axe-core and the W3C's checker.
 *
 *   npm run audit -- [--theme atelier] [--only lighthouse,axe,markup] [--runs 3]
 *
 * Ends with 1 when a page misses something.
 */
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { openBrowser } from '../apps/e2e/test/browser';
import { barriers, schemes } from './accessibility';
import { checkoutPages, orderPages } from './checkout-pages';
import { type Demo, openDemo } from './demo';
import { scorePage } from './lighthouse';
import { misses } from './limits';
import { markupErrors } from './markup';
import { type AuditedPage, judged, pagesOf } from './pages';
import { fillCart, sources } from './shopping';
import { serveTemplates } from './template-pages';

/** A language of each direction. */
const directions = { ltr: 'en', rtl: 'ar' } as const;
type Direction = keyof typeof directions;

const { values } = parseArgs({
  options: {
    theme: { type: 'string', multiple: true, default: ['atelier', 'flash'] },
    only: { type: 'string', default: 'lighthouse,axe,markup' },
    runs: { type: 'string', default: '3' },
  },
});
const wants = new Set(values.only.split(','));
let findings = 0;

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function find(where: string, what: readonly string[]): void {
  findings += what.length;
  for (const line of what) say(`  ${where}: ${line}`);
}

async function auditTheme(demo: Demo, theme: string): Promise<void> {
  say(`\n${theme}`);
  await demo.wear(theme);
  const pages = await pagesOf(demo.merchant);
  if (wants.has('lighthouse')) await speed(demo, theme, pages);
  for (const direction of ['ltr', 'rtl'] as const) {
    await demo.speak(directions[direction]);
    await look(demo, { theme, direction, pages });
  }
  await demo.speak(directions.ltr);
}

async function speed(demo: Demo, theme: string, pages: AuditedPage[]): Promise<void> {
  for (const { name, path } of judged(pages)) {
    const score = await scorePage(demo.url + path, Number(values.runs));
    const { performance, accessibility, bestPractices, seo, lcp, cls, tbt, bytes } = score;
    say(
      `  ${name}: ${performance} ${accessibility} ${bestPractices} ${seo}, LCP ${Math.round(lcp)} ms, ` +
        `CLS ${cls.toFixed(3)}, TBT ${Math.round(tbt)} ms, ${(bytes / 1024).toFixed(1)} KB without pictures`,
    );
    const missed = misses(theme, score);
    find(name, missed);
    if (missed.length > 0) for (const line of score.shortfalls) say(`    ${line}`);
  }
}

async function look(
  demo: Demo,
  { theme, direction, pages }: { theme: string; direction: Direction; pages: AuditedPage[] },
): Promise<void> {
  const browser = await openBrowser(null);
  try {
    const page = await browser.context.newPage();
    await lookAt(demo.url, page, { direction, pages: pages.filter(({ cart }) => !cart) });
    const product = pages.find(({ name }) => name === 'product') as AuditedPage;
    await fillCart(page, demo.url, product.path);
    await lookAt(demo.url, page, { direction, pages: pages.filter(({ cart }) => cart) });
    const locale = directions[direction];
    const steps = await checkoutPages(page, demo.url);
    await lookAt(demo.url, page, { direction, pages: steps });
    const order = await orderPages(page, demo.url, steps.at(-1)?.path ?? '');
    await lookAt(demo.url, page, { direction, pages: order });
    const apart = await serveTemplates(page, demo.url, { theme, locale });
    await lookAt(demo.url, page, { direction, pages: apart });
    find(`${theme} ${direction}`, browser.complaints.filter(isOurs));
  } finally {
    await browser.close();
  }
}

/** A browser complains that pages for what is not there are not there. */
function isOurs(complaint: string): boolean {
  return !/status of 404 .*\/(nowhere|orders\/x+)/.test(complaint);
}

async function lookAt(
  origin: string,
  page: Page,
  { direction, pages }: { direction: string; pages: AuditedPage[] },
): Promise<void> {
  if (wants.has('axe')) {
    for (const { name, path } of pages) {
      for (const scheme of schemes) {
        find(`${name} ${direction} ${scheme}`, await barriers(page, origin + path, scheme));
      }
    }
  }
  if (wants.has('markup')) {
    find(`markup ${direction}`, await markupErrors(await sources(page, origin, pages)));
  }
}

async function main(): Promise<void> {
  const demo = await openDemo();
  try {
    for (const theme of values.theme) await auditTheme(demo, theme);
  } finally {
    await demo.close();
  }
  say(findings === 0 ? '\nNothing to put right.' : `\n${findings} to put right.`);
  process.exitCode = findings === 0 ? 0 : 1;
}

void main();
