import * as fc from 'fast-check';
import { allocate } from './allocate';
import { formatDecimal, money, parseDecimal } from './money';
import { currencyExponent } from './currency';

const currency = fc.constantFrom('EUR', 'JPY', 'KWD', 'USD', 'HUF');

describe('money', () => {
  it('takes whole minor units only', () => {
    expect(money(1234, 'EUR')).toEqual({ amountMinor: 1234, currency: 'EUR' });
    expect(() => money(12.5, 'EUR')).toThrow('not a whole number');
    expect(() => money(1, 'XYZ')).toThrow('XYZ');
  });

  it('knows the exponents of ISO 4217, not those of Intl', () => {
    const exponents = ['EUR', 'JPY', 'KWD', 'HUF', 'IQD', 'IDR'].map(currencyExponent);
    expect(exponents).toEqual([2, 0, 3, 2, 3, 2]);
  });

  it('reads what it writes, in every exponent', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), currency, (amount, code) => {
        expect(parseDecimal(formatDecimal(amount, code), code)).toBe(amount === 0 ? 0 : amount);
      }),
    );
  });

  it.each([
    ['0.00', 'EUR', 0],
    ['2016', 'EUR', 201600],
    [' 12.5 ', 'EUR', 1250],
    ['.99', 'USD', 99],
    ['12.3400', 'EUR', 1234],
    ['-3.10', 'EUR', -310],
    ['1200', 'JPY', 1200],
    ['4.250', 'KWD', 4250],
  ])('reads %s %s', (text, code, amount) => expect(parseDecimal(text, code)).toBe(amount));

  it.each(['', '.', 'abc', '1,50', '1.2.3', '1e3', '0x10', '$5', '٣'])('refuses “%s”', (text) =>
    expect(() => parseDecimal(text, 'EUR')).toThrow('not an amount'),
  );

  it('refuses decimals that the currency does not have', () => {
    expect(() => parseDecimal('1.005', 'EUR')).toThrow('more decimals');
    expect(() => parseDecimal('1.5', 'JPY')).toThrow('more decimals');
    expect(() => parseDecimal('99999999999999999', 'EUR')).toThrow('larger');
  });

  it('allocates by largest remainder, ties to the earlier part', () => {
    expect(allocate(100, [1, 1, 1])).toEqual([34, 33, 33]);
    expect(allocate(-100, [1, 1, 1])).toEqual([-34, -33, -33]);
    expect(allocate(605, [2598, 2997, 455])).toEqual([260, 300, 45]);
    expect(allocate(5, [0, 0])).toEqual([3, 2]);
  });

  it('never loses a cent and strays less than one from the exact share', () => {
    const weights = fc.array(fc.nat(1_000_000), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(fc.integer(), weights, (total, parts) => {
        const shares = allocate(total, parts);
        expect(shares.reduce((sum, share) => sum + share, 0)).toBe(total);
        const sum = parts.reduce((all, part) => all + part, 0);
        if (sum === 0) return;
        shares.forEach((share, i) =>
          expect(Math.abs(share - (total * (parts[i] ?? 0)) / sum)).toBeLessThan(1.000001),
        );
      }),
    );
  });
});
