import type { Rounding } from '@libs/kernel';

/** One tax of one authority. */
export interface TaxRate {
  name: string;
  /** Who levies it, such as `DE` or `US-NY/New York City`. */
  jurisdiction: string;
  /** Parts per million. */
  ppm: number;
  /** Levied on the amount with the taxes named before it. */
  compound?: boolean;
  /** Not levied on lines whose unit costs less after discounts, in minor units (clothing limits of US states). */
  exemptBelowMinor?: number;
}

/** Rates by tax category; an empty list is exempt. */
export type RatesByCategory = Readonly<Record<string, readonly TaxRate[]>>;

/** How shipping or a fee is taxed: split over the rates of the goods by value, not at all, or at rates of its own. */
export type Treatment = 'split' | 'none' | readonly TaxRate[];

/** The limit under which a country lets the seller charge the tax of an import. */
export interface ImportLimit {
  /** In `currency`; a consignment of exactly this value is below it. */
  limitMinor: number;
  currency: string;
  /** Units of `currency` for one of the quote's currency at the customs rate of the day, in 1e-10; 1e10 for the same. */
  rate1e10: number;
  /** What the shopper is told above the limit: charges are due on delivery, or the merchant pays them. */
  dutyPaid: boolean;
  /** A flat duty for each tariff heading of a consignment below the limit, in the quote's currency. */
  duty: { amountMinor: number; payer: 'shopper' | 'merchant'; tax: Treatment } | null;
}

/** What the shopper must be told. */
export type TaxNotice = 'reverse_charge' | 'import_charges_on_delivery' | 'delivered_duty_paid';

/** Which taxes a sale bears. */
export interface TaxRegime {
  /** `domestic`, `oss`, `origin`, `reverse_charge`, `export`, `unregistered`, or an import scheme's own name. */
  scheme: string;
  /** The seller's number under the scheme, for the parcel or the invoice. */
  registration: string | null;
  rates: RatesByCategory;
  /** Categories that the table does not name are an error, except where nothing is taxed. */
  taxed: boolean;
  importLimit: ImportLimit | null;
  notice: TaxNotice | null;
}

/**
 * What becomes of prices that contain the tax of the store's own country when they are sold elsewhere. Shipping prices
 * and fixed discounts are not changed: they are set per destination.
 */
export interface HomePrices {
  rates: RatesByCategory;
  /** Where another tax is due: the shopper pays the same, or the merchant gets the same. */
  abroad: 'same_gross' | 'same_net';
  /** Where none is due: the price without the tax, or the price as it is. */
  untaxed: 'strip' | 'keep';
}

/** How a quote is taxed. */
export interface TaxTerms {
  regime: TaxRegime;
  /** Whether prices, shipping and fees contain the tax. */
  included: boolean;
  /** What is rounded: the sum of each rate, each line, or each unit. */
  level: 'document' | 'line' | 'unit';
  rounding: Rounding;
  shipping: Treatment;
  home: HomePrices | null;
}
