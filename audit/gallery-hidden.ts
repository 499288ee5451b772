import type { Page } from 'playwright-core';

/** What a shopper does before a section is seen, and what is seen then. */
interface Hidden {
  /** Runs in the page. */
  script: string;
  /** What the picture is of. */
  shown: string;
  /** What must be in it first: pages before that are passed over. */
  filled?: string;
}

const open = (id: string): string => `document.getElementById('${id}').showPopover()`;

/** Waits until a picture in the box is there, or for three seconds. */
const filled = (box: string): string => `
  for (let turn = 0; turn < 30 && !document.querySelector('${box} img')?.complete; turn += 1)
    await new Promise((done) => setTimeout(done, 100));`;

/** Sections that are not seen before a shopper does something. By type. */
const hidden: Readonly<Record<string, Hidden>> = {
  'cart-drawer': {
    script: `${open('cart-drawer')};${filled('#cart-drawer')}`,
    shown: '#cart-drawer',
    filled: '#cart-drawer form',
  },
  'search-overlay': {
    script: `${open('site-search')};
  const field = document.querySelector('#site-search input[type=search]');
  field.value = 'vase';
  field.dispatchEvent(new Event('input', { bubbles: true }));${filled('#site-search')}`,
    shown: '#site-search',
  },
  'recently-viewed': {
    script: `document.querySelector('[data-recent]').scrollIntoView();${filled('[data-recent]')}`,
    shown: '[data-recent]',
  },
  'sticky-buy': {
    script: `document.querySelector('.stick').removeAttribute('data-away');
  document.querySelector('.stick').style.setProperty('display', 'block', 'important');${filled('.stick')}`,
    shown: '.stick',
  },
};

/**
 * Does on the page what makes a section seen.
 * @returns what is to be photographed; null for a section that needs nothing, or does not stand on the page
 */
export async function uncover(page: Page, type: string): Promise<string | null> {
  const way = hidden[type];
  const there = way && (await page.locator(way.filled ?? way.shown).count()) > 0;
  if (!way || !there) return null;
  await page.evaluate(`(async () => { ${way.script} })()`);
  return way.shown;
}
