import type { Grain } from '@libs/kernel';
import type { Delivery, QuoteInput } from '../input';
import { type PricedLine, sum } from '../priced-line';
import { applyOrderDiscounts } from './apply-order';
import { applyProductDiscounts } from './apply-product';
import { applyShippingDiscounts, type PricedDelivery } from './apply-shipping';
import type { Cut, Discount, DiscountClass, DiscountOf } from './discount';

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

/** Takes a set of discounts off: products, the order, the shipping rate by what is left, shipping. */
export function applySet(basket: Basket, set: readonly Discount[]): Applied {
  const { lines, grain } = basket;
  const values = lines.map(({ valueMinor }) => valueMinor);
  const productCuts = applyProductDiscounts(lines, ofClass(set, 'product'), grain);
  const rests = lessCuts(ids(lines), values, productCuts);
  const orderCuts = applyOrderDiscounts(lines, rests, ofClass(set, 'order'), grain);
  const lineTotals = lessCuts(ids(lines), rests, orderCuts);
  const thresholdMinor = sum(basket.thresholds === 'after_discounts' ? lineTotals : values);
  const deliveries = basket.deliveries.map((delivery) => ({
    delivery,
    priceMinor: priceOf(delivery, lines, thresholdMinor),
  }));
  const shipping = ofClass(set, 'shipping');
  const shippingCuts = applyShippingDiscounts(deliveries, shipping, thresholdMinor, grain);
  const shippingTotals = lessCuts(
    ids(basket.deliveries),
    deliveries.map(({ priceMinor }) => priceMinor),
    shippingCuts,
  );
  return {
    set,
    productCuts,
    orderCuts,
    deliveries,
    shippingCuts,
    lineTotals,
    shippingTotals,
    thresholdMinor,
  };
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
