import type { Applied } from './discounts/apply-set';
import type { Cut } from './discounts/discount';
import { takenBy } from './discounts/apply-set';
import type { Pass } from './price-pass';
import { sum } from './sum';
import type { Allocation, ChargeRow, DiscountRow, LineRow, TaxRow } from './result';
import { taxSum } from './tax/levy';

/** The rows of the lines, in the order of the cart. */
export function lineRows({ lines, applied, levies }: Pass, base: readonly number[]): LineRow[] {
  const { productCuts, orderCuts, lineTotals } = applied;
  return lines.map(({ id, quantity, unitMinor, valueMinor }, index) => ({
    id,
    quantity,
    unitMinor,
    subtotalMinor: valueMinor,
    productDiscountMinor: offOf(productCuts, id),
    orderDiscountMinor: offOf(orderCuts, id),
    allocations: allocationsOf([...productCuts, ...orderCuts], id),
    totalMinor: lineTotals[index] ?? 0,
    taxMinor: taxSum(levies.filter(({ part }) => part.on === 'line' && part.id === id)),
    baseMinor: base[index] ?? 0,
  }));
}

/** The rows of shipping and fees. */
export function chargeRows(
  { applied, fees, levies }: Pass,
  base: { shipping: readonly number[]; fees: readonly number[] },
): { shipping: ChargeRow[]; fees: ChargeRow[] } {
  const taxOn = (on: 'shipping' | 'fee', id: string): number =>
    taxSum(levies.filter(({ part }) => part.on === on && part.id === id));
  const shipping = applied.deliveries.map(({ delivery: { id, title }, priceMinor }, index) => ({
    id,
    title,
    priceMinor,
    discountMinor: offOf(applied.shippingCuts, id),
    allocations: allocationsOf(applied.shippingCuts, id),
    totalMinor: applied.shippingTotals[index] ?? 0,
    taxMinor: taxOn('shipping', id),
    baseMinor: base.shipping[index] ?? 0,
  }));
  const others = fees.map(({ id, title, amountMinor }, index) => ({
    id,
    title,
    priceMinor: amountMinor,
    discountMinor: 0,
    allocations: [],
    totalMinor: amountMinor,
    taxMinor: taxOn('fee', id),
    baseMinor: base.fees[index] ?? 0,
  }));
  return { shipping, fees: others };
}

/** The rows of the taxes. */
export function taxRows({ levies }: Pass, scheme: string, base: readonly number[]): TaxRow[] {
  return levies.map(({ part, rate, taxableMinor, taxMinor }, index) => ({
    on: part.on,
    id: part.id,
    name: rate.name,
    jurisdiction: rate.jurisdiction,
    ppm: rate.ppm,
    scheme,
    taxableMinor,
    taxMinor,
    baseTaxMinor: base[index] ?? 0,
  }));
}

/** The discounts that take something off. */
export function discountRows(applied: Applied): DiscountRow[] {
  return applied.set
    .map((discount) => ({
      id: discount.id,
      title: discount.title,
      code: discount.code?.text ?? null,
      class: discount.class,
      amountMinor: takenBy(applied, discount.id),
    }))
    .filter(({ amountMinor }) => amountMinor > 0);
}

function offOf(cuts: readonly Cut[], id: string): number {
  return sum(cuts.filter(({ target }) => target === id).map(({ amountMinor }) => amountMinor));
}

function allocationsOf(cuts: readonly Cut[], id: string): Allocation[] {
  return cuts
    .filter(({ target }) => target === id)
    .map(({ discount, units, amountMinor }) => ({ discountId: discount.id, units, amountMinor }));
}
