import type { RateRow } from '../quote/tax/rate-table';

/**
 * The day on which the table was last looked through. Standard rates: equal to those of npm's `sales-tax` 2.23.0
 * (May 2026) in all 28 countries. Changes of 2026: vero.fi (Finland, 13.5), sovos.com (Lithuania, 12 and books 5),
 * vatupdate.com (Sweden, food). Other reduced rates: lists of practitioners, which are no law.
 */
export const ratesAsOf = '2026-11-21';

/** What must be said wherever the table is shown. */
export const ratesNotice =
  'Public rates as of the date given, without warranty: check them with your adviser. Regions with rules of their own ' +
  'are not in it.';

/**
 * VAT in percent by country: standard, the reduced rate that most reduced goods bear, printed books. The countries are
 * the member states of the European Union and the United Kingdom; a dash is no reduced rate. Denmark has announced that it
 * will tax books no more; no source said from which day, so they bear the standard rate here.
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

/** Rates that count for some time only, instead of the one above. */
const passing = [
  // Food, which is most of what is reduced there (prop. 2025/26:55).
  { country: 'SE', category: 'reduced', percent: 6, from: '2026-04-01', to: '2028-01-01' },
] as const;

/** The built-in rates as rows of the table of rates. */
export const builtInRates: readonly RateRow[] = percents
  .trim()
  .split('\n')
  .flatMap((line) => {
    const [country = '', ...values] = line.split(' ');
    return values.flatMap((value, at) =>
      value === '-' ? [] : inTime(country, categories[at] as string, Number(value)),
    );
  });

/** A rate since the beginning of the table, with the gap in which another counts. */
function inTime(country: string, category: string, percent: number): RateRow[] {
  const row = (rate: number, from: string, to: string | null): RateRow => ({
    country,
    region: null,
    category,
    name: 'VAT',
    jurisdiction: country,
    ppm: Math.round(rate * 10_000),
    from,
    to,
  });
  const other = passing.find((one) => one.country === country && one.category === category);
  if (!other) return [row(percent, '2026-01-01', null)];
  return [
    row(percent, '2026-01-01', other.from),
    row(other.percent, other.from, other.to),
    row(percent, other.to, null),
  ];
}
