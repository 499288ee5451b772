import { allocate } from '@libs/kernel';

/** A tax of one authority on one line or charge of the order; minor units. */
export interface TaxOnRow {
  /** The line or charge. */
  taxedId: string;
  name: string;
  ppm: number;
  /** Without any tax. */
  taxableMinor: number;
  taxMinor: number;
  /** In the store's base currency. */
  baseTaxMinor: number;
}

/** The same on a document's row; what bears no tax has no name and a rate of 0. */
export type TaxOfRow = Omit<TaxOnRow, 'taxedId'>;

/**
 * The taxes of a row, and what of it bears none: all of what nobody taxes, and the part of a delivery that goes with
 * untaxed goods. Pure.
 */
export function taxesOfRow(
  taxes: readonly TaxOnRow[],
  { id, netMinor }: { id: string; netMinor: number },
): TaxOfRow[] {
  const own = taxes
    .filter(({ taxedId }) => taxedId === id)
    .map(({ taxedId: _, ...tax }): TaxOfRow => tax);
  const taxedMinor = own.reduce((all, { taxableMinor }) => all + taxableMinor, 0);
  // Authorities that tax the same amount come to more than the row.
  if (own.length > 0 && taxedMinor >= netMinor) return own;
  const taxableMinor = netMinor - taxedMinor;
  return [...own, { name: '', ppm: 0, taxableMinor, taxMinor: 0, baseTaxMinor: 0 }];
}

/** Rates of taxes, each once. */
export function ratesOf(taxes: readonly TaxOfRow[]): number[] {
  return [...new Set(taxes.filter(({ name }) => name !== '').map(({ ppm }) => ppm))];
}

/** What one rate of one authority comes to on a document. */
export interface NamedRate {
  /** Empty for what bears no tax. */
  name: string;
  ppm: number;
  netMinor: number;
  taxMinor: number;
}

/**
 * The taxes of a part of a row: each authority's by its part of the row's tax, so that they add up to what the part
 * bears. Pure.
 * @param own the taxes of all of the row
 * @param part net and tax of the part, minor units
 */
export function shareOfTaxes(
  own: readonly TaxOfRow[],
  part: { netMinor: number; taxMinor: number },
): TaxOfRow[] {
  const taxables = own.map(({ taxableMinor }) => taxableMinor);
  const bears = own.some(({ taxMinor }) => taxMinor !== 0);
  const tax = allocate(part.taxMinor, bears ? own.map(({ taxMinor }) => taxMinor) : taxables);
  const net = allocate(part.netMinor, taxables);
  const stacked = own.length > 1 && own.every((row) => row.taxableMinor === own[0]?.taxableMinor);
  return own.map((row, at) => {
    const taxMinor = tax[at] ?? 0;
    return {
      ...row,
      taxMinor,
      // Authorities that tax the same amount each tax all of it; rates on a delivery share it.
      taxableMinor: stacked ? part.netMinor : (net[at] ?? 0),
      baseTaxMinor:
        row.taxMinor === 0 ? 0 : Math.round((row.baseTaxMinor * taxMinor) / row.taxMinor),
    };
  });
}

/** Sums by authority and rate, the highest rate first and what bears no tax last. */
export function sumByRate(taxes: readonly TaxOfRow[]): NamedRate[] {
  const sums = new Map<string, NamedRate>();
  for (const { name, ppm, taxableMinor, taxMinor } of taxes) {
    const key = `${ppm} ${name}`;
    const { netMinor, taxMinor: before } = sums.get(key) ?? { netMinor: 0, taxMinor: 0 };
    sums.set(key, {
      name,
      ppm,
      netMinor: netMinor + taxableMinor,
      taxMinor: before + taxMinor,
    });
  }
  const named = ({ name }: NamedRate) => Number(name !== '');
  return [...sums.values()].toSorted((a, b) => named(b) - named(a) || b.ppm - a.ppm);
}
