import * as fc from 'fast-check';
import { backOffMs } from './back-off';

describe('backOffMs', () => {
  it('starts at about two seconds and reaches ten minutes', () => {
    expect(backOffMs(1, 0.5)).toBe(2_000);
    expect(backOffMs(2, 0.5)).toBe(8_000);
    expect(backOffMs(9, 0.5)).toBe(600_000);
  });

  it('spends about an hour on the ten tries of a job', () => {
    const total = Array.from({ length: 9 }, (_, at) => backOffMs(at + 1, 0.5)).reduce(
      (a, b) => a + b,
    );
    expect(total / 60_000).toBeGreaterThan(45);
    expect(total / 60_000).toBeLessThan(70);
  });

  it('never exceeds ten minutes and never falls', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1_000 }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (attempt, random) => {
          const wait = backOffMs(attempt, random);
          expect(wait).toBeGreaterThanOrEqual(1_600);
          expect(wait).toBeLessThanOrEqual(600_000);
          expect(backOffMs(attempt + 1, random)).toBeGreaterThanOrEqual(wait);
        },
      ),
    );
  });
});
