import type { Page } from 'playwright-core';
import type { Browser } from './browser';
import type { Merchant } from './merchant';

/** What a suite of a theme reads of a product. */
export interface ShopProduct {
  id: string;
  variants: { id: string; publicId: number; options: string[] }[];
}

/** Does something on a page that runs no scripts of its own. */
export async function withoutScripts(
  browser: Browser,
  page: Page,
  work: () => Promise<void>,
): Promise<void> {
  const protocol = await browser.context.newCDPSession(page);
  await protocol.send('Emulation.setScriptExecutionDisabled', { value: true });
  try {
    await work();
  } finally {
    await protocol.send('Emulation.setScriptExecutionDisabled', { value: false });
    await protocol.detach();
  }
}

/** Notes how many units of a variant are on hand, at each of the store's locations. */
export async function countUnits(
  merchant: Merchant,
  variantId: string,
  onHand: number,
): Promise<void> {
  const { items } = await merchant.done('GET /inventory-levels?limit=100');
  const levels: { itemId: string; locationId: string }[] = items;
  for (const { itemId, locationId } of levels.filter((level) => level.itemId === variantId)) {
    const body = { onHand, ignoreCompare: true };
    await merchant.done(`PUT /inventory-levels/${itemId}/${locationId}`, { body });
  }
}

/**
 * Makes paid orders of one variant for a customer.
 * @returns the name of the last, such as `#1003`
 */
export async function ordersFor(
  merchant: Merchant,
  { email, variantId, times }: { email: string; variantId: string; times: number },
): Promise<string> {
  const byHand = { provider: 'manual', title: 'Bank transfer', enabled: true };
  await merchant.done('POST /payment-accounts', { body: byHand });
  const { items } = await merchant.done('GET /customers?limit=100');
  const customers: { id: string; email: string }[] = items;
  const customerId = customers.find((one) => one.email === email)?.id;
  const body = { customerId, email, lines: [{ variantId, quantity: 1 }] };
  for (let made = 0; made < times; made += 1) {
    const draft = await merchant.done('POST /draft-orders', { body });
    await merchant.done(`POST /draft-orders/${draft.id}/mark-paid`, { body: {} });
  }
  const orders = await merchant.done('GET /orders?limit=1');
  return orders.items[0].name;
}

/** Opens an account on the store's own page. */
export async function openAccount(page: Page, shop: string, email: string): Promise<void> {
  await page.goto(`${shop}/account/register`);
  await page.locator('main [name="customer[email]"]').fill(email);
  await page.locator('main [name="customer[password]"]').fill('analytical engine');
  await Promise.all([
    page.waitForURL(/\/account$/),
    page.locator('main form [type=submit]').first().click(),
  ]);
}

/** The lines of the shopper's cart, as `2 x Slate`. */
export async function cartLines(page: Page): Promise<string[]> {
  const cart = await page.evaluate<{ items: { variant_title: string; quantity: number }[] }>(
    `fetch('/cart.js').then((answer) => answer.json())`,
  );
  return cart.items.map(({ variant_title, quantity }) => `${quantity} x ${variant_title}`);
}

/** Puts a variant into the shopper's cart, as a script of the page would. */
export async function putIn(page: Page, publicId: number, quantity: number): Promise<void> {
  const body = JSON.stringify({ id: publicId, quantity });
  await page.evaluate(
    `fetch('/cart/add.js', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '${body}' })`,
  );
}

/** Where the parts of rows begin, in pixels from the left, by row: the same for each where they stand in columns. */
export function columnsOf(page: Page, rows: string): Promise<number[][]> {
  return page.evaluate<number[][]>(
    `[...document.querySelectorAll('${rows}')].map((row) => [...row.children].map((part) => Math.round(part.getBoundingClientRect().left)))`,
  );
}
