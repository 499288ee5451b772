import { allocate } from '@libs/kernel';
import type { Applied } from '../discounts/apply-set';
import type { PricedLine } from '../priced-line';
import { rateKey, type TaxPart } from './levy';
import { lineRates } from './line-rates';
import type { TaxRate, TaxTerms, Treatment } from './terms';

/** Something charged beside the goods, and the lines whose rates it may be split over. */
export interface Charge {
  id: string;
  title: string;
  amountMinor: number;
  tax: Treatment;
  lineIds: readonly string[];
}

/** Goods and charges after discounts, as they are to be taxed. */
export interface Taxables {
  lines: readonly PricedLine[];
  applied: Applied;
  fees: readonly Charge[];
  /** Lines of consignments that the tax is not charged for at checkout. */
  untaxed: ReadonlySet<string>;
  quantum: number;
}

/** Everything that bears tax: lines, then shipping, then fees, split where rates are mixed. */
export function taxParts(taxables: Taxables, terms: TaxTerms): TaxPart[] {
  const { lines, applied, fees, untaxed, quantum } = taxables;
  const goods = lines.map((line, index): TaxPart => {
    const amountMinor = applied.lineTotals[index] ?? 0;
    const rates = untaxed.has(line.id) ? [] : lineRates(line, amountMinor, terms.regime);
    return { on: 'line', id: line.id, amountMinor, units: line.quantity, rates };
  });
  const shipping = applied.deliveries.map(({ delivery }, index): Charge => ({
    id: delivery.id,
    title: delivery.title,
    amountMinor: applied.shippingTotals[index] ?? 0,
    tax: delivery.lineIds.some((id) => untaxed.has(id)) ? 'none' : terms.shipping,
    lineIds: delivery.lineIds,
  }));
  const taxed = terms.regime.taxed || goods.some(({ rates }) => rates.length > 0);
  const split = (on: 'shipping' | 'fee', charge: Charge): TaxPart[] =>
    splitCharge(charge, goods, taxed, quantum).map((part) => ({
      ...part,
      on,
      id: charge.id,
    }));
  return [
    ...goods,
    ...shipping.flatMap((charge) => split('shipping', charge)),
    ...fees.flatMap((charge) => split('fee', charge)),
  ];
}

type Piece = Pick<TaxPart, 'amountMinor' | 'units' | 'rates'>;

/** A charge as pieces of one list of rates each: by the value of the goods at each, largest remainder. */
function splitCharge(
  { amountMinor, tax, lineIds }: Charge,
  goods: readonly TaxPart[],
  taxed: boolean,
  quantum: number,
): Piece[] {
  if (tax === 'none' || !taxed) return [{ amountMinor, units: 1, rates: [] }];
  if (tax !== 'split') return [{ amountMinor, units: 1, rates: tax }];
  const own = goods.filter(({ id, units }) => units > 0 && lineIds.includes(id));
  const byRates = new Map<string, { rates: readonly TaxRate[]; value: number }>();
  for (const { rates, amountMinor: value } of own) {
    const key = rateKey(rates);
    byRates.set(key, { rates, value: (byRates.get(key)?.value ?? 0) + value });
  }
  const groups = [...byRates.values()];
  const weights = groups.map(({ value }) => value);
  return allocate(amountMinor, weights, quantum).map((piece, index) => ({
    amountMinor: piece,
    units: 1,
    rates: groups[index]?.rates ?? [],
  }));
}
