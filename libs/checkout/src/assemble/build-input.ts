import type { SellableVariant } from '@libs/catalog';
import { currencyQuantum } from '@libs/kernel';
import { type Delivery, type QuoteInput, type QuoteLine, quote } from '../quote';
import { type DiscountFacts, toQuoteDiscount } from '../discounts/to-quote-discount';
import { localTime } from '../shipping/promise';
import { type DeliveryOption, deliveryOptions } from '../shipping/delivery-options';
import { serviceFor } from '../taxes/tax-services/tax-question';
import { taxTerms } from '../taxes/tax-terms';
import { withoutTaxes } from '../taxes/without-taxes';
import type { CheckedVatNumber } from '../taxes/vat-numbers/vat-register';
import type { SellingFacts } from './selling-facts.queries';

/** A line that is to be priced. */
export interface WantedLine {
  id: string;
  quantity: number;
  offer: Pick<
    SellableVariant,
    | 'variantId'
    | 'productId'
    | 'priceMinor'
    | 'grams'
    | 'taxable'
    | 'requiresShipping'
    | 'giftCard'
    | 'taxCode'
    | 'tags'
    | 'collectionIds'
  >;
}

/** All that decides a quote: what is bought, by whom, sent where, under which rules. */
export interface QuoteFacts {
  lines: readonly WantedLine[];
  currency: string;
  discounts: readonly DiscountFacts[];
  groups: readonly string[];
  selling: SellingFacts;
  /** Null while the shopper has not said where to. */
  destination: { country: string; province: string | null } | null;
  /** The VAT number of a company, as it was checked; null for people. */
  buyer: Pick<CheckedVatNumber, 'country' | 'check'> | null;
  deliveryRateId: string | null;
  /** Whether the first delivery that is offered is taken where none, or none that is offered, was chosen. */
  orFirstRate?: boolean;
  storedValue: QuoteInput['storedValue'];
  /** What rate services offer, in the currency; none when left out. */
  live?: readonly DeliveryOption[];
  /** Null where the store's currency is paid in. */
  exchange: { base: string; rate1e10: number } | null;
}

/**
 * The input of a quote and the ways to deliver it. Pure; a rate that is not offered is as if none were chosen.
 * @throws quote.bad-input where the store is registered but no tax rate is known
 */
export function buildInput(facts: QuoteFacts): {
  input: QuoteInput;
  deliveryOptions: DeliveryOption[];
} {
  const { selling } = facts;
  const sent = facts.lines.filter(({ offer }) => offer.requiresShipping);
  const undelivered = inputOf(facts, null);
  const options = sent.length === 0 ? [] : optionsOf(facts, sent, undelivered);
  const wished = options.find(({ rateId }) => rateId === facts.deliveryRateId);
  const chosen = wished ?? (facts.orFirstRate === true ? options[0] : undefined);
  if (!chosen) return { input: undelivered, deliveryOptions: options };
  const country = chosen.pickup?.address.country ?? facts.destination?.country ?? selling.country;
  const delivery: Delivery = {
    id: chosen.rateId,
    title: chosen.title,
    lineIds: sent.map(({ id }) => id),
    country,
    prices: chosen.prices,
  };
  return { input: inputOf(facts, { delivery, chosen }), deliveryOptions: options };
}

/** A cart's quote: prices and discounts, without delivery and taxes. */
export function cartInput({
  lines,
  currency,
  discounts,
  groups,
  exchange,
  now,
}: Pick<QuoteFacts, 'lines' | 'currency' | 'discounts' | 'groups' | 'exchange'> & {
  now: number;
}): QuoteInput {
  return {
    currency,
    lines: lines.map((line) => quoteLine(line, currencyQuantum(currency))),
    discounts: discounts.map(toQuoteDiscount),
    shopper: { market: '', groups },
    now,
    deliveries: [],
    thresholds: 'after_discounts',
    fees: [],
    tax: withoutTaxes,
    storedValue: [],
    exchange: exchange && { base: exchange.base, rate1e10: exchange.rate1e10 },
  };
}

function inputOf(
  facts: QuoteFacts,
  delivered: { delivery: Delivery; chosen: DeliveryOption } | null,
): QuoteInput {
  const { selling, storedValue, lines } = facts;
  const { now } = selling;
  const cart = cartInput({ ...facts, now });
  const fetched = delivered?.chosen.pickup?.address;
  const asked = fetched ?? facts.destination;
  const destination = {
    country: asked?.country ?? selling.country,
    region: asked?.province ?? null,
  };
  const tax = taxTerms({
    settings: selling.tax,
    registrations: selling.registrations,
    ownRates: selling.ownRates,
    origin: { country: selling.country, region: null },
    destination,
    categories: lines.map(({ offer }) => categoryOf(offer.taxCode)),
    currency: facts.currency,
    on: localTime(now, selling.timeZone).day,
    buyer: facts.buyer,
    served: serviceFor(selling.taxServices, destination.country) !== null,
  });
  return {
    ...cart,
    deliveries: delivered === null ? [] : [delivered.delivery],
    thresholds: selling.shipping.thresholds,
    tax,
    storedValue,
  };
}

/** Rates look at the subtotal before or after discounts, as the store has decided. */
function optionsOf(
  { selling, destination, live = [] }: QuoteFacts,
  sent: readonly WantedLine[],
  input: QuoteInput,
): DeliveryOption[] {
  const { lines, totals } = quote({ ...input, tax: withoutTaxes });
  const after = lines.reduce((sum, { totalMinor }) => sum + totalMinor, 0);
  return deliveryOptions({
    zones: selling.zones,
    pickups: selling.pickups,
    live,
    settings: selling.shipping,
    timeZone: selling.timeZone,
    destination,
    grams: sent.reduce((sum, { quantity, offer }) => sum + quantity * offer.grams, 0),
    items: sent.reduce((sum, { quantity }) => sum + quantity, 0),
    subtotalMinor: selling.shipping.thresholds === 'after_discounts' ? after : totals.subtotalMinor,
    now: selling.now,
  });
}

/** A price that ends below the currency's quantum cannot be paid, and is rounded to it. */
function quoteLine({ id, quantity, offer }: WantedLine, quantum: number): QuoteLine {
  const { variantId, productId, collectionIds, tags, priceMinor, giftCard, taxable } = offer;
  return {
    id,
    variantId,
    productId,
    collectionIds,
    tags,
    quantity,
    unitMinor: Math.round(priceMinor / quantum) * quantum,
    discountable: !giftCard,
    taxable: taxable && !giftCard,
    taxCategory: categoryOf(offer.taxCode),
    tariffHeading: null,
    excise: false,
  };
}

/** The category of the table of rates that a product's tax code names; one that it lacks is taxed like `standard`. */
export function categoryOf(taxCode: string | null): string {
  return taxCode?.trim().toLowerCase() || 'standard';
}
