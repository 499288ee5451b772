import type { Products } from '@libs/catalog';
import type { DiscountBenefitInput, DiscountRuleInput, DiscountView } from '../contract';

/** What a discount takes off everyone's price, as the catalogue keeps it in the ledger of prices. */
export type GeneralOffer = NonNullable<Parameters<Products['setDiscount']>[2]>;

/**
 * An automatic discount of products that is open to everyone: without a code, a group, a minimum or a limit, and off
 * every unit. Then what a product costs with it is a price that applied (Directive 98/6/EC, Article 6a). Pure.
 * @returns null for any other discount
 */
export function generalOffer(discount: DiscountView): GeneralOffer | null {
  const { method, enabled, groups, minimum, usageLimit, oncePerCustomer, startsAt, endsAt } =
    discount;
  const open = method === 'automatic' && enabled && groups === null && reachedByOne(minimum);
  if (!open || usageLimit !== null || oncePerCustomer) return null;
  const product = offProducts(discount.rule);
  const benefit = product && unitBenefit(product.benefit);
  return product && benefit && { targets: product.targets, benefit, startsAt, endsAt };
}

function reachedByOne(minimum: DiscountView['minimum']): boolean {
  return minimum === null || (minimum.subtotalMinor === undefined && (minimum.quantity ?? 1) <= 1);
}

/** What a rule takes off a single unit of products; a step of two units or more is a minimum. */
function offProducts(
  rule: DiscountRuleInput,
): { targets: GeneralOffer['targets']; benefit: DiscountBenefitInput } | null {
  if (rule.kind === 'amount_off' && rule.on === 'products') return rule;
  if (rule.kind !== 'tiered' || rule.on !== 'products' || rule.by !== 'quantity') return null;
  const step = rule.tiers.find(({ from }) => from <= 1);
  return step ? { targets: rule.targets, benefit: step.benefit } : null;
}

/** An amount that is taken off once is shared by all that is bought, and no product's price. */
function unitBenefit(benefit: DiscountBenefitInput): GeneralOffer['benefit'] | null {
  if ('percent' in benefit) return { ppm: Math.round(benefit.percent * 10_000) };
  return benefit.each ? { amountMinor: benefit.amountMinor } : null;
}
