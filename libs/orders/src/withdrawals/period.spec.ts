import * as fc from 'fast-check';
import { isLate, lastDayToWithdraw, refundDue } from './period';

const at = (text: string) => new Date(text);

describe('the period to withdraw', () => {
  it.each([
    // A Monday, whose fourteenth day is a Monday.
    ['2026-06-22', '2026-07-06'],
    ['2026-06-20', '2026-07-06'],
    ['2026-06-21', '2026-07-06'],
    ['2026-12-24', '2027-01-07'],
    ['2028-02-15', '2028-02-29'],
  ])('after a delivery on %s ends with %s', (delivered, last) =>
    expect(lastDayToWithdraw(delivered)).toBe(last),
  );

  it('ends on a working day, fourteen to sixteen days later', () => {
    const day = fc
      .date({ min: at('2026-01-01'), max: at('2030-12-31'), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10));
    fc.assert(
      fc.property(day, (delivered) => {
        const last = at(lastDayToWithdraw(delivered));
        const after = (last.getTime() - at(delivered).getTime()) / 86_400_000;
        expect([0, 6]).not.toContain(last.getUTCDay());
        expect(after).toBeGreaterThanOrEqual(14);
        expect(after).toBeLessThanOrEqual(16);
      }),
    );
  });

  it('begins with the last parcel, in the days of the store', () => {
    const deliveredAt = [at('2026-06-01T10:00:00Z'), at('2026-06-22T22:30:00Z')];
    // In Berlin that was the 23rd.
    const asked = (text: string, timeZone: string) =>
      isLate({ open: false, deliveredAt }, at(text), timeZone);
    expect(asked('2026-07-07T21:59:00Z', 'Europe/Berlin')).toBe(false);
    expect(asked('2026-07-07T22:01:00Z', 'Europe/Berlin')).toBe(true);
    expect(asked('2026-07-07T00:01:00Z', 'UTC')).toBe(true);
  });

  it('has not begun while anything is under way', () => {
    const late = at('2030-01-01');
    const arrived = at('2026-06-01');
    expect(isLate({ open: true, deliveredAt: [arrived] }, late, 'UTC')).toBe(false);
    expect(isLate({ open: false, deliveredAt: [arrived, null] }, late, 'UTC')).toBe(false);
    expect(isLate({ open: false, deliveredAt: [] }, late, 'UTC')).toBe(false);
  });

  it('gives the store fourteen days to pay back', () =>
    expect(refundDue(at('2026-06-22T10:00:00Z'))).toEqual(at('2026-07-06T10:00:00Z')));
});
