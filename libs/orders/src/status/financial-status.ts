/** Where an order's money is. */
export type FinancialStatus =
  | 'pending'
  | 'authorized'
  | 'expired'
  | 'voided'
  | 'partially_paid'
  | 'paid'
  | 'partially_refunded'
  | 'refunded';

/** Sums over an order's payments, minor units; stored value that was spent counts as captured. */
export interface MoneySums {
  /** What is asked for now. */
  dueMinor: number;
  /** Held at a provider and not yet taken. */
  authorizedMinor: number;
  capturedMinor: number;
  /** What arrived back; a refund on its way does not count. */
  refundedMinor: number;
  /** How an authorisation of which nothing was taken ended. */
  lapsed: 'expired' | 'voided' | null;
}

/** What the sums come to. */
export function deriveFinancial(sums: MoneySums): FinancialStatus {
  const { dueMinor, authorizedMinor, capturedMinor, refundedMinor, lapsed } = sums;
  if (refundedMinor > 0) {
    return refundedMinor >= capturedMinor ? 'refunded' : 'partially_refunded';
  }
  if (capturedMinor >= dueMinor) return 'paid';
  if (capturedMinor > 0) return 'partially_paid';
  if (authorizedMinor > 0) return 'authorized';
  return lapsed ?? 'pending';
}
