import type { Page } from 'playwright-core';
import type { AuditedPage } from './pages';

/** Who buys. */
export const shopper = { name: 'Ada Lovelace', email: 'ada@example.com' } as const;

/** Sends a form of the checkout as its first button does. */
async function send(page: Page, button: string): Promise<void> {
  await Promise.all([page.waitForNavigation({ waitUntil: 'load' }), page.click(button)]);
}

/**
 * Takes what this browser has in its cart to the payment.
 * @returns the pages of the checkout as they stand then, every one of them open
 */
export async function checkoutPages(page: Page, origin: string): Promise<AuditedPage[]> {
  await page.goto(`${origin}/checkout`, { waitUntil: 'load' });
  const base = new URL(page.url()).pathname.replace(/\/information$/, '');
  await page.fill('[name=email]', shopper.email);
  await page.fill('[name=shipping_name]', shopper.name);
  await page.fill('[name=shipping_address1]', 'Torstraße 1');
  await page.fill('[name=shipping_zip]', '10119');
  await page.fill('[name=shipping_city]', 'Berlin');
  await send(page, 'button[value=continue]');
  return ['information', 'delivery', 'payment'].map((step) => ({
    name: `checkout-${step}`,
    path: `${base}/${step}`,
  }));
}

/**
 * Orders by bank transfer what was taken to the payment.
 * @param payment the path of the payment's page
 * @returns the pages of an order, and the one for an order that is not there
 */
export async function orderPages(
  page: Page,
  origin: string,
  payment: string,
): Promise<AuditedPage[]> {
  await page.goto(origin + payment, { waitUntil: 'load' });
  await page.locator('label', { hasText: 'Bank transfer' }).click();
  await send(page, 'button[value=pay]');
  const path = new URL(page.url()).pathname;
  const token = path.split('/').at(-1) ?? '';
  return [
    { name: 'order', path },
    { name: 'withdraw', path: '/withdraw' },
    { name: 'withdraw-order', path: `/withdraw?order=${token}` },
    { name: 'order-missing', path: `/orders/${'x'.repeat(32)}` },
  ];
}
