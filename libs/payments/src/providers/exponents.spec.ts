import * as fc from 'fast-check';
import { currencyExponent, isCurrency } from '@libs/kernel';
import { fromProviderUnits, providerExponent, toProviderUnits } from './exponents';

const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
const iso = letters
  .flatMap((a) => letters.flatMap((b) => letters.map((c) => a + b + c)))
  .filter(isCurrency);

const differing = (provider: 'stripe' | 'paypal') =>
  iso.filter((code) => {
    const exponent = providerExponent(provider, code);
    return exponent !== null && exponent !== currencyExponent(code);
  });

describe('amounts of providers', () => {
  it('have the decimals of ISO 4217 but for what each provider counts in its own way', () => {
    expect(iso.length).toBeGreaterThan(150);
    expect(differing('stripe')).toEqual(['ISK', 'MGA']);
    expect(differing('paypal')).toEqual(['HUF', 'TWD']);
  });

  it.each([
    ['stripe', 'EUR', 1234, 1234],
    ['stripe', 'JPY', 1234, 1234],
    ['stripe', 'ISK', 5, 500],
    ['stripe', 'MGA', 500, 5],
    ['stripe', 'KWD', 5120, 5120],
    ['paypal', 'JPY', 1234, 1234],
    ['paypal', 'HUF', 123400, 1234],
  ] as const)('%s counts %s %i as %i', (provider, currency, amountMinor, units) => {
    expect(toProviderUnits(provider, { amountMinor, currency })).toBe(units);
    expect(fromProviderUnits(provider, units, currency)).toEqual({ amountMinor, currency });
  });

  it.each([
    ['stripe', 'KWD', 5124],
    ['stripe', 'MGA', 550],
    ['paypal', 'HUF', 123456],
    ['stripe', 'UGX', 500],
    ['paypal', 'KWD', 5000],
  ] as const)('are refused where %s cannot say them: %s %i', (provider, currency, amountMinor) => {
    expect(() => toProviderUnits(provider, { amountMinor, currency })).toThrow('refused');
  });

  it('come back as they went, in every currency that is taken', () => {
    const provider = fc.constantFrom('stripe' as const, 'paypal' as const);
    fc.assert(
      fc.property(provider, fc.constantFrom(...iso), fc.nat(10_000_000), (by, currency, tens) => {
        if (providerExponent(by, currency) === null) return;
        const money = { amountMinor: tens * 100, currency };
        expect(fromProviderUnits(by, toProviderUnits(by, money), currency)).toEqual(money);
      }),
      { numRuns: 1000 },
    );
  });
});
