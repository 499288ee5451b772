import { type Browser, openBrowser } from '../apps/e2e/test/browser';
import { describeWith } from '../apps/e2e/test/tools';
import { barriers, schemes } from './accessibility';
import { type Demo, openDemo } from './demo';
import { scorePage } from './lighthouse';
import { steadyMisses } from './limits';
import { markupErrors } from './markup';
import { pagesOf } from './pages';
import { sources } from './shopping';

jest.setTimeout(300_000);

/** One page of each theme; `npm run audit` looks at all of them, and at their speed. */
const judged = [
  ['atelier', 'product'],
  ['flash', 'home'],
] as const;

describeWith(['chromium', 'java'], 'a page of each first-party theme', () => {
  let demo: Demo;
  let browser: Browser;

  beforeAll(async () => {
    demo = await openDemo();
    browser = await openBrowser(null);
  });
  afterAll(async () => {
    await browser?.close();
    await demo?.close();
  });

  test.each(judged)('%s, %s', async (theme, name) => {
    await demo.wear(theme);
    const audited = (await pagesOf(demo.merchant)).filter((each) => each.name === name);
    const url = `${demo.url}${audited[0]?.path}`;
    const page = await browser.context.newPage();
    const found: Record<string, string[]> = {};
    for (const [direction, locale] of [
      ['ltr', 'en'],
      ['rtl', 'ar'],
    ] as const) {
      await demo.speak(locale);
      for (const scheme of schemes) {
        found[`${direction} ${scheme}`] = await barriers(page, url, scheme);
      }
      found[`markup ${direction}`] = await markupErrors(await sources(page, demo.url, audited));
    }
    await demo.speak('en');
    found['lighthouse'] = steadyMisses(theme, await scorePage(url, 1));
    expect(Object.entries(found).filter(([, lines]) => lines.length > 0)).toEqual([]);
    expect(browser.complaints).toEqual([]);
  });
});
