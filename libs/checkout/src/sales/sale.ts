import type { Properties } from '../carts/cart';
import type { GivenDiscount, TaxRate } from '../quote';

/** A line of a sale that staff put together or change. Prices are minor units of the sale's currency. */
export interface SaleLine {
  id: string;
  /** Null for something that is not in the catalogue. */
  variantId: string | null;
  productId: string | null;
  title: string;
  /** Null for a product without options. */
  variantTitle: string | null;
  sku: string | null;
  mediaId: string | null;
  properties: Properties;
  quantity: number;
  unitMinor: number;
  /** Agreed on as it stands; a catalogue's price may be another one where it goes. */
  priceAgreed: boolean;
  taxable: boolean;
  taxCode: string | null;
  /** Taxes that were agreed on; those of today when left out. */
  rates?: readonly TaxRate[];
  requiresShipping: boolean;
  giftCard: boolean;
  grams: number;
  given: readonly GivenDiscount[];
}

/** What delivery costs, whatever the store's rates are. */
export interface SaleShipping {
  id: string;
  title: string;
  priceMinor: number;
  /** Taken off by a discount that was agreed on. */
  off: { id: string; title: string; code: string | null; amountMinor: number } | null;
}

/** What is taken off all lines together. */
export interface SaleDiscount {
  title: string;
  off: { ppm: number } | { amountMinor: number };
}

/** A sale with prices and discounts of its own; only its taxes are the store's. */
export interface Sale {
  currency: string;
  lines: readonly SaleLine[];
  discount: SaleDiscount | null;
  shipping: SaleShipping | null;
  fees: readonly { id: string; title: string; amountMinor: number }[];
}
