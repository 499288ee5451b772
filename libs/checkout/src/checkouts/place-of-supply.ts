import type { Checkout } from './checkout';

/** What speaks for the country in which a sale is taxed, ISO 3166-1 alpha-2; null for what nobody said. */
export interface PlaceOfSupply {
  shippingCountry: string | null;
  billingCountry: string | null;
  /** Of the address on the internet from which the shopper began to pay. */
  ipCountry: string | null;
  /** Whether two of them name different countries. */
  conflicting: boolean;
}

/** The evidence of a checkout (commerce.md, 6). It is recorded as it is and changes no tax. */
export function placeOfSupply({
  shippingAddress,
  billingAddress,
  ipCountry = null,
}: Pick<Checkout, 'shippingAddress' | 'billingAddress' | 'ipCountry'>): PlaceOfSupply {
  const shippingCountry = shippingAddress?.country ?? null;
  const billingCountry = billingAddress?.country ?? shippingCountry;
  const named = [shippingCountry, billingCountry, ipCountry].filter((one) => one !== null);
  const conflicting = new Set(named).size > 1;
  return { shippingCountry, billingCountry, ipCountry, conflicting };
}
