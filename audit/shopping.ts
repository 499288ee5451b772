import type { Page } from 'playwright-core';
import type { AuditedPage } from './pages';

/** In the browser: sends the product page's form as its script would. */
const addByForm = `(async () => {
  const form = document.querySelector('form[action$="/cart/add"]');
  if (!form) return 'the page has no form';
  const answer = await fetch('/cart/add.js', { method: 'POST', body: new FormData(form) });
  return answer.ok ? '' : answer.status + ' ' + (await answer.text());
})()`;

/**
 * Puts something into the cart of this browser, as the product page's form does.
 * @throws Error with the answer when the shop refuses
 */
export async function fillCart(page: Page, origin: string, productPath: string): Promise<void> {
  await page.goto(origin + productPath, { waitUntil: 'load' });
  const refusal = await page.evaluate<string>(addByForm);
  if (refusal !== '') throw new Error(`Nothing could be added on ${productPath}: ${refusal}`);
}

/** The HTML of pages as this browser gets it, before any script has run. */
export async function sources(
  page: Page,
  origin: string,
  pages: readonly AuditedPage[],
): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const { name, path } of pages) {
    const answer = await page.goto(origin + path, { waitUntil: 'commit' });
    if (answer) found.set(name, await answer.text());
  }
  return found;
}
