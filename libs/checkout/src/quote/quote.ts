import { grainOf } from '@libs/kernel';
import { baseAmounts } from './base-amounts';
import { checkInput } from './check-input';
import { hashOf } from './hash';
import type { QuoteInput } from './input';
import { type Pass, pricePass } from './price-pass';
import { sum } from './sum';
import type { Quote } from './result';
import { chargeRows, discountRows, lineRows, taxRows } from './rows';
import { type ImportJudgement, judgeImport } from './tax/import';
import { taxSum } from './tax/levy';
import type { TaxNotice } from './tax/terms';
import { payWith } from './tenders';
import { traceOf } from './trace';

/**
 * Computes every amount of a cart, a checkout or an edited order, once, in integers. Pure: the same input gives the same
 * quote and hash, whatever the time and the order of the discounts.
 * @throws quote.bad-input, quote.no-tax-rates, currency.unknown, money.too-large
 */
export function quote(input: QuoteInput): Quote {
  checkInput(input);
  const { pass, judgement } = judgedPass(input);
  const { lines, applied, fees } = pass;
  const taxMinor = taxSum(pass.levies);
  const feesMinor = sum(fees.map(({ amountMinor }) => amountMinor));
  const onTop = input.tax.included ? 0 : taxMinor;
  const shippingMinor = sum(applied.shippingTotals);
  const totalMinor = sum(applied.lineTotals) + shippingMinor + feesMinor + onTop;
  const base = baseAmounts(input, pass, totalMinor);
  const discounts = discountRows(applied);
  const amounts = {
    currency: input.currency,
    lines: lineRows(pass, base.lines),
    ...chargeRows(pass, base),
    taxes: taxRows(pass, input.tax.regime.scheme, base.taxes),
    discounts,
    totals: {
      subtotalMinor: sum(lines.map(({ valueMinor }) => valueMinor)),
      discountMinor: sum(discounts.map(({ amountMinor }) => amountMinor)),
      shippingMinor,
      feesMinor,
      taxMinor,
      taxIncluded: input.tax.included,
      totalMinor,
    },
    base: { currency: base.currency, totalMinor: base.totalMinor, taxMinor: base.taxMinor },
    ...payWith(totalMinor, input.storedValue, grainOf(input.currency)),
    tax: taxFacts(input, judgement),
    trace: traceOf(pass),
  };
  const { rejected, search } = pass;
  return { ...amounts, rejected, search, hash: hashOf(amounts) };
}

/**
 * Prices as if every consignment were below the limit of its import scheme, judges them so, and prices again where one
 * is above. Judged once: a price that falls because the tax falls away does not bring the tax back.
 */
function judgedPass(input: QuoteInput): { pass: Pass; judgement: ImportJudgement } {
  const first = pricePass(input, { untaxed: new Set(), duties: [] });
  const goods = first.parts.filter(({ on }) => on === 'line');
  const judgement = judgeImport(input, goods);
  const same = judgement.untaxed.size === 0 && judgement.duties.length === 0;
  return { judgement, pass: same ? first : pricePass(input, judgement) };
}

function taxFacts({ tax }: QuoteInput, { consignments }: ImportJudgement): Quote['tax'] {
  const { scheme, registration, notice, importLimit } = tax.regime;
  const above = consignments.some(({ below }) => !below);
  const told: Quote['tax']['notices'] = notice === null ? [] : [notice];
  const charges: TaxNotice = importLimit?.dutyPaid
    ? 'delivered_duty_paid'
    : 'import_charges_on_delivery';
  const notices = above ? [...told, charges] : told;
  return { scheme, registration, notices, consignments };
}
