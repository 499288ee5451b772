import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

/** Colour schemes that a shopper's machine may ask for. */
export const schemes = ['light', 'dark'] as const;
export type Scheme = (typeof schemes)[number];

/**
 * Looks for barriers with every rule of axe-core, best practices among them, after the page has come to rest.
 * @returns one line for each violation and element, empty when there is none
 */
export async function barriers(page: Page, url: string, scheme: Scheme): Promise<string[]> {
  await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
  await page.goto(url, { waitUntil: 'load' });
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => {
      const why = failureSummary?.split('\n').slice(1).join(' ').trim() ?? '';
      return `${id} at ${target.join(' ')}: ${help}. ${why}`;
    }),
  );
}
