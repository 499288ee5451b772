import type { DiscountClass, Rejection } from './discounts/discount';
import type { TaxNotice } from './tax/terms';

/** What a discount took off one line or delivery. */
export interface Allocation {
  discountId: string;
  /** Units that are lowered: what a flash sale counts, the gifts of a buy X get Y; 1 for a delivery. */
  units: number;
  amountMinor: number;
}

/** A line's amounts. `baseMinor` is in the store's base currency. */
export interface LineRow {
  id: string;
  quantity: number;
  unitMinor: number;
  /** Quantity times unit. */
  subtotalMinor: number;
  /** What product discounts took off. */
  productDiscountMinor: number;
  /** What order discounts took off. */
  orderDiscountMinor: number;
  allocations: Allocation[];
  /** After all discounts; contains the tax where prices do. */
  totalMinor: number;
  taxMinor: number;
  baseMinor: number;
}

/** A delivery's or a fee's amounts. */
export interface ChargeRow {
  id: string;
  title: string;
  priceMinor: number;
  discountMinor: number;
  allocations: Allocation[];
  totalMinor: number;
  taxMinor: number;
  baseMinor: number;
}

/** A tax of one authority on one line, delivery or fee. */
export interface TaxRow {
  on: 'line' | 'shipping' | 'fee';
  id: string;
  name: string;
  jurisdiction: string;
  ppm: number;
  scheme: string;
  /** The amount without any tax that this one is levied on. */
  taxableMinor: number;
  taxMinor: number;
  baseTaxMinor: number;
}

/** A discount that counts. */
export interface DiscountRow {
  id: string;
  title: string;
  code: string | null;
  class: DiscountClass;
  amountMinor: number;
}

/** What is paid with what. */
export interface TenderRow {
  kind: 'gift_card' | 'store_credit' | 'provider';
  /** Null for the provider, which is chosen later. */
  id: string | null;
  amountMinor: number;
}

/** One step of the calculation on one line or delivery. All `before - after` together are the discount. */
export interface TraceStep {
  step: 'price' | 'product_discount' | 'order_discount' | 'shipping' | 'shipping_discount';
  discountId?: string;
  code?: string;
  line?: string;
  delivery?: string;
  before: number;
  after: number;
  reason: string;
}

/** A consignment of an import scheme and how it was judged. */
export interface ConsignmentRow {
  id: string;
  /** Of the goods without tax, in the limit's currency. */
  valueMinor: number;
  currency: string;
  below: boolean;
}

/** All amounts of a cart, a checkout or an edited order, in minor units of `currency`. */
export interface Quote {
  currency: string;
  lines: LineRow[];
  shipping: ChargeRow[];
  fees: ChargeRow[];
  taxes: TaxRow[];
  discounts: DiscountRow[];
  totals: {
    /** Lines before discounts. */
    subtotalMinor: number;
    /** On lines and shipping. */
    discountMinor: number;
    shippingMinor: number;
    feesMinor: number;
    taxMinor: number;
    taxIncluded: boolean;
    totalMinor: number;
  };
  base: { currency: string; totalMinor: number; taxMinor: number };
  tenders: TenderRow[];
  /** Who is asked for money: nobody, since nothing is due; nobody, since stored value covers it; the provider. */
  settledBy: 'free' | 'stored_value' | 'provider';
  tax: {
    scheme: string;
    registration: string | null;
    notices: TaxNotice[];
    consignments: ConsignmentRow[];
  };
  trace: TraceStep[];
  rejected: Rejection[];
  /** How many sets of discounts were compared, and whether the bound was hit: worth a line in the log. */
  search: { sets: number; capped: boolean };
  /** SHA-256 of all amounts and their reasons; not of titles, `rejected` and `search`, which change without them. */
  hash: string;
}
