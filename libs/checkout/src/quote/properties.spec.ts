import * as fc from 'fast-check';
import { currencyQuantum, grainOf, partRefund, percentOf, taxWithin } from '@libs/kernel';
import { currencies, someInput } from '../../test/some-quote.builder';
import { aCart, aLine, percentOff } from '../../test/quote.builder';
import { type Discount, quote, type Quote, type QuoteInput } from './index';

const run = { seed: 20261121, numRuns: 120 };

function sum(amounts: readonly number[]): number {
  return amounts.reduce((all, amount) => all + amount, 0);
}

function totals(rows: readonly { totalMinor: number }[]): number {
  return sum(rows.map(({ totalMinor }) => totalMinor));
}

/** Says so of every cart there is. */
function always(claim: (result: Quote, input: QuoteInput) => void): void {
  fc.assert(
    fc.property(someInput(), (input) => claim(quote(input), input)),
    run,
  );
}

describe('every quote', () => {
  it('is tried in every currency', () => {
    const seen = fc.sample(someInput(), { ...run, numRuns: 100 }).map(({ currency }) => currency);
    expect(new Set(seen)).toEqual(new Set(currencies));
  });

  it('I14: has a total that is lines, shipping, fees and tax on top, less discounts', () => {
    always((result) => {
      const { totals: all, lines, shipping, fees } = result;
      const onTop = all.taxIncluded ? 0 : sum(result.taxes.map(({ taxMinor }) => taxMinor));
      const prices = sum([...shipping, ...fees].map(({ priceMinor }) => priceMinor));
      expect(all.subtotalMinor).toBe(sum(lines.map((line) => line.quantity * line.unitMinor)));
      expect(all.totalMinor).toBe(all.subtotalMinor + prices + onTop - all.discountMinor);
      expect(all.totalMinor).toBe(totals(lines) + totals(shipping) + totals(fees) + onTop);
      expect(sum(result.tenders.map(({ amountMinor }) => amountMinor))).toBe(all.totalMinor);
    });
  });

  it('I15: shares every amount out to the last unit, and no line gets more than it is worth', () => {
    always((result) => {
      for (const discount of result.discounts) {
        const rows = [...result.lines, ...result.shipping].flatMap(
          ({ allocations }) => allocations,
        );
        const own = rows.filter(({ discountId }) => discountId === discount.id);
        expect(sum(own.map(({ amountMinor }) => amountMinor))).toBe(discount.amountMinor);
      }
      for (const line of result.lines) {
        const off = sum(line.allocations.map(({ amountMinor }) => amountMinor));
        expect(off).toBeLessThanOrEqual(line.subtotalMinor);
        expect(line.subtotalMinor - off).toBe(line.totalMinor);
      }
      const rows = [...result.lines, ...result.shipping, ...result.fees];
      const taxMinor = sum(result.taxes.map((row) => row.taxMinor));
      expect(sum(rows.map((row) => row.taxMinor))).toBe(taxMinor);
      expect(result.totals.taxMinor).toBe(taxMinor);
    });
  });

  it('rounds each rate of a document once', () => {
    always((result, input) => {
      if (input.tax.level !== 'document') return;
      const grain = grainOf(input.currency, input.tax.rounding);
      for (const ppm of [70_000, 190_000]) {
        const rows = result.taxes.filter((row) => row.ppm === ppm);
        const tax = sum(rows.map((row) => row.taxMinor));
        const net = sum(rows.map((row) => row.taxableMinor));
        const due = input.tax.included
          ? taxWithin(net + tax, ppm, grain)
          : percentOf(net, ppm, grain);
        expect(tax).toBe(due);
      }
    });
  });

  it('I16: has base amounts that add up to its base total', () => {
    always(({ base, lines, shipping, fees, totals: all, taxes }) => {
      const rows = sum([...lines, ...shipping, ...fees].map(({ baseMinor }) => baseMinor));
      expect(rows + (all.taxIncluded ? 0 : base.taxMinor)).toBe(base.totalMinor);
      expect(sum(taxes.map(({ baseTaxMinor }) => baseTaxMinor))).toBe(base.taxMinor);
    });
  });

  it('I17: has one hash, whatever the order of the discounts and however often it is asked', () => {
    always((result, input) => {
      const before = JSON.stringify(input);
      expect(quote({ ...input, discounts: input.discounts.toReversed() }).hash).toBe(result.hash);
      expect(quote(input)).toEqual(result);
      expect(JSON.stringify(input)).toBe(before);
    });
  });

  it('I17: has another hash when an amount is another, not when only clock or language are', () => {
    const cart = aCart([aLine('a', 1, 1_000)], { discounts: [percentOff('ten', 10)] });
    const { hash } = quote(cart);
    expect(quote({ ...cart, now: cart.now + 1 }).hash).toBe(hash);
    const renamed = cart.discounts.map((discount) => ({ ...discount, title: 'Zehn Prozent' }));
    expect(quote({ ...cart, discounts: renamed }).hash).toBe(hash);
    expect(quote({ ...cart, lines: [aLine('a', 1, 1_001)] }).hash).not.toBe(hash);
    expect(quote({ ...cart, discounts: [] }).hash).not.toBe(hash);
  });

  it('I18: is nothing for no units, and never negative', () => {
    always((result, input) => {
      const amounts = [...result.lines, ...result.shipping, ...result.fees, ...result.tenders];
      for (const row of amounts) {
        for (const value of Object.values(row)) {
          if (typeof value === 'number') expect(value).toBeGreaterThanOrEqual(0);
        }
      }
      const empty = quote({
        ...input,
        lines: input.lines.map((line) => ({ ...line, quantity: 0 })),
      });
      expect(empty.totals).toMatchObject({ subtotalMinor: 0, totalMinor: 0, taxMinor: 0 });
      expect(empty.settledBy).toBe('free');
    });
  });

  it('I19: is refunded exactly, unit by unit in any order', () => {
    fc.assert(
      fc.property(someInput(), fc.infiniteStream(fc.nat(99)), (input, draws) => {
        const result = quote(input);
        const grain = grainOf(input.currency);
        const left = result.lines.flatMap(({ id, quantity }) => Array<string>(quantity).fill(id));
        const done = new Map(
          result.lines.map(({ id }) => [id, { units: 0, amountMinor: 0, taxMinor: 0 }]),
        );
        while (left.length > 0) {
          const [id = ''] = left.splice((draws.next().value ?? 0) % left.length, 1);
          const line = result.lines.find((one) => one.id === id);
          const refunded = done.get(id);
          if (!line || !refunded) throw new Error(`no line ${id}`);
          const paid = {
            quantity: line.quantity,
            amountMinor: line.totalMinor,
            taxMinor: line.taxMinor,
          };
          const part = partRefund(paid, refunded, 1, grain);
          refunded.units += 1;
          refunded.amountMinor += part.amountMinor;
          refunded.taxMinor += part.taxMinor;
        }
        for (const { id, totalMinor, taxMinor } of result.lines) {
          expect(done.get(id)).toMatchObject({ amountMinor: totalMinor, taxMinor });
        }
      }),
      run,
    );
  });

  it('I20: explains every unit of its discount, line by line', () => {
    always(({ trace, totals: all, lines, shipping, discounts }) => {
      expect(sum(trace.map(({ before, after }) => before - after))).toBe(all.discountMinor);
      for (const row of lines) {
        const steps = trace.filter(({ line }) => line === row.id);
        expect(steps[0]?.before).toBe(row.subtotalMinor);
        expect(steps.at(-1)?.after).toBe(row.totalMinor);
      }
      for (const row of shipping) {
        expect(trace.findLast(({ delivery }) => delivery === row.id)?.after).toBe(row.totalMinor);
      }
      for (const { id, amountMinor } of discounts) {
        const steps = trace.filter(({ discountId }) => discountId === id);
        expect(sum(steps.map(({ before, after }) => before - after))).toBe(amountMinor);
      }
    });
  });

  it('keeps to the quantum of its currency, and says of every discount what became of it', () => {
    always((result, input) => {
      const quantum = currencyQuantum(input.currency);
      const { taxIncluded: _, ...amounts } = result.totals;
      for (const amount of Object.values(amounts)) expect(amount % quantum).toBe(0);
      for (const { totalMinor, taxMinor } of result.lines) {
        expect([totalMinor % quantum, taxMinor % quantum]).toEqual([0, 0]);
      }
      const told = [
        ...result.discounts.map(({ id }) => id),
        ...result.rejected.map((one) => one.discountId),
      ];
      expect(told.toSorted()).toEqual(input.discounts.map(({ id }) => id).toSorted());
    });
  });
});

