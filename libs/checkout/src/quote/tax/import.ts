import { fromBase, grainOf } from '@libs/kernel';
import type { QuoteInput } from '../input';
import type { ConsignmentRow } from '../result';
import { levy, taxSum, type TaxPart } from './levy';
import type { Charge } from './tax-parts';

/** What an import scheme makes of a cart. */
export interface ImportJudgement {
  consignments: ConsignmentRow[];
  /** Lines of consignments above the limit. */
  untaxed: Set<string>;
  /** Flat duties of consignments below it that the shopper pays. */
  duties: Charge[];
}

/**
 * Judges each consignment of an import scheme by the intrinsic value of its goods: after discounts, without tax and
 * transport. Every delivery is one; before one is chosen, all lines are. Goods under excise are always above.
 * @param goods the lines as taxed below the limit
 */
export function judgeImport(input: QuoteInput, goods: readonly TaxPart[]): ImportJudgement {
  const judgement: ImportJudgement = { consignments: [], untaxed: new Set(), duties: [] };
  const limit = input.tax.regime.importLimit;
  if (limit === null) return judgement;
  const grain = grainOf(input.currency, input.tax.rounding);
  for (const { id, lineIds } of consignmentsOf(input)) {
    const own = goods.filter((part) => lineIds.includes(part.id));
    const gross = own.reduce((all, { amountMinor }) => all + amountMinor, 0);
    const tax = taxSum(levy(own, { included: input.tax.included, level: 'document', grain }));
    const net = input.tax.included ? gross - tax : gross;
    const { currency, rate1e10 } = limit;
    const valueMinor = fromBase(net, { base: input.currency, currency, rate1e10 });
    const lines = input.lines.filter((line) => line.quantity > 0 && lineIds.includes(line.id));
    const below = valueMinor <= limit.limitMinor && !lines.some(({ excise }) => excise);
    judgement.consignments.push({ id, valueMinor, currency, below });
    if (!below) for (const lineId of lineIds) judgement.untaxed.add(lineId);
    else if (limit.duty?.payer === 'shopper') {
      const { amountMinor, tax: treatment } = limit.duty;
      const headings = [...new Set(lines.map(({ tariffHeading }) => tariffHeading ?? 'other'))];
      for (const heading of headings) {
        const duty = { id: `duty:${id}:${heading}`, title: `Duty ${heading}`, amountMinor };
        judgement.duties.push({ ...duty, tax: treatment, lineIds });
      }
    }
  }
  return judgement;
}

function consignmentsOf({
  deliveries,
  lines,
}: QuoteInput): { id: string; lineIds: readonly string[] }[] {
  if (deliveries.length > 0) return [...deliveries];
  return [{ id: 'all', lineIds: lines.map(({ id }) => id) }];
}
