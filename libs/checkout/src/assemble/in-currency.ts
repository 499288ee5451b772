import type { DiscountBenefitInput, DiscountRuleInput, ShippingRate } from '../contract';
import { converterOf, type Exchange } from '../carts/exchange';
import type { DiscountFacts } from '../discounts/to-quote-discount';
import { schemeCurrency } from '../taxes/tax-terms';
import type { SellingFacts } from './selling-facts.queries';

type Convert = (amountMinor: number) => number;

/** What a store has decided about delivery and taxes, with its amounts in the shopper's currency. Pure. */
export function sellingIn(
  selling: SellingFacts,
  exchange: Exchange | null,
  currency: string,
): SellingFacts {
  if (exchange === null) return selling;
  const convert = converterOf(exchange, currency);
  return {
    ...selling,
    zones: selling.zones.map((zone) => ({
      ...zone,
      rates: zone.rates.map((rate) => rateIn(rate, convert)),
    })),
    pickups: selling.pickups.map((point) => ({ ...point, priceMinor: convert(point.priceMinor) })),
    ownRates: selling.ownRates.map((rate) =>
      rate.exemptBelowMinor === undefined
        ? rate
        : { ...rate, exemptBelowMinor: convert(rate.exemptBelowMinor) },
    ),
    registrations: selling.registrations.map((one) => ({
      ...one,
      rate1e10: schemeRate(one, selling.currency, exchange.rate1e10),
    })),
  };
}

/** Discounts with their fixed amounts in the shopper's currency. Pure. */
export function discountsIn(
  discounts: readonly DiscountFacts[],
  exchange: Exchange | null,
  currency: string,
): DiscountFacts[] {
  if (exchange === null) return [...discounts];
  const convert = converterOf(exchange, currency);
  return discounts.map((discount) => ({
    ...discount,
    rule: ruleIn(discount.rule, convert),
    minimum:
      discount.minimum?.subtotalMinor === undefined
        ? discount.minimum
        : { ...discount.minimum, subtotalMinor: convert(discount.minimum.subtotalMinor) },
  }));
}

function rateIn(rate: ShippingRate, convert: Convert): ShippingRate {
  const { by, steps, below, freeFromMinor } = rate;
  const bound = (from: number): number => (by === 'price' ? convert(from) : from);
  return {
    ...rate,
    steps: steps.map(({ from, priceMinor }) => ({
      from: bound(from),
      priceMinor: convert(priceMinor),
    })),
    below: below === null ? null : bound(below),
    freeFromMinor: freeFromMinor === null ? null : convert(freeFromMinor),
  };
}

function ruleIn(rule: DiscountRuleInput, convert: Convert): DiscountRuleInput {
  switch (rule.kind) {
    case 'tiered':
      return {
        ...rule,
        tiers: rule.tiers.map(({ from, benefit }) => ({
          from: rule.by === 'amount' ? convert(from) : from,
          benefit: benefitIn(benefit, convert),
        })),
      };
    case 'buy_x_get_y': {
      const { buy, get } = rule;
      return {
        ...rule,
        buy: 'amountMinor' in buy ? { ...buy, amountMinor: convert(buy.amountMinor) } : buy,
        get: { ...get, benefit: benefitIn(get.benefit, convert) },
      };
    }
    case 'shipping': {
      const { benefit, dearestMinor } = rule;
      return {
        ...rule,
        benefit: benefitIn(benefit, convert),
        dearestMinor: dearestMinor === null ? null : convert(dearestMinor),
      };
    }
    default:
      return { ...rule, benefit: benefitIn(rule.benefit, convert) };
  }
}

function benefitIn(benefit: DiscountBenefitInput, convert: Convert): DiscountBenefitInput {
  return 'percent' in benefit ? benefit : { ...benefit, amountMinor: convert(benefit.amountMinor) };
}

/** Units of the scheme's currency for one of the shopper's, out of both for one of the store's. */
function schemeRate(
  { scheme, rate1e10 }: SellingFacts['registrations'][number],
  base: string,
  presentment1e10: number,
): number | null {
  const ofBase = schemeCurrency(scheme) === base ? 1e10 : rate1e10;
  if (ofBase === null) return null;
  return Number((BigInt(ofBase) * 10_000_000_000n) / BigInt(presentment1e10));
}
