import { quoteErrors } from '../quote.errors';
import type { TaxRate } from './terms';

/** A country, and a state or province where that decides; ISO 3166 codes. */
export interface Place {
  country: string;
  region: string | null;
}

/** A row of the table of rates; dates are `YYYY-MM-DD`, `to` is the first day without it. */
export interface RateRow extends TaxRate {
  country: string;
  /** Null counts in the whole country, beside the rows of a region. */
  region: string | null;
  category: string;
  from: string;
  to: string | null;
}

/** Nothing of this category is taxed, whatever the table says. */
const exempt = 'exempt';

/**
 * The rates of a category at a place: each authority's own row for the category, else its row for `standard`. An
 * authority levies one tax on a category; a row of 0 ppm is a zero rate.
 * @param on the day, `YYYY-MM-DD`
 * @returns plain rates before compound ones, in the order of the table
 * @throws quote.bad-input when the table has no row for the place
 */
export function ratesAt(
  rows: readonly RateRow[],
  place: Place,
  category: string,
  on: string,
): TaxRate[] {
  if (category === exempt) return [];
  const here = rows.filter((row) => counts(row, place, on));
  if (here.length === 0) {
    const problem = `has no row for ${place.country}${place.region ? `-${place.region}` : ''} on ${on}`;
    throw quoteErrors.error('bad-input', { field: 'rates', problem }, { field: 'rates' });
  }
  const authorities = [...new Set(here.map(({ jurisdiction }) => jurisdiction))];
  const rates = authorities.flatMap((authority) => {
    const own = here.filter(({ jurisdiction }) => jurisdiction === authority);
    const row =
      own.find((one) => one.category === category) ??
      own.find((one) => one.category === 'standard');
    return row ? [rateOf(row)] : [];
  });
  return rates.toSorted((a, b) => Number(!!a.compound) - Number(!!b.compound));
}

/** Whether the table has any row for a place that day. */
export function hasRates(rows: readonly RateRow[], place: Place, on: string): boolean {
  return rows.some((row) => counts(row, place, on));
}

function counts(row: RateRow, { country, region }: Place, on: string): boolean {
  const isAt = row.country === country && (row.region === null || row.region === region);
  return isAt && row.from <= on && (row.to === null || on < row.to);
}

function rateOf({ name, jurisdiction, ppm, compound, exemptBelowMinor }: RateRow): TaxRate {
  return {
    name,
    jurisdiction,
    ppm,
    ...(compound ? { compound } : {}),
    ...(exemptBelowMinor === undefined ? {} : { exemptBelowMinor }),
  };
}