describe('P5: the chosen set', () => {
  /** Whether each allows the other's class, and not both are shipping codes. */
  const allowed = (a: Discount, b: Discount): boolean => {
    if (!a.combinesWith[b.class] || !b.combinesWith[a.class]) return false;
    return !(a.class === 'shipping' && b.class === 'shipping' && a.code && b.code);
  };

  it('is the best of all that could be chosen', () => {
    fc.assert(
      fc.property(someInput(8), (given) => {
        // A limit is judged with the set that is best below it: another question than which set that is.
        const regime = { ...given.tax.regime, importLimit: null };
        const input = { ...given, tax: { ...given.tax, regime } };
        const { discounts } = input;
        const alone = (discount: Discount) => quote({ ...input, discounts: [discount] });
        // Five codes of products and the order are the most: the rest cannot be chosen.
        let codes = 0;
        const able = discounts.filter((discount) => {
          if (discount.class === 'shipping') return true;
          if (alone(discount).rejected.length > 0) return false;
          return discount.code === null || ++codes <= 5;
        });
        const fits = (set: Discount[], one: Discount) => set.every((other) => allowed(one, other));
        const sets = [...Array(2 ** able.length).keys()]
          .map((mask) => able.filter((_, index) => mask & (1 << index)))
          .filter((set) => set.every((one, index) => fits(set.slice(0, index), one)))
          .filter((set) => !able.some((one) => !set.includes(one) && fits(set, one)));
        const best = Math.min(
          ...sets.map((set) => quote({ ...input, discounts: set }).totals.totalMinor),
        );
        expect(quote(input).totals.totalMinor).toBe(best);
      }),
      { ...run, numRuns: 80 },
    );
  });
});

