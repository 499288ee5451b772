import type { Page } from 'playwright-core';
import { compileTheme, linkCss } from '@libs/template-engine';
import { SCENARIOS, fixturePage } from '@template-engine/dry-run';
import { loadArtefact, renderPage } from '@template-engine/runtime';
import type { AuditedPage } from './pages';
import { themeFiles } from './theme-files';

/** Templates whose pages a shopper meets only signed in, before a store opens, or when all else fails. */
const apart = /^(customers\/|password$|gift_card$|404\.error$)/;

const types: Readonly<Record<string, string>> = {
  css: 'text/css',
  js: 'text/javascript',
  svg: 'image/svg+xml',
  woff2: 'font/woff2',
};
const picture =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3"><path d="M0 0h4v3H0z"/></svg>';

/**
 * Lets this page of a browser open the templates of a theme that the demo store has no address for, filled by the dry
 * run with its ordinary data.
 * @returns their addresses, which exist only for this page
 */
export async function serveTemplates(
  page: Page,
  origin: string,
  { theme, locale }: { theme: string; locale: string },
): Promise<AuditedPage[]> {
  const files = themeFiles(theme);
  const { meta, artefacts } = compileTheme(files, { locales: [locale] });
  const artefact = artefacts.find((one) => one.locale === locale);
  const [ordinary] = SCENARIOS;
  if (!meta || !artefact || !ordinary) throw new Error(`${theme} has no code for ${locale}.`);
  const code = loadArtefact(artefact.js);
  await page.unrouteAll();
  await page.route(`${origin}/assets/*`, async (route) => {
    const name = new URL(route.request().url()).pathname.slice(1);
    const content = files.get(name) ?? '';
    const ending = name.slice(name.lastIndexOf('.') + 1);
    const body =
      ending === 'css' ? linkCss(String(content), (asset) => `/assets/${asset}`) : content;
    await route.fulfill({
      body: Buffer.from(body),
      contentType: types[ending] ?? `image/${ending}`,
    });
  });
  await page.route(`${origin}/fixture/**`, (route) =>
    route.fulfill({ body: picture, contentType: 'image/svg+xml' }),
  );
  const names = Object.keys(meta.templates).filter((name) => apart.test(name));
  return Promise.all(
    names.map(async (template) => {
      const name = template.replace(/[./]/g, '-');
      const path = `/_templates/${name}`;
      const { html } = renderPage(code, fixturePage(meta, template, ordinary, locale).input);
      await page.route(origin + path, (route) =>
        route.fulfill({ body: html, contentType: 'text/html; charset=utf-8' }),
      );
      return { name, path };
    }),
  );
}
