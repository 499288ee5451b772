import type { DocumentContent, DocumentRow } from './content';
import { ratesOf, type TaxOfRow } from './taxes-of-rows';

/** What an order differs by from its documents: below zero is to be credited, above it to be invoiced. */
export interface Amendment {
  credited: DocumentRow[];
  invoiced: DocumentRow[];
}

type Difference = Pick<DocumentRow, 'title' | 'detail' | 'unitMinor' | 'netMinor' | 'taxMinor'> & {
  id: string | null;
  quantity: number;
  taxes: TaxOfRow[];
};

/**
 * What is still to be issued, so that documents come to these rows: each line and charge by what it costs more or less,
 * with the taxes of both moments, so that no rate is amended by a share of another. Pure.
 * @param rows what documents should come to
 * @param documents what was issued of it, in any order
 */
export function amendmentOf(
  rows: readonly DocumentRow[],
  documents: readonly DocumentContent[],
  taxIncluded: boolean,
): Amendment {
  const sums = new Map<string | null, Difference>();
  for (const row of rows) add(sums, row, 1);
  for (const { kind, rows: issued } of documents)
    for (const row of issued) add(sums, row, kind === 'invoice' ? -1 : 1);
  const amendment: Amendment = { credited: [], invoiced: [] };
  for (const difference of sums.values()) {
    if (isNothing(difference)) continue;
    const grossMinor = difference.netMinor + difference.taxMinor;
    if (grossMinor < 0 || (grossMinor === 0 && difference.taxMinor < 0))
      amendment.credited.push(creditedRow(difference));
    else amendment.invoiced.push(invoicedRow(difference, taxIncluded));
  }
  return amendment;
}

function add(sums: Map<string | null, Difference>, row: DocumentRow, sign: 1 | -1): void {
  const { id = null, title, detail, unitMinor } = row;
  const sum = sums.get(id) ?? {
    id,
    title,
    detail,
    unitMinor,
    quantity: 0,
    netMinor: 0,
    taxMinor: 0,
    taxes: [],
  };
  sum.quantity += sign * (row.quantity ?? 0);
  sum.netMinor += sign * row.netMinor;
  sum.taxMinor += sign * row.taxMinor;
  for (const tax of row.taxes ?? []) addTax(sum.taxes, tax, sign);
  sums.set(id, sum);
}

function addTax(taxes: TaxOfRow[], { name, ppm, ...amounts }: TaxOfRow, sign: 1 | -1): void {
  let sum = taxes.find((each) => each.name === name && each.ppm === ppm);
  if (!sum) {
    sum = { name, ppm, taxableMinor: 0, taxMinor: 0, baseTaxMinor: 0 };
    taxes.push(sum);
  }
  sum.taxableMinor += sign * amounts.taxableMinor;
  sum.taxMinor += sign * amounts.taxMinor;
  sum.baseTaxMinor += sign * amounts.baseTaxMinor;
}

/** Rates may change places under a sum that stays: that is a difference too. */
function isNothing({ netMinor, taxMinor, taxes }: Difference): boolean {
  const same = ({ taxableMinor, taxMinor: tax }: TaxOfRow) => taxableMinor === 0 && tax === 0;
  return netMinor === 0 && taxMinor === 0 && taxes.every(same);
}

function creditedRow(difference: Difference): DocumentRow {
  const { quantity } = difference;
  const amounts = amountsOf(difference, -1);
  return {
    ...amounts,
    quantity: quantity < 0 ? -quantity : null,
    unitMinor: null,
    discountMinor: 0,
  };
}

/** Units and their price are told where they and a discount are all there is to the amount. */
function invoicedRow(difference: Difference, taxIncluded: boolean): DocumentRow {
  const { quantity, unitMinor } = difference;
  const amounts = amountsOf(difference, 1);
  const shownMinor = taxIncluded ? amounts.netMinor + amounts.taxMinor : amounts.netMinor;
  const discountMinor = quantity * (unitMinor ?? 0) - shownMinor;
  const isOfUnits = quantity > 0 && unitMinor !== null && discountMinor >= 0;
  if (isOfUnits) return { ...amounts, quantity, unitMinor, discountMinor };
  return { ...amounts, quantity: null, unitMinor: null, discountMinor: 0 };
}

function amountsOf({ id, title, detail, ...sums }: Difference, sign: 1 | -1) {
  const times = (minor: number) => (minor === 0 ? 0 : sign * minor);
  const taxes = sums.taxes
    .map(({ name, ppm, ...tax }) => ({
      name,
      ppm,
      taxableMinor: times(tax.taxableMinor),
      taxMinor: times(tax.taxMinor),
      baseTaxMinor: times(tax.baseTaxMinor),
    }))
    .filter(({ taxableMinor, taxMinor }) => taxableMinor !== 0 || taxMinor !== 0);
  return {
    id,
    title,
    detail,
    taxes,
    netMinor: times(sums.netMinor),
    taxMinor: times(sums.taxMinor),
    ppm: ratesOf(taxes),
  };
}
