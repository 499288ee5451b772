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
 * @param part net and tax of the part, minor units
 */
export function shareOfTaxes(
  taxes: readonly TaxOnRow[],
  rowId: string,
  part: { netMinor: number; taxMinor: number },
): TaxOnRow[] {
  const own = taxes.filter(({ taxedId }) => taxedId === rowId);
  if (own.length === 0) return [];
  const weights = own.map(({ taxMinor, taxableMinor }) => taxMinor || taxableMinor);
  const tax = allocate(part.taxMinor, weights);
  const net = allocate(
    part.netMinor,
    own.map(({ taxableMinor }) => taxableMinor),
  );
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

/**
 * Sums by authority and rate, the highest rate first.
 * @param freeMinor what bears no tax; null where there is nothing of the kind
 */
export function sumByRate(taxes: readonly TaxOnRow[], freeMinor: number | null): NamedRate[] {
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
  const rates = [...sums.values()].toSorted((a, b) => b.ppm - a.ppm);
  if (freeMinor === null) return rates;
  return [...rates, { name: '', ppm: 0, netMinor: freeMinor, taxMinor: 0 }];
}
