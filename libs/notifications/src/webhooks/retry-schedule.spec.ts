import * as fc from 'fast-check';
import { giveUpAfterMs, restAfterFailures, restMs, retryDelayMs } from './retry-schedule';

const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

describe('the schedule of retries', () => {
  it('tries for at least 48 hours, more often in the first hour', () => {
    let at = 0;
    const tries: number[] = [];
    for (let attempt = 1; at < giveUpAfterMs; attempt += 1) {
      tries.push(at);
      at += retryDelayMs(attempt, 0.5);
    }
    expect(tries.at(-1)).toBeGreaterThan(48 * 3_600_000);
    expect(tries.filter((one) => one < 3_600_000).length).toBeGreaterThanOrEqual(6);
    expect(tries.length).toBeLessThan(60);
  });

  it('waits longer each time, never more than two hours and a fifth', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), random, (attempt, dice) => {
        const delay = retryDelayMs(attempt, dice);
        expect(delay).toBeGreaterThanOrEqual(8_000);
        expect(delay).toBeLessThanOrEqual(8_640_000);
        expect(retryDelayMs(attempt + 1, 0.5)).toBeGreaterThanOrEqual(retryDelayMs(attempt, 0.5));
      }),
    );
  });

  it('leaves a failing receiver alone for at most 18 minutes', () => {
    fc.assert(
      fc.property(fc.integer({ min: restAfterFailures, max: 5000 }), random, (failures, dice) => {
        const rest = restMs(failures, dice);
        expect(rest).toBeGreaterThanOrEqual(24_000);
        expect(rest).toBeLessThanOrEqual(1_080_000);
      }),
    );
  });
});
