/** A way to have the goods delivered, as a checkout remembers it. */
export interface DeliveryOption {
  rateId: string;
  kind: 'shipping' | 'pickup';
  title: string;
  description: string | null;
  /** Before discounts, in minor units. */
  priceMinor: number;
  /** First and last day of the promise, `YYYY-MM-DD`; null where none is made. */
  promised: { from: string; to: string } | null;
  pickup: { locationId: string } | null;
}
