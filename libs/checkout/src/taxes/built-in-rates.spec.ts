import { memberStates } from '@libs/kernel';
import { ratesAt } from '../quote/tax/rate-table';
import { builtInRates } from './built-in-rates';

const percentOf = (country: string, category: string, on: string): number =>
  ratesAt(builtInRates, { country, region: null }, category, on).reduce(
    (sum, { ppm }) => sum + ppm / 10_000,
    0,
  );

describe('the built-in rates', () => {
  it('have a standard rate and books for every member state and the United Kingdom, every day', () => {
    for (const country of [...memberStates, 'GB'])
      for (const on of ['2026-01-01', '2026-03-31', '2026-04-01', '2027-12-31', '2028-01-01']) {
        const standard = percentOf(country, 'standard', on);
        const books = percentOf(country, 'books', on);
        // The least standard rate that the directive allows is 15 (2006/112/EC, Art. 97).
        expect([country, standard >= 15 && standard <= 27, books <= standard]).toEqual([
          country,
          true,
          true,
        ]);
      }
  });

  it('overlap nowhere', () => {
    for (const row of builtInRates) {
      const same = builtInRates.filter(
        (one) =>
          one.country === row.country &&
          one.category === row.category &&
          one.from <= row.from &&
          (one.to === null || row.from < one.to),
      );
      expect(same).toEqual([row]);
    }
  });

  it('change where a law changes them for some time', () => {
    expect(
      ['2026-03-31', '2026-04-01', '2027-12-31', '2028-01-01'].map((on) =>
        percentOf('SE', 'reduced', on),
      ),
    ).toEqual([12, 6, 6, 12]);
  });
});
