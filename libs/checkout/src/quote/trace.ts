import type { Cut } from './discounts/discount';
import type { Pass } from './price-pass';
import type { TraceStep } from './result';

/** How the amounts came about, step by step; only discounts lower anything. */
export function traceOf({ lines, applied }: Pass): TraceStep[] {
  const amounts = new Map<string, number>();
  const steps: TraceStep[] = lines.map(({ id, quantity, unitMinor, valueMinor }) => {
    amounts.set(`line ${id}`, valueMinor);
    const reason = `${quantity} x ${unitMinor}`;
    return { step: 'price', line: id, before: valueMinor, after: valueMinor, reason };
  });
  const lower = (step: TraceStep['step'], on: 'line' | 'delivery', cuts: readonly Cut[]): void => {
    for (const { discount, target, amountMinor, reason } of cuts) {
      const before = amounts.get(`${on} ${target}`) ?? 0;
      const after = before - amountMinor;
      amounts.set(`${on} ${target}`, after);
      const code = discount.code === null ? {} : { code: discount.code.text };
      steps.push({ step, discountId: discount.id, ...code, [on]: target, before, after, reason });
    }
  };
  lower('product_discount', 'line', applied.productCuts);
  lower('order_discount', 'line', applied.orderCuts);
  for (const { delivery, priceMinor } of applied.deliveries) {
    amounts.set(`delivery ${delivery.id}`, priceMinor);
    const reason = `at a subtotal of ${applied.thresholdMinor}`;
    const { id } = delivery;
    steps.push({ step: 'shipping', delivery: id, before: priceMinor, after: priceMinor, reason });
  }
  lower('shipping_discount', 'delivery', applied.shippingCuts);
  return steps;
}
