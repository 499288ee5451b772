/** A way to have the goods delivered, as a shopper chooses it. */
export interface DeliveryOption {
  rateId: string;
  title: string;
  /** Before discounts, in minor units. */
  priceMinor: number;
  /** Days from now until the goods arrive, where the merchant promises any. */
  minDays: number | null;
  maxDays: number | null;
  /** Set when the shopper collects the goods. */
  pickupLocationId: string | null;
}
