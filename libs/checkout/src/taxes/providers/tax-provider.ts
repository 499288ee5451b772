import type { TaxRate } from '../../quote/tax/terms';

/** A line of which somebody asks what it is taxed at. */
export interface TaxedLine {
  id: string;
  /** Null for what is in no catalogue. */
  variantId: string | null;
  sku: string | null;
  /** As the merchant wrote it; null where nothing was written. */
  taxCode: string | null;
  /** What the tables know the code as. */
  category: string;
  quantity: number;
  /** After discounts, in minor units. */
  amountMinor: number;
}

/** Where goods are handed over; it names no street and no person. */
export interface TaxAddress {
  country: string;
  province: string | null;
  zip: string | null;
  city: string | null;
}

/** What a provider is told of an address; null where there is none yet. */
export function taxAddress(
  address: { country: string; province?: string; zip?: string; city?: string } | null,
): TaxAddress | null {
  if (!address) return null;
  const { country, province = null, zip = null, city = null } = address;
  return { country, province, zip, city };
}

/** Which taxes are levied: names of jurisdictions and their rates. Amounts are the quote's alone. */
export interface Jurisdictions {
  /** By line; an empty list is exempt. */
  lines: ReadonlyMap<string, readonly TaxRate[]>;
  /** On delivery; null is as the store has decided. */
  shipping: readonly TaxRate[] | null;
}

/** Somebody who knows which taxes are levied on what is sold at an address. */
export interface TaxProvider {
  /** @throws Unasked where somebody outside must be asked first */
  quote(lines: readonly TaxedLine[], address: TaxAddress): Promise<Jurisdictions>;
}
