import * as fc from 'fast-check';
import type { StoreReader } from '@platform/database';
import { type QuoteInput, quote } from '../../quote';
import { Unasked } from '../../asking/asked';
import { someInput } from '../../../test/some-quote.builder';
import { levied } from '../providers/levied';
import { judgeTaxes, type ToldTaxes } from './tax-answer';
import { taxQuestion } from './tax-question';

const service = { serviceId: 's', name: 'Levy', countries: ['US'], resting: false };
const address = { country: 'US', province: 'NY', zip: '10118', city: 'New York' };
const facts = {
  currency: 'USD',
  taxIncluded: false,
  origin: { country: 'US' },
  destination: address,
};
const line = (id: string, variantId: string, quantity = 1) => ({
  id,
  variantId,
  sku: null,
  taxCode: null,
  category: 'standard',
  quantity,
  amountMinor: 1_000 * quantity,
});
const judge = (value: unknown, asked = ['1', '2']) =>
  judgeTaxes(Buffer.from(JSON.stringify(value)), asked);
const tax = { name: 'State tax', jurisdiction: 'US-NY', ppm: 40_000 };

describe('what a tax service is asked', () => {
  it('is the same for equal carts, whatever their lines are called and in which order they lie', () => {
    const one = taxQuestion(service, [line('x', 'a'), line('y', 'b', 2)], facts);
    const other = taxQuestion(service, [line('p', 'b', 2), line('q', 'a')], facts);
    expect(other.hash).toBe(one.hash);
    expect([one.lineIds, other.lineIds]).toEqual([
      ['x', 'y'],
      ['q', 'p'],
    ]);
    expect(taxQuestion(service, [line('x', 'a', 3)], facts).hash).not.toBe(one.hash);
  });
});

describe('what a tax service answers', () => {
  it('is of every line that was asked about, once, in the order of the question', () => {
    const lines = [
      { id: '2', taxes: [] },
      { id: '1', taxes: [tax] },
    ];
    expect(judge({ lines })).toEqual({ answer: { lines: [[tax], []], shipping: null } });
    expect([
      judge({ lines: [...lines, { id: '3', taxes: [] }] }),
      judge({ lines: [...lines, { id: '1', taxes: [] }] }),
      judge({ lines: lines.slice(1) }),
      judge({ lines: [lines[0], { id: '1', taxes: [tax, tax] }] }),
    ]).toEqual([
      { fault: 'lines.2.id: was not asked about' },
      { fault: 'lines.2.id: twice' },
      { fault: 'lines: say nothing of 2' },
      { fault: 'lines.1.taxes: name a tax twice' },
    ]);
  });

  it('is read or refused, whatever it is', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 5 }), (text) => {
        const judged = judgeTaxes(Buffer.from(text), ['1']);
        expect('fault' in judged || judged.answer.lines.length === 1).toBe(true);
      }),
    );
  });
});

const someTaxes = fc.uniqueArray(
  fc.record({
    name: fc.constantFrom('State', 'County', 'City'),
    jurisdiction: fc.constantFrom('US-NY', 'US-NY/Kings'),
    ppm: fc.integer({ min: 0, max: 160_000 }),
  }),
  { maxLength: 4, selector: ({ name, jurisdiction }) => name + jurisdiction },
);

/** A store that knows one answer to every question. */
const knowing = (answer: ToldTaxes) =>
  ({
    storeId: 'store',
    query: () => Promise.resolve([{ serviceId: 's', hash: '', answer, good: true }]),
  }) as unknown as StoreReader;
const withService = (input: QuoteInput, store: StoreReader) =>
  levied(store, input, {
    services: [service],
    origin: 'US',
    address,
    articles: new Map(),
    frozen: null,
  });
const asked = ({ lines }: QuoteInput) =>
  lines.filter(
    ({ taxable, quantity, rates, taxCategory }) =>
      taxable && quantity > 0 && !rates && taxCategory !== 'exempt',
  );

describe('a sale that is taxed as a service tells', () => {
  it('adds up, and bears no tax that was not told', async () => {
    let served = 0;
    await fc.assert(
      fc.asyncProperty(
        someInput(2),
        fc.array(someTaxes, { minLength: 12, maxLength: 12 }),
        fc.option(someTaxes),
        async (input, lists, shipping) => {
          const count = asked(input).length;
          const answer = {
            lines: Array.from({ length: count }, (_, at) => lists[at % lists.length] ?? []),
            shipping,
          };
          const { input: taxed, taxes } = await withService(input, knowing(answer));
          if (!taxes) return;
          served += 1;
          const { totals, lines, shipping: deliveries, fees, taxes: rows } = quote(taxed);
          const sum = (amounts: number[]) => amounts.reduce((all, one) => all + one, 0);
          const onTop = totals.taxIncluded ? 0 : totals.taxMinor;
          const parts = [...lines, ...deliveries, ...fees];
          expect(totals.totalMinor).toBe(sum(parts.map(({ totalMinor }) => totalMinor)) + onTop);
          expect(sum(rows.map(({ taxMinor }) => taxMinor))).toBe(totals.taxMinor);
          expect(sum(parts.map(({ taxMinor }) => taxMinor))).toBe(totals.taxMinor);
          const ids = new Set(asked(input).map(({ id }) => id));
          const ofLines = rows.filter(({ on, id }) => on === 'line' && ids.has(id));
          const names = new Set(lists.flat().map(({ name, ppm }) => `${name} ${ppm}`));
          for (const { name, ppm } of ofLines) expect(names).toContain(`${name} ${ppm}`);
          expect(quote(taxed).hash).toBe(quote(taxed).hash);
        },
      ),
      { numRuns: 150 },
    );
    expect(served).toBeGreaterThan(50);
  });

  it('is not computed before the service was asked', async () => {
    const [input] = fc.sample(
      someInput(0).filter((one) => one.tax.regime.taxed && asked(one).length > 0),
      1,
    );
    const nobody = { storeId: 'store', query: () => Promise.resolve([]) };
    await expect(
      withService(input as QuoteInput, nobody as unknown as StoreReader),
    ).rejects.toBeInstanceOf(Unasked);
  });
});
