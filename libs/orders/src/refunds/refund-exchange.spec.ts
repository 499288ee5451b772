import { exchangeAmounts } from './refund-exchange';

describe('what a refund gains or loses by the exchange rate', () => {
  const ordered = { base: 'USD', currency: 'EUR', rate1e10: 9_338_000_000 };
  const day = { ...ordered, rate1e10: 8_950_000_000 };
  const nothing = { amountMinor: 0, bookedMinor: 0 };
  const of = (amountMinor: number, before = nothing, movedMinor = amountMinor) =>
    exchangeAmounts({ amountMinor, movedMinor, before }, { ordered, day });

  it('G13: is 1.71 USD lost of 36.95 EUR, and 0.58 of 12.32', () => {
    expect(of(3_695)).toEqual({ bookedMinor: 3_957, costsMinor: 4_128, resultMinor: -171 });
    expect(of(1_232)).toEqual({ bookedMinor: 1_319, costsMinor: 1_377, resultMinor: -58 });
  });

  it('adds up over the refunds of an order to what the order was booked for', () => {
    const first = of(1_232);
    const rest = of(2_463, { amountMinor: 1_232, bookedMinor: first.bookedMinor });
    expect(first.bookedMinor + rest.bookedMinor).toBe(3_957);
  });

  it('is nothing for what stays with the store in the currency that was paid in', () => {
    expect(of(3_695, nothing, 0)).toEqual({
      bookedMinor: 3_957,
      costsMinor: 3_957,
      resultMinor: 0,
    });
    expect(of(3_695, nothing, 1_232).resultMinor).toBe(-58);
  });
});