describe('what cannot be computed', () => {
  const cart = aCart([aLine('a', 1, 1_000)]);
  const bad = (rest: Partial<QuoteInput>) => () => quote({ ...cart, ...rest });

  it.each<[string, Partial<QuoteInput>]>([
    ['lines.0.quantity is 1.5', { lines: [aLine('a', 1.5, 1_000)] }],
    ['lines.0.unitMinor is -1', { lines: [aLine('a', 1, -1)] }],
    ['lines has a twice', { lines: [aLine('a', 1, 1), aLine('a', 1, 1)] }],
    [
      'lines.0.unitMinor is 4255, not a multiple of 10',
      { currency: 'KWD', lines: [aLine('a', 1, 4_255)] },
    ],
    ['not a whole number', { lines: [aLine('a', 1_000_000, Number.MAX_SAFE_INTEGER)] }],
    ['discounts.0.rule.benefit.ppm is more than the whole', { discounts: [percentOff('d', 101)] }],
    ['XXX is not a currency code', { currency: 'XXX' }],
    [
      'deliveries.0.lineIds names the line b, which is not there',
      { deliveries: [{ id: 'd', title: '', country: 'DE', lineIds: ['b'], prices: [] }] },
    ],
    [
      'deliveries.0.prices has no price from 0',
      { deliveries: [{ id: 'd', title: '', country: 'DE', lineIds: ['a'], prices: [] }] },
    ],
  ])('%s', (sentence, rest) => expect(bad(rest)).toThrow(sentence));
});
