import * as fc from 'fast-check';
import { type MoneySums, deriveFinancial } from './financial-status';
import { type LineUnits, deriveFulfilment, openUnits } from './fulfilment-status';

const none: MoneySums = {
  dueMinor: 1000,
  authorizedMinor: 0,
  capturedMinor: 0,
  refundedMinor: 0,
  lapsed: null,
};

describe('the financial status', () => {
  it.each<[string, Partial<MoneySums>]>([
    ['pending', {}],
    ['authorized', { authorizedMinor: 1000 }],
    ['expired', { lapsed: 'expired' }],
    ['voided', { lapsed: 'voided' }],
    ['authorized', { authorizedMinor: 1000, lapsed: 'expired' }],
    ['partially_paid', { capturedMinor: 999 }],
    ['partially_paid', { capturedMinor: 400, authorizedMinor: 600 }],
    ['paid', { capturedMinor: 1000 }],
    ['paid', { dueMinor: 0 }],
    ['partially_refunded', { capturedMinor: 1000, refundedMinor: 1 }],
    ['refunded', { capturedMinor: 1000, refundedMinor: 1000 }],
  ])('is %s for %j', (status, sums) => {
    expect(deriveFinancial({ ...none, ...sums })).toBe(status);
  });

  const amount = fc.integer({ min: 0, max: 5000 });
  const anySums = fc.record<MoneySums>({
    dueMinor: amount,
    authorizedMinor: amount,
    capturedMinor: amount,
    refundedMinor: fc.constant(0),
    lapsed: fc.constantFrom(null, 'expired', 'voided'),
  });

  it('says that money went back if and only if some did', () => {
    fc.assert(
      fc.property(anySums, amount, (sums, back) => {
        const refundedMinor = Math.min(back, sums.capturedMinor);
        const status = deriveFinancial({ ...sums, refundedMinor });
        expect(['partially_refunded', 'refunded'].includes(status)).toBe(refundedMinor > 0);
        expect(status === 'refunded').toBe(
          refundedMinor > 0 && refundedMinor === sums.capturedMinor,
        );
      }),
    );
  });

  it('says paid if and only if what is due is there and nothing went back', () => {
    fc.assert(
      fc.property(anySums, (sums) => {
        expect(deriveFinancial(sums) === 'paid').toBe(sums.capturedMinor >= sums.dueMinor);
      }),
    );
  });
});

describe('the fulfilment status', () => {
  const line = (more: Partial<LineUnits> = {}): LineUnits => ({
    quantity: 3,
    requiresShipping: true,
    shipped: 0,
    removed: 0,
    refundedUnshipped: 0,
    ...more,
  });

  it.each<[string, LineUnits[], boolean]>([
    ['unfulfilled', [line()], false],
    ['on_hold', [line()], true],
    ['partial', [line({ shipped: 1 })], false],
    ['partial', [line({ shipped: 3 }), line()], false],
    ['on_hold', [line({ shipped: 1 })], true],
    ['fulfilled', [line({ shipped: 3 })], true],
    ['fulfilled', [line({ shipped: 1, removed: 1, refundedUnshipped: 1 })], false],
    ['restocked', [line({ removed: 2, refundedUnshipped: 1 })], false],
    ['fulfilled', [line({ requiresShipping: false })], false],
    ['unfulfilled', [line(), line({ requiresShipping: false, shipped: 3 })], false],
  ])('is %s for %j', (status, lines, onHold) => {
    expect(deriveFulfilment(lines, { onHold })).toBe(status);
  });

  const anyLine = fc
    .tuple(fc.integer({ min: 1, max: 9 }), fc.boolean(), fc.infiniteStream(fc.nat(9)))
    .map(([quantity, requiresShipping, parts]): LineUnits => {
      let left = quantity;
      const part = () => {
        const units = Math.min(left, parts.next().value ?? 0);
        left -= units;
        return units;
      };
      return {
        quantity,
        requiresShipping,
        shipped: part(),
        removed: part(),
        refundedUnshipped: part(),
      };
    });

  it('is done if and only if nothing is left to ship', () => {
    fc.assert(
      fc.property(fc.array(anyLine, { minLength: 1 }), fc.boolean(), (lines, onHold) => {
        const status = deriveFulfilment(lines, { onHold });
        const left = lines.some((each) => each.requiresShipping && openUnits(each) > 0);
        expect(['fulfilled', 'restocked'].includes(status)).toBe(!left);
        if (status === 'partial') expect(lines.some(({ shipped }) => shipped > 0)).toBe(true);
      }),
    );
  });
});
