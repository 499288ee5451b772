import * as fc from 'fast-check';
import { readVatNumber } from './vat-number';

describe('a VAT number', () => {
  it.each([
    ['DE136695976', 'DE', 'DE', 'DE136695976'],
    ['fr 40 303 265 045', 'BE', 'FR', 'FR40303265045'],
    ['094259216', 'GR', 'GR', 'EL094259216'],
    ['EL094259216', 'GR', 'GR', 'EL094259216'],
    ['ATU-13585627', 'AT', 'AT', 'ATU13585627'],
  ])('%s typed for %s is %s’s %s', (typed, place, country, text) => {
    expect(readVatNumber(typed, place)).toEqual({ country, text, digits: text.slice(2) });
  });

  it.each([
    '',
    'DE',
    'DE136695977',
    'GB980780684',
    'CHE123456788',
    'DE13669597',
    '0',
    'DE136695976x',
  ])('%p is none of the Union', (typed) => {
    expect(readVatNumber(typed, 'DE')).toBeNull();
  });

  it('reads itself again, however it is spaced, and never throws', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 20 }),
        fc.constantFrom('DE', 'FR', 'GR', 'US'),
        (typed, at) => {
          const read = readVatNumber(typed, at);
          if (read) expect(readVatNumber(read.text.split('').join(' '), 'IT')).toEqual(read);
        },
      ),
    );
    const spaced = fc.array(fc.constantFrom(' ', '.', '-', ''), { minLength: 11, maxLength: 11 });
    fc.assert(
      fc.property(spaced, (gaps) => {
        const typed = [...'DE136695976'].map((sign, at) => `${gaps[at]}${sign}`).join('');
        expect(readVatNumber(typed, 'FR')?.text).toBe('DE136695976');
      }),
    );
  });
});
