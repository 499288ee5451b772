import type { RateRow } from '../quote/tax/rate-table';

/** The day on which the table was put together. */
export const ratesAsOf = '2026-11-01';

/** What must be said wherever the table is shown. */
export const ratesNotice =
  'Public rates as of the date given, without warranty: check them with your adviser. Regions with rules of their own ' +
  'are not in it.';

/**
 * VAT in percent by country: standard, the reduced rate that most reduced goods bear, printed books. The countries are
 * the member states of the European Union and the United Kingdom; a dash is no reduced rate.
 */
const percents = `
AT 20 10 10
BE 21 6 6
BG 20 9 9
CY 19 5 3
CZ 21 12 0
DE 19 7 7
DK 25 - 25
EE 24 9 9
ES 21 10 4
FI 25.5 13.5 13.5
FR 20 10 5.5
GB 20 5 0
GR 24 13 6
HR 25 13 5
HU 27 18 5
IE 23 13.5 0
IT 22 10 4
LT 21 12 5
LU 17 8 3
LV 21 12 5
MT 18 5 5
NL 21 9 9
PL 23 8 5
PT 23 13 6
RO 21 11 11
SE 25 12 6
SI 22 9.5 5
SK 23 19 5
`;

const categories = ['standard', 'reduced', 'books'];

/** The built-in rates as rows of the table of rates. */
export const builtInRates: readonly RateRow[] = percents
  .trim()
  .split('\n')
  .flatMap((line) => {
    const [country = '', ...values] = line.split(' ');
    return values.flatMap((value, at): RateRow[] =>
      value === '-'
        ? []
        : [
            {
              country,
              region: null,
              category: categories[at] as string,
              name: 'VAT',
              jurisdiction: country,
              ppm: Math.round(Number(value) * 10_000),
              from: '2026-01-01',
              to: null,
            },
          ],
    );
  });
