import * as fc from 'fast-check';
import { promisedDates } from './promise';

const terms = {
  handling: { minDays: 0, maxDays: 1 },
  transit: { minDays: 2, maxDays: 4 },
  cutoff: '12:00',
  timeZone: 'Europe/Berlin',
};

describe('when something arrives', () => {
  it.each([
    ['a Monday morning', '2026-11-23T08:00:00Z', '2026-11-25', '2026-11-30'],
    ['a Monday after the cutoff', '2026-11-23T11:30:00Z', '2026-11-26', '2026-12-01'],
    ['a Friday morning', '2026-11-27T08:00:00Z', '2026-12-01', '2026-12-04'],
    ['a Saturday', '2026-11-28T08:00:00Z', '2026-12-02', '2026-12-07'],
    ['late on a Sunday, Monday in the store', '2026-11-29T23:30:00Z', '2026-12-02', '2026-12-07'],
  ])('%s', (_name, now, from, to) => {
    expect(promisedDates(Date.parse(now), terms)).toEqual({ from, to });
  });

  it('promises nothing without a time on the way', () => {
    expect(promisedDates(0, { ...terms, transit: null })).toBeNull();
  });

  it('is on working days, not before today, and never earlier for more days', () => {
    const moment = fc.integer({ min: 1.7e12, max: 1.9e12 });
    const days = fc.nat(20);
    fc.assert(
      fc.property(moment, days, days, (now, minDays, more) => {
        const some = { minDays, maxDays: minDays + more };
        const zone = { ...terms, handling: { minDays: 0, maxDays: 0 }, timeZone: 'UTC' };
        const { from, to } = promisedDates(now, { ...zone, transit: some }) ?? { from: '', to: '' };
        const later = promisedDates(now, {
          ...zone,
          transit: { minDays: minDays + 1, maxDays: some.maxDays + 1 },
        });
        expect(from <= to && from >= new Date(now).toISOString().slice(0, 10)).toBe(true);
        expect((later?.from ?? '') > from && (later?.to ?? '') > to).toBe(true);
        for (const day of [from, to]) expect([0, 6]).not.toContain(new Date(day).getUTCDay());
      }),
    );
  });
});
