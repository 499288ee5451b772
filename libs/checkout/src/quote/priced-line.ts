import type { QuoteLine } from './input';

/** A line with its amount before discounts, at the unit price that counts at the destination. */
export interface PricedLine extends QuoteLine {
  valueMinor: number;
}
