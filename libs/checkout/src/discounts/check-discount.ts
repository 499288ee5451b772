import { currencyQuantum } from '@libs/kernel';
import type { DiscountBenefitInput, DiscountRuleInput } from '../contract';
import { discountsErrors } from './discounts.errors';

/** What of a discount must fit together. */
export interface DiscountShape {
  rule: DiscountRuleInput;
  startsAt: Date | null;
  endsAt: Date | null;
}

/**
 * Refuses what the fields allow one by one but not together, and names the field.
 * @param currency the store's: amounts must be multiples of its quantum
 * @throws discounts.bad-rule
 */
export function checkDiscount({ rule, startsAt, endsAt }: DiscountShape, currency: string): void {
  if (startsAt !== null && endsAt !== null && endsAt <= startsAt) {
    refuse('endsAt', 'A discount ends after it starts');
  }
  if ('on' in rule && rule.on === 'order' && Object.keys(rule.targets).length > 0) {
    refuse('rule.targets', 'A discount on the order means every line');
  }
  if (rule.kind === 'tiered') checkTiers(rule.tiers);
  if (rule.kind === 'flash_sale') checkUnits(rule.units.map(({ variantId }) => variantId));
  const quantum = currencyQuantum(currency);
  for (const [field, benefit] of benefitsOf(rule)) {
    if ('percent' in benefit) continue;
    if (benefit.amountMinor % quantum !== 0) {
      refuse(`${field}.amountMinor`, `Amounts in ${currency} are multiples of ${quantum}`);
    }
    if (benefit.each && 'on' in rule && rule.on === 'order') {
      refuse(`${field}.each`, 'A discount on the order is taken off once');
    }
  }
}

function checkTiers(tiers: readonly { from: number }[]): void {
  tiers.forEach(({ from }, at) => {
    const before = tiers[at - 1];
    if (before && from <= before.from) refuse(`rule.tiers.${at}.from`, 'Tiers begin ever higher');
  });
}

function checkUnits(variantIds: readonly string[]): void {
  variantIds.forEach((id, at) => {
    if (variantIds.indexOf(id) < at) {
      refuse(`rule.units.${at}.variantId`, 'A variant is named once');
    }
  });
}

function benefitsOf(rule: DiscountRuleInput): [string, DiscountBenefitInput][] {
  if (rule.kind === 'buy_x_get_y') return [['rule.get.benefit', rule.get.benefit]];
  if (rule.kind !== 'tiered') return [['rule.benefit', rule.benefit]];
  return rule.tiers.map(({ benefit }, at) => [`rule.tiers.${at}.benefit`, benefit]);
}

function refuse(field: string, problem: string): never {
  throw discountsErrors.error('bad-rule', { problem }, { field });
}
