import * as fc from 'fast-check';
import { AppError } from '../errors';
import { allocate } from './allocate';
import { currencyQuantum, divide, grainOf, percentOf, taxWithin } from './rounding';

const run = { seed: 20261121, numRuns: 300 };
const euro = grainOf('EUR');
const dinar = grainOf('KWD');

/** The code of what is thrown. */
function codeOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    return error instanceof AppError ? error.code : 'another error';
  }
  return 'nothing';
}

describe('rounding', () => {
  it.each([
    [5n, 2n, 3],
    [-5n, 2n, -3],
    [4n, 3n, 1],
    [-4n, 3n, -1],
    [0n, 7n, 0],
  ])('takes %s/%s half away from zero', (over, under, result) =>
    expect(divide(over, under, euro) + 0).toBe(result),
  );

  it('floors where a store chooses so', () => {
    const floor = grainOf('JPY', 'floor');
    expect(divide(189545n, 1000n, floor)).toBe(189);
    expect(divide(-1n, 2n, floor)).toBe(-1);
  });

  it('keeps the last of three decimals 0', () => {
    expect(['EUR', 'JPY', 'KWD', 'CLF'].map(currencyQuantum)).toEqual([1, 1, 10, 1]);
    expect(percentOf(25_740, 150_000, dinar)).toBe(3_860);
  });

  it('takes percentages off the amount it is given', () => {
    expect(percentOf(2_997, 330_000, euro)).toBe(989);
    expect(taxWithin(2_940, 190_000, euro)).toBe(469);
    expect(taxWithin(2_940, 0, euro)).toBe(0);
  });

  it('is exact beyond what floats are', () => {
    expect(percentOf(Number.MAX_SAFE_INTEGER, 1_000_000, euro)).toBe(Number.MAX_SAFE_INTEGER);
    expect(percentOf(9_007_199_254_740_981, 500_000, euro)).toBe(4_503_599_627_370_491);
  });

  it('strays from the exact value by half a quantum at most, and is odd', () => {
    const amount = fc.integer({ min: -1_000_000_000, max: 1_000_000_000 });
    fc.assert(
      fc.property(amount, fc.nat(2_000_000), fc.constantFrom(euro, dinar), (of, ppm, grain) => {
        const share = percentOf(of, ppm, grain);
        expect(share % grain.quantum).toBeCloseTo(0);
        const twice = 2 * Math.abs(share * 1_000_000 - of * ppm);
        expect(twice).toBeLessThanOrEqual(grain.quantum * 1_000_000);
        expect(percentOf(-of, ppm, grain) + share).toBe(0);
      }),
      run,
    );
  });

  it('leaves a net to which the tax on top is the tax within, to a quantum', () => {
    fc.assert(
      fc.property(fc.nat(100_000_000), fc.nat(500_000), (gross, ppm) => {
        const tax = taxWithin(gross, ppm, euro);
        expect(Math.abs(percentOf(gross - tax, ppm, euro) - tax)).toBeLessThanOrEqual(1);
      }),
      run,
    );
  });

  it('says what is wrong', () => {
    expect(codeOf(() => percentOf(1.5, 1, euro))).toBe('money.not-an-integer');
    expect(codeOf(() => percentOf(1, -1, euro))).toBe('money.bad-ppm');
    expect(codeOf(() => percentOf(Number.MAX_SAFE_INTEGER, 2_000_000, euro))).toBe(
      'money.too-large',
    );
  });
});

describe('allocation', () => {
  it('G19: leaves the rest of thirds to the earlier part', () => {
    expect(allocate(100, [1, 1, 1])).toEqual([34, 33, 33]);
    expect(allocate(-100, [1, 1, 1])).toEqual([-34, -33, -33]);
  });

  it.each([
    [3_860, [12_750, 12_990], 10, [1_910, 1_950]],
    [500, [1_194, 2_420], 1, [165, 335]],
    [0, [3, 4], 1, [0, 0]],
  ])('shares %s over %j by steps of %s', (total, weights, quantum, parts) =>
    expect(allocate(total, weights, quantum)).toEqual(parts),
  );

  it('adds up, keeps to the quantum, and gives no line more than it is worth', () => {
    const weights = fc.array(fc.nat(1_000_000), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(
        weights,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.constantFrom(1, 10),
        (units, part, quantum) => {
          const values = units.map((unit) => unit * quantum);
          const all = values.reduce((sum, value) => sum + value, 0);
          const total = Math.floor((all / quantum) * part) * quantum;
          const shares = allocate(total, values, quantum);
          expect(shares.reduce((sum, share) => sum + share, 0)).toBe(total);
          shares.forEach((share, i) => {
            expect(share % quantum).toBe(0);
            expect(share).toBeLessThanOrEqual(values[i] ?? 0);
          });
          expect(allocate(-total, values, quantum)).toEqual(shares.map((share) => 0 - share));
        },
      ),
      run,
    );
  });

  it('says what is wrong', () => {
    expect(codeOf(() => allocate(1.5, [1]))).toBe('money.not-an-integer');
    expect(codeOf(() => allocate(5, [-1, 2]))).toBe('money.bad-weight');
    expect(codeOf(() => allocate(5, [1, 2], 10))).toBe('money.off-quantum');
  });
});
