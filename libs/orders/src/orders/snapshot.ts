import type { GiftRecipient } from '../gift-cards/recipient';

/** Where a parcel or a bill goes. */
export interface Address {
  name: string;
  company?: string;
  address1: string;
  address2?: string;
  zip?: string;
  city: string;
  province?: string;
  /** ISO 3166-1 alpha-2. */
  country: string;
  phone?: string;
}

/** Units of an item at a place; an item is the stock of one variant and has its id. */
export interface StockAllocation {
  itemId: string;
  /** Null for what is not counted. */
  locationId: string | null;
  quantity: number;
  /** How many of them are not there yet. */
  backordered: number;
}

/** What a discount took off a line or a delivery. */
export interface DiscountAllocation {
  discountId: string;
  units: number;
  amountMinor: number;
}

/** A line as it was sold: the quote's row and what the shopper saw. Amounts in minor units of the order's currency. */
export interface OrderLineInput {
  /** The quote's id of the line, which tax lines name. */
  id: string;
  variantId: string | null;
  productId: string | null;
  title: string;
  variantTitle: string | null;
  sku: string | null;
  imageUrl: string | null;
  properties: readonly (readonly [name: string, value: string])[];
  requiresShipping: boolean;
  taxable: boolean;
  giftCard?: boolean;
  /** Whom the gift cards are for; the buyer when left out. */
  recipient?: GiftRecipient | null;
  grams?: number;
  quantity: number;
  unitMinor: number;
  subtotalMinor: number;
  productDiscountMinor: number;
  orderDiscountMinor: number;
  /** After all discounts; contains the tax where prices do. */
  totalMinor: number;
  taxMinor: number;
  /** In the store's base currency. */
  baseMinor: number;
  discountAllocations: readonly DiscountAllocation[];
  /** Where the units were taken from; they add up to the quantity, or are none for what is not counted. */
  allocations: readonly StockAllocation[];
}

/** A delivery or a fee as it was charged. */
export interface OrderChargeInput {
  /** The quote's id of the charge, which tax lines name. */
  id: string;
  title: string;
  priceMinor: number;
  discountMinor: number;
  totalMinor: number;
  taxMinor: number;
  baseMinor: number;
  discountAllocations: readonly DiscountAllocation[];
  /** How it travels and when it was promised to arrive (days, ISO 8601). */
  promise?: { method?: string; from?: string; to?: string; pickupLocationId?: string };
}

/** A tax of one authority on one line, delivery or fee. */
export interface OrderTaxInput {
  on: 'line' | 'shipping' | 'fee';
  id: string;
  name: string;
  jurisdiction: string;
  ppm: number;
  scheme: string;
  taxableMinor: number;
  taxMinor: number;
  baseTaxMinor: number;
}

/** A discount that counted. */
export interface OrderDiscountInput {
  id: string;
  title: string;
  code: string | null;
  class: 'product' | 'order' | 'shipping';
  amountMinor: number;
}

/** What was paid with what; `id` is the payment, the gift card or the account of credit. */
export interface OrderTenderInput {
  kind: 'provider' | 'gift_card' | 'store_credit';
  id: string;
  amountMinor: number;
}

/**
 * Everything an order is made of, frozen: whoever sold it computed the amounts, and nobody computes them again.
 * The shapes of amounts are those of a quote.
 */
export interface OrderSnapshot {
  /** Chosen by the caller when stock was committed for it beforehand; made here when left out. */
  orderId?: string;
  checkoutId: string;
  test: boolean;
  source: string | null;
  locale: string;
  /** ISO 4217; all amounts but `base` are in it. */
  currency: string;
  customerId: string | null;
  email: string | null;
  phone: string | null;
  shippingAddress: Address | null;
  billingAddress: Address | null;
  lines: readonly OrderLineInput[];
  deliveries: readonly OrderChargeInput[];
  fees: readonly OrderChargeInput[];
  taxLines: readonly OrderTaxInput[];
  discounts: readonly OrderDiscountInput[];
  totals: {
    subtotalMinor: number;
    discountMinor: number;
    shippingMinor: number;
    feesMinor: number;
    taxMinor: number;
    taxIncluded: boolean;
    totalMinor: number;
  };
  /** What is booked in the store's own currency, and at which rate; `rate1e10` is null where both are the same. */
  base: {
    currency: string;
    totalMinor: number;
    taxMinor: number;
    rate1e10: number | null;
    source?: string;
    markupPpm?: number;
    market?: string;
    at?: string;
  };
  tenders: readonly OrderTenderInput[];
  /** The tax terms and the quote's trace: why the amounts are what they are. Plain JSON. */
  reasons?: Record<string, unknown>;
  paymentIds: readonly string[];
  /** What the payments' facts say by now. */
  financial: { authorizedMinor: number; capturedMinor: number };
  /** What whoever sold knows already, such as that the money came late; more is found when the order is placed. */
  risk: readonly string[];
  /** How many payments were begun for it; one when left out. */
  attempts?: number;
  note: string | null;
  /** Of staff; none when left out. */
  tags?: readonly string[];
  attributes: Record<string, string>;
  /** When the shopper answered whether they want advertising (ISO 8601). */
  consent: { marketing: boolean; at: string } | null;
}

/** An order that was placed. */
export interface PlacedOrder {
  orderId: string;
  number: number;
  /** As it is shown, such as #1001. */
  name: string;
  /** Opens the status page; only the call that made the order gets it, since it is kept nowhere. */
  statusToken: string | null;
}
