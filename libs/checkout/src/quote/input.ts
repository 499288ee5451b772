import type { Discount, GivenDiscount } from './discounts/discount';
import type { TaxRate, TaxTerms, Treatment } from './tax/terms';

/** A line as it is priced: the unit price is the variant's in the market, for the customer's group and the quantity. */
export interface QuoteLine {
  id: string;
  variantId: string;
  productId: string;
  collectionIds: readonly string[];
  tags: readonly string[];
  quantity: number;
  /** Minor units, a multiple of the currency's quantum. */
  unitMinor: number;
  /** False for what no discount may lower, such as gift cards. */
  discountable: boolean;
  /** False for what bears no tax, such as gift cards. */
  taxable: boolean;
  taxCategory: string;
  /** Heading of the customs tariff, for flat duties. */
  tariffHeading: string | null;
  /** Alcohol, tobacco and the like, which import schemes leave out. */
  excise: boolean;
  /** The price was agreed on as it stands, and is not another one where it goes. */
  priceAgreed?: boolean;
  /** Taxes that were agreed on, instead of those of its category today. */
  rates?: readonly TaxRate[];
  /** Discounts that were given on this line; no other product discount counts on it. */
  given?: readonly GivenDiscount[];
}

/** Lines that travel together, and the rate chosen for them. */
export interface Delivery {
  id: string;
  title: string;
  lineIds: readonly string[];
  /** ISO 3166 code of where it goes. */
  country: string;
  /** Prices by the subtotal from which they count; the first is from 0. */
  prices: readonly { fromMinor: number; priceMinor: number }[];
}

/** Something else that is charged, such as cash on delivery. */
export interface Fee {
  id: string;
  title: string;
  amountMinor: number;
  tax: Treatment;
}

/** Stored value that the shopper pays with; what is left is the provider's. */
export interface StoredValue {
  kind: 'gift_card' | 'store_credit';
  id: string;
  availableMinor: number;
}

/** Everything that decides what is to be paid. Amounts are minor units of `currency` unless said otherwise. */
export interface QuoteInput {
  currency: string;
  lines: readonly QuoteLine[];
  discounts: readonly Discount[];
  shopper: { market: string; groups: readonly string[] };
  /** Milliseconds since 1970, UTC. */
  now: number;
  deliveries: readonly Delivery[];
  /** Which subtotal shipping rates and minimums of shipping discounts look at; after discounts is the rule. */
  thresholds: 'after_discounts' | 'before_discounts';
  fees: readonly Fee[];
  tax: TaxTerms;
  /** Gift cards and credit, in the order the shopper gave them. */
  storedValue: readonly StoredValue[];
  /** The store's base currency and what one unit of it is in `currency`; null when they are the same. */
  exchange: { base: string; rate1e10: number } | null;
}
