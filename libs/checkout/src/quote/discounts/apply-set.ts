import type { Grain } from '@libs/kernel';
import type { Delivery, QuoteInput } from '../input';
import type { PricedLine } from '../priced-line';
import { sum } from '../sum';
import { applyOrderDiscounts } from './apply-order';
import { applyProductDiscounts } from './apply-product';
import { applyShippingDiscounts, type PricedDelivery } from './apply-shipping';
import type { Cut, Discount, DiscountClass, DiscountOf } from './discount';
import { givenCuts, givenDiscounts } from './given';

/** What discounts meet: priced lines and the deliveries chosen. */
export interface Basket {
  lines: readonly PricedLine[];
  deliveries: readonly Delivery[];
  thresholds: QuoteInput['thresholds'];
  grain: Grain;
}

/** A basket with one set of discounts taken off. */
export interface Applied {
  set: readonly Discount[];
  productCuts: Cut[];
  orderCuts: Cut[];
  deliveries: PricedDelivery[];
  shippingCuts: Cut[];
  /** What each line costs in the end, in the order of the lines. */
  lineTotals: number[];
  /** What each delivery costs in the end. */
  shippingTotals: number[];
  /** What shipping rates and minimums of shipping discounts were compared with. */
  thresholdMinor: number;
}

/** The part of it that is the goods'. */
type AppliedGoods = Pick<Applied, 'productCuts' | 'orderCuts' | 'lineTotals'>;

/**
 * Takes sets of discounts off a basket: products, the order, the shipping rate by what is left, shipping. Sets that are
 * compared with each other share most of their discounts, so what a part of them comes to is remembered.
 */
export function setApplier(basket: Basket): (set: readonly Discount[]) => Applied {
  const { lines, grain } = basket;
  const values = lines.map(({ valueMinor }) => valueMinor);
  const open = lines.filter(({ given = [] }) => given.length === 0);
  const given = givenDiscounts(lines);
  const products = remembering((discounts: readonly DiscountOf<'product'>[]) => {
    const productCuts = [
      ...givenCuts({ lines, values, discountClass: 'product', grain }),
      ...applyProductDiscounts(open, discounts, grain),
    ];
    return { productCuts, rests: lessCuts(ids(lines), values, productCuts) };
  });
  const goods = remembering((set: readonly Discount[]): AppliedGoods => {
    const { productCuts, rests } = products(ofClass(set, 'product'));
    const agreed = givenCuts({ lines, values: rests, discountClass: 'order', grain });
    const left = lessCuts(ids(lines), rests, agreed);
    const more = applyOrderDiscounts(lines, left, ofClass(set, 'order'), grain);
    const orderCuts = [...agreed, ...more];
    return { productCuts, orderCuts, lineTotals: lessCuts(ids(lines), rests, orderCuts) };
  });
  return (set) => {
    const applied = goods(set.filter((discount) => discount.class !== 'shipping'));
    const after = basket.thresholds === 'after_discounts';
    const thresholdMinor = sum(after ? applied.lineTotals : values);
    return {
      ...applied,
      set: [...given, ...set],
      thresholdMinor,
      ...applyShipping(basket, set, thresholdMinor),
    };
  };
}

/** The deliveries at the rate that the subtotal reaches, with shipping discounts taken off. */
function applyShipping(
  { lines, deliveries: given, grain }: Basket,
  set: readonly Discount[],
  thresholdMinor: number,
): Pick<Applied, 'deliveries' | 'shippingCuts' | 'shippingTotals'> {
  const deliveries = given.map((delivery) => ({
    delivery,
    priceMinor: priceOf(delivery, lines, thresholdMinor),
  }));
  const discounts = ofClass(set, 'shipping');
  const shippingCuts = applyShippingDiscounts(deliveries, discounts, thresholdMinor, grain);
  const prices = deliveries.map(({ priceMinor }) => priceMinor);
  return { deliveries, shippingCuts, shippingTotals: lessCuts(ids(given), prices, shippingCuts) };
}

/** What a discount takes off by itself. */
export function takenBy(applied: Applied, discountId: string): number {
  const { productCuts, orderCuts, shippingCuts } = applied;
  return sum(
    [...productCuts, ...orderCuts, ...shippingCuts]
      .filter(({ discount }) => discount.id === discountId)
      .map(({ amountMinor }) => amountMinor),
  );
}

/** The price of the highest step that the subtotal reaches; nothing for a delivery without units. */
function priceOf(delivery: Delivery, lines: readonly PricedLine[], subtotal: number): number {
  const travels = lines.some(({ id, quantity }) => quantity > 0 && delivery.lineIds.includes(id));
  if (!travels) return 0;
  const steps = delivery.prices.filter(({ fromMinor }) => fromMinor <= subtotal);
  return steps.toSorted((a, b) => b.fromMinor - a.fromMinor)[0]?.priceMinor ?? 0;
}

function ofClass<Class extends DiscountClass>(
  set: readonly Discount[],
  wanted: Class,
): DiscountOf<Class>[] {
  return set.filter((discount): discount is DiscountOf<Class> => discount.class === wanted);
}

/** Makes the result for a list of discounts once. */
function remembering<D extends Discount, T>(
  make: (discounts: readonly D[]) => T,
): (discounts: readonly D[]) => T {
  const made = new Map<string, T>();
  return (discounts) => {
    const key = JSON.stringify(discounts.map(({ id }) => id));
    const result = made.get(key) ?? make(discounts);
    made.set(key, result);
    return result;
  };
}

function ids(things: readonly { id: string }[]): string[] {
  return things.map(({ id }) => id);
}

function lessCuts(
  targets: readonly string[],
  amounts: readonly number[],
  cuts: readonly Cut[],
): number[] {
  const off = new Map<string, number>();
  for (const { target, amountMinor } of cuts) off.set(target, (off.get(target) ?? 0) + amountMinor);
  return targets.map((id, index) => (amounts[index] ?? 0) - (off.get(id) ?? 0));
}
