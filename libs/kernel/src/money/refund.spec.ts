import * as fc from 'fast-check';
import { partRefund, refundByTender } from './refund';
import { grainOf } from './rounding';

const run = { seed: 20261121, numRuns: 300 };

describe('refund of units', () => {
  it('G10: closes to zero unit by unit', () => {
    const paid = { quantity: 3, amountMinor: 8_333, taxMinor: 1_330 };
    const refunded = { units: 0, amountMinor: 0, taxMinor: 0 };
    const steps = [1, 2, 3].map(() => {
      const step = partRefund(paid, refunded, 1, grainOf('EUR'));
      refunded.units += 1;
      refunded.amountMinor += step.amountMinor;
      refunded.taxMinor += step.taxMinor;
      return [step.amountMinor, step.taxMinor];
    });
    expect(steps).toEqual([
      [2_778, 443],
      [2_777, 444],
      [2_778, 443],
    ]);
  });

  it('ends exactly at what was paid, in whatever portions', () => {
    const portions = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 12 });
    const currency = fc.constantFrom('EUR', 'JPY', 'KWD', 'USD');
    fc.assert(
      fc.property(
        portions,
        fc.nat(1_000_000),
        fc.nat(300_000),
        currency,
        (units, amount, tax, code) => {
          const grain = grainOf(code);
          const paid = {
            quantity: units.reduce((sum, unit) => sum + unit, 0),
            amountMinor: amount * grain.quantum,
            taxMinor: tax * grain.quantum,
          };
          const refunded = { units: 0, amountMinor: 0, taxMinor: 0 };
          for (const portion of units) {
            const step = partRefund(paid, refunded, portion, grain);
            expect(step.amountMinor % grain.quantum).toBe(0);
            expect(step.amountMinor).toBeGreaterThanOrEqual(0);
            refunded.units += portion;
            refunded.amountMinor += step.amountMinor;
            refunded.taxMinor += step.taxMinor;
          }
          expect(refunded).toEqual({
            units: paid.quantity,
            amountMinor: paid.amountMinor,
            taxMinor: paid.taxMinor,
          });
        },
      ),
      run,
    );
  });

  it('reckons with what went back freely before', () => {
    const paid = { quantity: 2, amountMinor: 1_000, taxMinor: 160 };
    const freely = { units: 0, amountMinor: 700, taxMinor: 112 };
    const first = partRefund(paid, freely, 1, grainOf('EUR'));
    expect(first).toEqual({ amountMinor: 0, taxMinor: 0 });
    const after = { ...freely, units: 1 };
    expect(partRefund(paid, after, 1, grainOf('EUR'))).toEqual({ amountMinor: 300, taxMinor: 48 });
  });

  it('refuses more units than are left', () => {
    const paid = { quantity: 2, amountMinor: 1_000, taxMinor: 0 };
    const refunded = { units: 1, amountMinor: 500, taxMinor: 0 };
    expect(() => partRefund(paid, refunded, 2, grainOf('EUR'))).toThrow('2 more are not possible');
  });
});

describe('refund by tender', () => {
  const card = { kind: 'gift_card', id: 'g', paidMinor: 2_500, refundedMinor: 0 } as const;
  const credit = { kind: 'store_credit', id: 'c', paidMinor: 1_000, refundedMinor: 0 } as const;
  const provider = { kind: 'provider', id: 'p', paidMinor: 2_980, refundedMinor: 0 } as const;
  const tenders = [card, credit, provider];

  it('G9: 4000 go to the provider, then credit, then the gift card', () => {
    expect(refundByTender(4_000, tenders)).toEqual([
      { kind: 'provider', id: 'p', amountMinor: 2_980 },
      { kind: 'store_credit', id: 'c', amountMinor: 1_000 },
      { kind: 'gift_card', id: 'g', amountMinor: 20 },
    ]);
  });

  it('goes in the order that the store chose, past what went back', () => {
    const before = [{ ...card, refundedMinor: 2_400 }, credit, provider];
    expect(refundByTender(500, before, ['gift_card', 'provider', 'store_credit'])).toEqual([
      { kind: 'gift_card', id: 'g', amountMinor: 100 },
      { kind: 'provider', id: 'p', amountMinor: 400 },
    ]);
  });

  it('never gives back more than was paid with a tender, and always the whole amount', () => {
    fc.assert(
      fc.property(fc.nat(6_480), (amount) => {
        const back = refundByTender(amount, tenders);
        expect(back.reduce((sum, part) => sum + part.amountMinor, 0)).toBe(amount);
        for (const { id, amountMinor } of back) {
          const paid = tenders.find((tender) => tender.id === id)?.paidMinor ?? 0;
          expect(amountMinor).toBeLessThanOrEqual(paid);
        }
      }),
      run,
    );
    expect(() => refundByTender(6_481, tenders)).toThrow('6480');
    expect(() => refundByTender(-1, tenders)).toThrow('-1');
  });
});
