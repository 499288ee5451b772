import type { Page } from 'playwright-core';
import { eventually } from '../apps/e2e/test/merchant';
import { checkoutPages, orderPages, shopper } from './checkout-pages';
import type { Demo } from './demo';

/** A link of a mail, as long as a real one: its page asks for the password before it looks at the link. */
const link = 'a-link-of-a-mail-that-nobody-sent';

/** Pages of the account that anybody can open. */
export const doorPages: readonly string[] = [
  '/account/login',
  '/account/register',
  `/account/reset/${link}`,
  `/account/activate/${link}`,
];

/**
 * Orders what is in this browser's cart and signs in by a code from the mail.
 * @returns the paths of the account, its addresses and the order
 */
export async function accountPages(page: Page, demo: Demo): Promise<string[]> {
  const steps = await checkoutPages(page, demo.url);
  await orderPages(page, demo.url, steps.at(-1)?.path ?? '');
  await page.goto(`${demo.url}/account/login`);
  const asked = 'form[action$="/account/code"]';
  const before = await mailedCode(demo);
  await submit(page, asked, { email: shopper.email });
  const code = await eventually('a new code for the account', async () => {
    const newest = await mailedCode(demo);
    return newest === before ? null : newest;
  });
  await submit(page, asked, { code });
  await page.goto(`${demo.url}/account`);
  const order = page.locator('main a[href*="/account/orders/"]').first();
  return ['/account', '/account/addresses', (await order.getAttribute('href')) ?? ''];
}

async function submit(page: Page, form: string, fields: Record<string, string>): Promise<void> {
  for (const [name, value] of Object.entries(fields))
    await page.fill(`${form} [name="customer[${name}]"]:not([type=hidden])`, value);
  await Promise.all([
    page.waitForNavigation({ waitUntil: 'load' }),
    page.click(`${form} [type=submit]`),
  ]);
}

/** The newest code that was mailed; null before the first. */
async function mailedCode({ api }: Demo): Promise<string | null> {
  const answer = await fetch(`${api}/mailbox?q=${encodeURIComponent(shopper.email)}`);
  return /(\d{3} ?\d{3}) is your code/.exec(await answer.text())?.[1] ?? null;
}
