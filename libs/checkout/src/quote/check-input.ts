import { currencyQuantum } from '@libs/kernel';
import type { Benefit, Discount } from './discounts/discount';
import type { QuoteInput } from './input';
import { sum } from './sum';
import { quoteErrors } from './quote.errors';
import type { TaxRate, Treatment } from './tax/terms';

/**
 * Refuses what cannot be computed, with the path of the field that is wrong.
 * @throws quote.bad-input, currency.unknown
 */
export function checkInput(input: QuoteInput): void {
  const quantum = currencyQuantum(input.currency);
  if (input.exchange) currencyQuantum(input.exchange.base);
  checkIds('lines', input.lines);
  checkIds('deliveries', input.deliveries);
  checkIds('fees', input.fees);
  checkIds('discounts', input.discounts);
  input.lines.forEach((line, index) => {
    const field = `lines.${index}`;
    checkCount(`${field}.quantity`, line.quantity);
    checkAmount(`${field}.unitMinor`, line.unitMinor, quantum);
    checkAgreed(field, line);
    // Twice, since a price may rise when the tax of its destination is put on it.
    checkAmount(`${field}.unitMinor times its quantity`, 2 * line.unitMinor * line.quantity, 1);
  });
  const values = input.lines.map(({ unitMinor, quantity }) => unitMinor * quantity);
  checkAmount('the sum of the lines', 2 * sum(values), 1);
  input.fees.forEach(({ amountMinor, tax }, index) => {
    checkAmount(`fees.${index}.amountMinor`, amountMinor, quantum);
    checkTreatment(`fees.${index}.tax`, tax);
  });
  input.storedValue.forEach(({ availableMinor }, index) =>
    checkAmount(`storedValue.${index}.availableMinor`, availableMinor, 1),
  );
  checkDeliveries(input, quantum);
  input.discounts.forEach((discount, index) => checkDiscount(`discounts.${index}`, discount));
  checkTaxes(input, quantum);
}

function checkAgreed(field: string, { rates = [], given = [] }: QuoteInput['lines'][number]): void {
  checkRates(`${field}.rates`, rates);
  given.forEach(({ off }, index) => {
    if ('ppm' in off) return checkBenefit(`${field}.given.${index}`, off);
    checkAmount(`${field}.given.${index}.amountMinor`, off.amountMinor, 1);
    return checkPositive(`${field}.given.${index}.ofUnits`, off.ofUnits);
  });
}

function checkDeliveries({ deliveries, lines }: QuoteInput, quantum: number): void {
  const known = new Set(lines.map(({ id }) => id));
  const seen = new Set<string>();
  deliveries.forEach(({ lineIds, prices }, index) => {
    const field = `deliveries.${index}`;
    for (const id of lineIds) {
      if (!known.has(id)) refuse(`${field}.lineIds`, `names the line ${id}, which is not there`);
      if (seen.has(id)) refuse(`${field}.lineIds`, `names the line ${id}, which travels already`);
      seen.add(id);
    }
    if (!prices.some(({ fromMinor }) => fromMinor === 0)) {
      refuse(`${field}.prices`, 'has no price from 0');
    }
    prices.forEach(({ priceMinor }, step) =>
      checkAmount(`${field}.prices.${step}.priceMinor`, priceMinor, quantum),
    );
  });
}

function checkDiscount(field: string, discount: Discount): void {
  const { rule } = discount;
  if (!('kind' in rule)) return checkBenefit(`${field}.rule.benefit`, rule.benefit);
  if (rule.kind === 'tiered') {
    rule.tiers.forEach(({ benefit }, step) =>
      checkBenefit(`${field}.rule.tiers.${step}.benefit`, benefit),
    );
    return undefined;
  }
  if (rule.kind !== 'buy_x_get_y') return checkBenefit(`${field}.rule.benefit`, rule.benefit);
  const { buy, get, usesPerOrder } = rule;
  checkPositive(`${field}.rule.buy`, 'quantity' in buy ? buy.quantity : buy.amountMinor);
  checkPositive(`${field}.rule.get.quantity`, get.quantity);
  if (usesPerOrder !== null) checkCount(`${field}.rule.usesPerOrder`, usesPerOrder);
  return checkBenefit(`${field}.rule.get.benefit`, get.benefit);
}

function checkBenefit(field: string, benefit: Benefit): void {
  if (!('ppm' in benefit)) return checkAmount(`${field}.amountMinor`, benefit.amountMinor, 1);
  checkCount(`${field}.ppm`, benefit.ppm);
  if (benefit.ppm > 1_000_000) refuse(`${field}.ppm`, 'is more than the whole');
  return undefined;
}

function checkTaxes({ tax }: QuoteInput, quantum: number): void {
  const { regime, home, shipping } = tax;
  const tables = { 'tax.regime.rates': regime.rates, 'tax.home.rates': home?.rates ?? {} };
  for (const [field, table] of Object.entries(tables)) {
    for (const [category, rates] of Object.entries(table))
      checkRates(`${field}.${category}`, rates);
  }
  checkTreatment('tax.shipping', shipping);
  const limit = regime.importLimit;
  if (limit?.duty) {
    const field = 'tax.regime.importLimit.duty';
    checkAmount(`${field}.amountMinor`, limit.duty.amountMinor, quantum);
    checkTreatment(`${field}.tax`, limit.duty.tax);
  }
}

function checkTreatment(field: string, treatment: Treatment): void {
  if (typeof treatment !== 'string') checkRates(field, treatment);
}

function checkRates(field: string, rates: readonly TaxRate[]): void {
  rates.forEach(({ ppm }, index) => checkCount(`${field}.${index}.ppm`, ppm));
}

function checkIds(field: string, things: readonly { id: string }[]): void {
  const seen = new Set<string>();
  for (const { id } of things) {
    if (seen.has(id)) refuse(field, `has ${id} twice`);
    seen.add(id);
  }
}

function checkAmount(field: string, amount: number, quantum: number): void {
  checkCount(field, amount);
  if (amount % quantum !== 0)
    refuse(field, `is ${amount}, not a multiple of ${quantum} minor units`);
}

function checkPositive(field: string, count: number): void {
  checkCount(field, count);
  if (count === 0) refuse(field, 'is 0');
}

function checkCount(field: string, count: number): void {
  if (!Number.isSafeInteger(count) || count < 0) {
    refuse(field, `is ${count}, not a whole number of at least 0`);
  }
}

function refuse(field: string, problem: string): never {
  throw quoteErrors.error('bad-input', { field, problem }, { field });
}
