import { decimalNumber, hundredths } from '@libs/kernel';
import type { DiscountBenefitInput } from '../contract';
import type { AppliedDiscount, LineCut } from '../carts/price-cart';

/** A discount as borrowed scripts read it (commerce.md, chapter 1): money in hundredths. */
export type DiscountApplication = ReturnType<typeof discountApplication>;

/** A discount in the shape of the AJAX contract. */
export function discountApplication(discount: AppliedDiscount, currency: string) {
  const { facts, amountMinor } = discount;
  return {
    type: facts.code === null ? 'automatic' : 'discount_code',
    key: facts.id.replaceAll('-', ''),
    title: titleOf(discount),
    description: null,
    created_at: new Date(facts.createdAt).toISOString(),
    ...valueOf(discount, currency),
    allocation_method: discount.class === 'order' ? 'across' : 'each',
    target_selection: discount.class === 'order' ? 'all' : 'entitled',
    target_type: discount.class === 'shipping' ? 'shipping_line' : 'line_item',
    total_allocated_amount: hundredths(amountMinor, currency),
  };
}

/** What shoppers call a discount: the code that they entered, else its title. */
export function titleOf({ facts }: AppliedDiscount): string {
  return facts.code?.text ?? facts.title;
}

/** What a line's discounts take off, as scripts read it. */
export function discountLists(cuts: readonly LineCut[], currency: string) {
  const own = cuts.filter(({ discount }) => discount.class === 'product');
  return {
    discounts: own.map(({ discount, amountMinor }) => ({
      amount: hundredths(amountMinor, currency),
      title: titleOf(discount),
    })),
    line_level_discount_allocations: own.map(({ discount, amountMinor }) => ({
      amount: hundredths(amountMinor, currency),
      discount_application: discountApplication(discount, currency),
    })),
  };
}

/** How much it is: a percentage, or what it took off in all where that depends on the cart. */
function valueOf({ facts, amountMinor }: AppliedDiscount, currency: string) {
  const benefit = benefitOf(facts.rule);
  if (benefit && 'percent' in benefit) {
    const decimals = Number.isInteger(benefit.percent) ? 1 : undefined;
    const value =
      decimals === undefined ? String(benefit.percent) : benefit.percent.toFixed(decimals);
    return { value, value_type: 'percentage' };
  }
  const value = String(decimalNumber(benefit?.amountMinor ?? amountMinor, currency));
  return { value, value_type: 'fixed_amount' };
}

function benefitOf(rule: AppliedDiscount['facts']['rule']): DiscountBenefitInput | null {
  if (rule.kind === 'tiered') return null;
  return rule.kind === 'buy_x_get_y' ? rule.get.benefit : rule.benefit;
}
