import { type Grain, grainOf } from '@libs/kernel';
import { type Applied, type Basket, setApplier } from './discounts/apply-set';
import { chooseSet } from './discounts/choose-set';
import type { Rejection } from './discounts/discount';
import { screen } from './discounts/screen';
import type { QuoteInput } from './input';
import type { PricedLine } from './priced-line';
import { sum } from './sum';
import { type Levy, levy, type TaxPart, taxSum } from './tax/levy';
import { localUnitPrice } from './tax/local-price';
import { type Charge, taxParts } from './tax/tax-parts';

/** What a pass is told about consignments that are taxed on delivery. */
export interface PassTerms {
  untaxed: ReadonlySet<string>;
  duties: readonly Charge[];
}

/** All amounts once: prices at the destination, the best discounts, shipping, fees, taxes. */
export interface Pass {
  lines: PricedLine[];
  applied: Applied;
  fees: Charge[];
  /** What bears tax, and the taxes on it. */
  parts: TaxPart[];
  levies: Levy[];
  rejected: Rejection[];
  search: { sets: number; capped: boolean };
}

/** Steps 1 to 8 of the pipeline. */
export function pricePass(input: QuoteInput, { untaxed, duties }: PassTerms): Pass {
  const grain = grainOf(input.currency);
  const lines = pricedLines(input, untaxed);
  const fees = lines.some(({ quantity }) => quantity > 0) ? feesOf(input, duties) : [];
  const basket: Basket = {
    lines,
    deliveries: input.deliveries,
    thresholds: input.thresholds,
    grain,
  };
  const levyTerms = {
    included: input.tax.included,
    level: input.tax.level,
    grain: { ...grain, rounding: input.tax.rounding } satisfies Grain,
  };
  const partsOf = (applied: Applied): TaxPart[] =>
    taxParts({ lines, applied, fees, untaxed, quantum: grain.quantum }, input.tax);
  const totalOf = (applied: Applied): number =>
    sum(applied.lineTotals) +
    sum(applied.shippingTotals) +
    (input.tax.included ? 0 : taxSum(levy(partsOf(applied), levyTerms)));
  const apply = setApplier(basket);
  const { candidates, rejected } = screen(input.discounts, basket, input, apply);
  const choice = chooseSet(candidates, apply, totalOf);
  const parts = partsOf(choice.applied);
  return {
    lines,
    applied: choice.applied,
    fees,
    parts,
    levies: levy(parts, levyTerms),
    rejected: [...rejected, ...choice.rejected],
    search: choice.search,
  };
}

function pricedLines(input: QuoteInput, untaxed: ReadonlySet<string>): PricedLine[] {
  return input.lines.map((line) => {
    const unitMinor = localUnitPrice(line, input.tax, untaxed.has(line.id), input.currency);
    return { ...line, unitMinor, valueMinor: unitMinor * line.quantity };
  });
}

function feesOf({ fees, lines }: QuoteInput, duties: readonly Charge[]): Charge[] {
  const lineIds = lines.map(({ id }) => id);
  return [...fees.map((fee) => ({ ...fee, lineIds })), ...duties];
}
