import type { Properties } from '../carts/cart';
import type { Exchange } from '../carts/exchange';
import type { DeliveryOption } from './delivery-option';
import type { Quote } from '../quote';
import type { PaymentMethod } from '@libs/payments';
import type { FrozenTaxes } from '../taxes/providers/frozen-taxes';
import type { CheckedVatNumber } from '../taxes/vat-numbers/vat-register';
import type { CheckoutState } from './state';
import type { Terms } from './terms';

/** Where something goes, as the shopper typed it. */
export interface Address {
  name: string;
  company?: string;
  address1: string;
  address2?: string;
  zip?: string;
  city: string;
  /** The code of the state or province where the country has such codes, else its name. */
  province?: string;
  /** ISO 3166-1 alpha-2. */
  country: string;
  phone?: string;
}

/** A line of the cart as it was when the checkout copied it. */
export interface CheckoutLine {
  /** The key of the cart's line. */
  id: string;
  variantId: string;
  productId: string;
  quantity: number;
  properties: Properties;
  title: string;
  /** Null for a product without options. */
  variantTitle: string | null;
  sku: string | null;
  mediaId: string | null;
  requiresShipping: boolean;
  taxable: boolean;
  giftCard: boolean;
  grams: number;
  /** In no catalogue: its ids are of nothing else. */
  custom?: true;
}

/** What the shopper agreed to, and when (ISO 8601). */
export interface Consent {
  marketing: boolean;
  terms: boolean;
  at: string;
}

/** A gift card that a shopper entered: whoever sees it knows its end, and the code is kept nowhere. */
export interface EnteredCard {
  accountId: string;
  lastCharacters: string;
}

/** What a shopper was asked at a provider before the sum was known: a checkout that began there. */
export interface ExpressConsent {
  accountId: string;
  /** The provider's name for it. */
  ref: string;
  /** Whether the shopper has agreed, as the provider tells it. */
  approved: boolean;
  /** When they were asked, ISO 8601. */
  at: string;
}

/** Providers keep what was agreed to for three hours (PayPal); it is not begun so late that it could end half-way. */
const consentMinutes = 170;

/** The provider's name for what the shopper has agreed to with this account, while it holds; or null. */
export function consentOf(
  { express }: Pick<Checkout, 'express'>,
  accountId: string | undefined,
  now = Date.now(),
): string | null {
  if (!express?.approved || express.accountId !== accountId) return null;
  return now - Date.parse(express.at) < consentMinutes * 60_000 ? express.ref : null;
}

/** A frozen copy of a cart with what the shopper has said so far. */
export interface Checkout {
  checkoutId: string;
  cartId: string | null;
  cartVersion: number | null;
  state: CheckoutState;
  /** Rises with every change. */
  version: number;
  locale: string;
  currency: string;
  /** Where the cart came from: the source of a share link. */
  source: string | null;
  lines: CheckoutLine[];
  note: string | null;
  attributes: Record<string, string>;
  /** Who is signed in; null for a guest. */
  customerId: string | null;
  email: string | null;
  phone: string | null;
  shippingAddress: Address | null;
  /** Null is the same as the shipping address. */
  billingAddress: Address | null;
  /** Of the company that buys; null for people. */
  vatNumber: CheckedVatNumber | null;
  deliveryRateId: string | null;
  codes: string[];
  /** In the order in which they were entered. */
  giftCards: EnteredCard[];
  /** Whether the customer pays with their credit first. */
  useCredit: boolean;
  /** The method as it was when it was chosen; `instructions` tell how to pay once the order exists. */
  paymentMethod: (PaymentMethod & { instructions?: string }) | null;
  consent: Consent | null;
  deliveryOptions: DeliveryOption[];
  quote: Quote | null;
  quoteHash: string | null;
  /** What a tax service said of it, which counts for it from then on; none where none was asked. */
  taxes?: FrozenTaxes | null;
  /** How its amounts are made of the store's own, as it was when the checkout began; null in the store's currency. */
  exchange: Exchange | null;
  /** Where the shopper's address was when they began to pay, ISO 3166-1 alpha-2; the address itself is kept nowhere. */
  ipCountry?: string | null;
  payKey: string | null;
  paymentId: string | null;
  /** Why the last attempt to pay came to nothing. */
  failure: string | null;
  orderId: string | null;
  /** Where it began at a payment provider; none where it did not, or once that attempt came to nothing. */
  express?: ExpressConsent | null;
  /** What staff agreed on with the shopper; none for a shopper's own cart. */
  terms?: Terms | null;
  /** ISO 8601. */
  expiresAt: string;
}

/** Whether anything of it is sent to somebody. */
export function requiresShipping({ lines }: Pick<Checkout, 'lines'>): boolean {
  return lines.some((line) => line.requiresShipping);
}

/** How long a checkout waits (commerce.md, 2.1). */
export const waits = {
  /** Hours without a change. */
  openHours: 24,
  /** Minutes from paying on; redirects to a provider take longer. */
  payingMinutes: 30,
  /** Days for a bank that is at work. */
  processingDays: 7,
  /** Hours after its time in which late money can still make an order of it. */
  reviveHours: 72,
} as const;
