import type { Delivery, Discount, Quote, QuoteInput, QuoteLine, TaxTerms } from '../src/quote';

/** Everything combines with everything. */
export const combinesWithAll = { product: true, order: true, shipping: true } as const;
/** Nothing combines. */
export const combinesWithNone = { product: false, order: false, shipping: false } as const;

/** A line that costs so much, taxed at the category given. */
export function aLine(
  id: string,
  quantity: number,
  unitMinor: number,
  rest: Partial<QuoteLine> = {},
): QuoteLine {
  return {
    id,
    variantId: `variant-${id}`,
    productId: `product-${id}`,
    collectionIds: [],
    tags: [],
    quantity,
    unitMinor,
    discountable: true,
    taxable: true,
    taxCategory: 'standard',
    tariffHeading: null,
    excise: false,
    ...rest,
  };
}

/** Taxes at plain rates by category, in percent; an absent percentage is exempt. */
export function taxes(
  percents: Record<string, number | null>,
  rest: Partial<TaxTerms> = {},
): TaxTerms {
  const rates = Object.fromEntries(
    Object.entries(percents).map(([category, percent]) => [
      category,
      percent === null
        ? []
        : [{ name: 'VAT', jurisdiction: 'XX', ppm: Math.round(percent * 10_000) }],
    ]),
  );
  return {
    regime: {
      scheme: 'domestic',
      registration: null,
      rates,
      taxed: true,
      importLimit: null,
      notice: null,
    },
    included: true,
    level: 'document',
    rounding: 'half-away-from-zero',
    shipping: 'split',
    home: null,
    ...rest,
  };
}

/** One delivery of all lines at one price, or at prices by the subtotal. */
export function aDelivery(
  lines: readonly QuoteLine[],
  priceMinor: number | Delivery['prices'],
): Delivery {
  return {
    id: 'delivery',
    title: 'Standard',
    lineIds: lines.map(({ id }) => id),
    country: 'DE',
    prices: typeof priceMinor === 'number' ? [{ fromMinor: 0, priceMinor }] : priceMinor,
  };
}

type Rule = Pick<Discount, 'class' | 'rule'> & { targets?: unknown };

/** A discount without conditions that combines with all. Its age is its id's place in the alphabet. */
export function aDiscount(id: string, rule: Rule, rest: Partial<Discount> = {}): Discount {
  return {
    id,
    title: id,
    code: null,
    createdAt: id.codePointAt(0) ?? 0,
    startsAt: null,
    endsAt: null,
    combinesWith: combinesWithAll,
    minimum: null,
    groups: null,
    markets: null,
    usesLeft: null,
    ...(rule.class === 'product' ? { targets: {} } : {}),
    ...rule,
    ...rest,
  } as Discount;
}

/** A percentage off the order or the products, as an entered code or, with place null, automatic. */
export function percentOff(
  id: string,
  percent: number,
  kind: 'order' | 'product' = 'order',
  place: number | null = 0,
): Discount {
  const rule = { kind: 'plain', benefit: { ppm: Math.round(percent * 10_000) } } as const;
  const code = place === null ? null : { text: id.toUpperCase(), place };
  return aDiscount(id, { class: kind, rule }, { code });
}

/** A fixed amount off the order, as an entered code. */
export function amountOff(id: string, amountMinor: number): Discount {
  const rule = { kind: 'plain', benefit: { amountMinor, each: false } } as const;
  return aDiscount(id, { class: 'order', rule }, { code: { text: id.toUpperCase(), place: 0 } });
}

/** A cart of the lines in euros without anything else. */
export function aCart(lines: QuoteLine[], rest: Partial<QuoteInput> = {}): QuoteInput {
  return {
    currency: 'EUR',
    lines,
    discounts: [],
    shopper: { market: 'home', groups: [] },
    now: 1_000_000,
    deliveries: [],
    thresholds: 'after_discounts',
    fees: [],
    tax: taxes({ standard: 19, reduced: 7 }),
    storedValue: [],
    exchange: null,
    ...rest,
  };
}

/** What lines cost in the end. */
export function lineTotals(quote: Quote): number[] {
  return quote.lines.map(({ totalMinor }) => totalMinor);
}

/** What is taken off the lines. */
export function lineDiscounts(quote: Quote): number[] {
  return quote.lines.map((line) => line.productDiscountMinor + line.orderDiscountMinor);
}

/** Tax rows of one kind as pairs of rate and tax. */
export function taxOn(quote: Quote, on: 'line' | 'shipping' | 'fee'): [number, number][] {
  return quote.taxes.filter((row) => row.on === on).map((row) => [row.ppm / 10_000, row.taxMinor]);
}
