import { toldCountry } from './told-country';

describe('the country that a proxy tells', () => {
  it.each([
    ['DE', 'DE'],
    ['pt', 'PT'],
    [' FR ', 'FR'],
    ['XX', null],
    ['T1', null],
    ['ZZ', null],
    ['EU', null],
    ['DEU', null],
    ['DE, FR', null],
    ['276', null],
    ['<b>', null],
    ['Ŀ', null],
    ['', null],
    [undefined, null],
  ])('is read of %j', (header, country) => {
    expect(toldCountry(header)).toBe(country);
  });
});
