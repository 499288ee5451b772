import type { Address, Checkout, Consent, EnteredCard } from './checkout';

/** What a shopper changes; what is left out stays. */
export interface CheckoutChange {
  email?: string | null;
  phone?: string | null;
  shippingAddress?: Address | null;
  billingAddress?: Address | null;
  vatNumber?: Checkout['vatNumber'];
  deliveryRateId?: string;
  codes?: readonly string[];
  giftCards?: EnteredCard[];
  useCredit?: boolean;
  express?: Checkout['express'];
  /** The account of the payment method. */
  paymentAccountId?: string;
  consent?: Omit<Consent, 'at'>;
  locale?: string;
}

/** A checkout with what a shopper changes of it, but for the way to pay: that is one of those that are offered then. */
export function applyChange<C extends Checkout>(
  checkout: C,
  { paymentAccountId: _, consent, codes, ...plain }: CheckoutChange,
): C {
  const changed = { ...checkout, ...definedOnly(plain) };
  if (codes) changed.codes = normalCodes(codes);
  if (consent) changed.consent = { ...consent, at: new Date().toISOString() };
  return changed;
}

/** Codes are compared without case; each counts once. */
export function normalCodes(codes: readonly string[]): string[] {
  return [...new Set(codes.map((code) => code.trim().toUpperCase()).filter(Boolean))].slice(0, 6);
}

function definedOnly<T extends object>(fields: T): Partial<T> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as Partial<T>;
}
