import { formatDecimal } from '@libs/kernel';
import type { Quote, Rejection } from '../quote';

/** One reason of a price, in words and in numbers; minor units. `before - after` of all of them is the discount. */
export interface ExplanationRow {
  step: Quote['trace'][number]['step'] | 'tax' | 'fee' | 'total';
  /** The line or delivery that it is about; null for the whole. */
  on: string | null;
  discountId: string | null;
  code: string | null;
  before: number;
  after: number;
  sentence: string;
}

/** A discount that does not count, and why. */
export interface RejectedDiscount {
  discountId: string;
  code: string | null;
  reason: Rejection['reason'];
  sentence: string;
}

/** Why a price is what it is. */
export interface Explanation {
  rows: ExplanationRow[];
  rejected: RejectedDiscount[];
}

/** What of a quote, or of an order that was made of one, is explained. */
export type Explained = Pick<
  Quote,
  'currency' | 'trace' | 'taxes' | 'fees' | 'totals' | 'discounts'
> & {
  rejected?: Quote['rejected'];
};

/**
 * Why a price is what it is: every step of a quote, or of the order that was made of it, in the order of the calculation.
 * @param names what lines, deliveries and discounts are called; ids stand for those that are missing
 */
export function explain(quote: Explained, names: ReadonlyMap<string, string>): Explanation {
  const { currency } = quote;
  const titles = new Map(quote.discounts.map(({ id, title }) => [id, title]));
  const nameOf = (id: string | undefined): string =>
    id === undefined ? '' : (titles.get(id) ?? names.get(id) ?? id);
  const money = (minor: number): string => `${formatDecimal(minor, currency)} ${currency}`;
  const steps = quote.trace.map((step): ExplanationRow => {
    const { line, delivery, discountId, code, before, after, reason } = step;
    const on = line ?? delivery ?? null;
    const discount = nameOf(discountId);
    const sentence =
      discountId === undefined
        ? `${nameOf(on ?? undefined)}: ${money(after)}${step.step === 'price' ? ` (${unitWords(reason, money)})` : ''}.`
        : `${nameOf(on ?? undefined)}: ${money(before - after)} off by “${discount}”${code === undefined ? '' : `, code ${code}`}.`;
    const ids = { discountId: discountId ?? null, code: code ?? null };
    return { step: step.step, on, ...ids, before, after, sentence };
  });
  return {
    rows: [...steps, ...feeRows(quote, money), ...taxRows(quote, money), totalRow(quote, money)],
    rejected: (quote.rejected ?? []).map((rejection) => ({
      discountId: rejection.discountId,
      code: rejection.code,
      reason: rejection.reason,
      sentence: `“${rejection.code ?? nameOf(rejection.discountId)}” does not count: ${whyNot(rejection, nameOf)}.`,
    })),
  };
}

type MoneyWords = (minor: number) => string;

const whole = { on: null, discountId: null, code: null };

function feeRows({ fees }: Explained, money: MoneyWords): ExplanationRow[] {
  return fees.map(({ id, title, totalMinor }) => ({
    ...whole,
    step: 'fee',
    on: id,
    before: totalMinor,
    after: totalMinor,
    sentence: `${title}: ${money(totalMinor)}.`,
  }));
}

/** One row a tax, whatever the lines that bear it. */
function taxRows({ taxes, totals }: Explained, money: MoneyWords): ExplanationRow[] {
  const sums = new Map<string, { name: string; ppm: number; tax: number; taxable: number }>();
  for (const { name, jurisdiction, ppm, taxMinor, taxableMinor } of taxes) {
    const key = `${jurisdiction} ${name} ${ppm}`;
    const { tax = 0, taxable = 0 } = sums.get(key) ?? {};
    sums.set(key, { name, ppm, tax: tax + taxMinor, taxable: taxable + taxableMinor });
  }
  return [...sums.values()].map(({ name, ppm, tax, taxable }) => ({
    ...whole,
    step: 'tax',
    before: tax,
    after: tax,
    sentence: `${name} ${ppm / 10_000} % on ${money(taxable)}: ${money(tax)}${totals.taxIncluded ? ', contained in the prices' : ''}.`,
  }));
}

function totalRow({ totals }: Explained, money: MoneyWords): ExplanationRow {
  const { totalMinor } = totals;
  const sentence = `To pay: ${money(totalMinor)}.`;
  return { ...whole, step: 'total', before: totalMinor, after: totalMinor, sentence };
}

/** `2 x 4900` with the unit's price as money. */
function unitWords(reason: string, money: MoneyWords): string {
  const [, quantity, unit] = /^(\d+) x (\d+)$/.exec(reason) ?? [];
  return quantity === undefined ? reason : `${quantity} × ${money(Number(unit))}`;
}

function whyNot({ reason, with: against }: Rejection, nameOf: (id: string) => string): string {
  const other = against === undefined ? 'another discount' : `“${nameOf(against)}”`;
  return {
    minimum: 'the cart has not enough for it',
    not_combinable: `it does not go together with ${other}`,
    limit: 'it is used up',
    not_started: 'it has not started yet',
    ended: 'it is over',
    group: 'it is for other customers',
    market: 'it is for another market',
    no_target: 'nothing in the cart is meant by it',
    better_set: 'other discounts take more off',
  }[reason];
}
