import type { DiscountBenefitInput, DiscountRuleInput, DiscountView } from '../contract';
import type { Benefit, Discount, DiscountRule } from '../quote/discounts/discount';

/** A discount as it is read for a quote. */
export interface DiscountFacts extends Pick<
  DiscountView,
  'id' | 'title' | 'rule' | 'minimum' | 'groups' | 'combinesWith'
> {
  /** The code that the shopper entered, and its place among those entered; null for an automatic discount. */
  code: { text: string; place: number } | null;
  /** Milliseconds since 1970. */
  createdAt: number;
  startsAt: number | null;
  endsAt: number | null;
  /** Uses that are left for this shopper; null is no limit. */
  usesLeft: number | null;
  /** Units of a flash sale that are left, by variant. */
  unitsLeft: Record<string, number>;
}

/** A merchant's discount as the quote calculates with it. */
export function toQuoteDiscount({ rule, unitsLeft, ...rest }: DiscountFacts): Discount {
  return { ...rest, minimum: rest.minimum, markets: null, ...quoteRule(rule, unitsLeft) };
}

function quoteRule(rule: DiscountRuleInput, left: Record<string, number>): DiscountRule {
  switch (rule.kind) {
    case 'amount_off': {
      const plain = { kind: 'plain', benefit: quoteBenefit(rule.benefit) } as const;
      return rule.on === 'order'
        ? { class: 'order', rule: plain }
        : { class: 'product', targets: rule.targets, rule: plain };
    }
    case 'tiered': {
      const tiers = rule.tiers.map(({ from, benefit }) => ({
        from,
        benefit: quoteBenefit(benefit),
      }));
      const tiered = { kind: 'tiered', by: rule.by, tiers } as const;
      return rule.on === 'order'
        ? { class: 'order', rule: tiered }
        : { class: 'product', targets: rule.targets, rule: tiered };
    }
    case 'flash_sale': {
      const benefit = quoteBenefit(rule.benefit);
      const targets = { variantIds: rule.units.map(({ variantId }) => variantId) };
      return { class: 'product', targets, rule: { kind: 'flash_sale', benefit, left } };
    }
    case 'buy_x_get_y': {
      const get = { ...rule.get, benefit: quoteBenefit(rule.get.benefit) };
      const { kind, buy, usesPerOrder } = rule;
      return { class: 'product', targets: {}, rule: { kind, buy, get, usesPerOrder } };
    }
    default: {
      const { benefit, countries, dearestMinor } = rule;
      return {
        class: 'shipping',
        rule: { benefit: quoteBenefit(benefit), countries, dearestMinor },
      };
    }
  }
}

function quoteBenefit(benefit: DiscountBenefitInput): Benefit {
  return 'percent' in benefit ? { ppm: Math.round(benefit.percent * 10_000) } : benefit;
}
