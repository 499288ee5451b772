import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripeField } from '../../payments/src/providers/stripe/stripe-field';
import { fieldScript } from '../src/renderer/checkout/field';
import { script } from '../src/renderer/checkout/script';

const field = stripeField(
  'https://js.stripe.com/clover/stripe.js',
  {},
  { money: { amountMinor: 100, currency: 'EUR' }, capture: 'now' },
);

/** Every script that can run on a page of the checkout, as it is sent. */
const scripts: Record<string, string> = {
  steps: script,
  fields: fieldScript([]),
  stripe: field.code,
};

/** Rows of the inventory by the first cell, from one of its tables. */
function rowsOf(title: string): Map<string, string[]> {
  const text = readFileSync(join(__dirname, '../../../docs/checkout-scripts.md'), 'utf8');
  const part = text.split(/^## /m).find((section) => section.startsWith(title)) ?? '';
  const rows = part.split('\n').filter((line) => line.startsWith('| `'));
  return new Map(
    rows.map((row) => {
      const cells = row.slice(1, -1).split('|');
      const [name = '', ...rest] = cells.map((cell) => cell.trim().replaceAll('`', ''));
      return [name, rest];
    }),
  );
}

describe('the inventory of the checkout’s scripts', () => {
  it('names every script of ours, by what it is now', () => {
    const kept = [...rowsOf('Our own')].map(([name, [hash]]) => [name, hash]);
    const now = Object.entries(scripts).map(([name, text]) => [
      name,
      createHash('sha256').update(text).digest('base64'),
    ]);
    expect(kept).toEqual(now);
  });

  it('names every host that a provider’s field loads from', () => {
    const hosts = rowsOf('Of payment providers');
    const declared = [...field.hosts.script, ...field.hosts.frame, ...field.hosts.connect];
    expect([...hosts.keys()].toSorted()).toEqual([...new Set(declared)].toSorted());
    expect(field.hosts.script).toContain(new URL(field.script).origin);
  });
});
