import type { OrderSnapshot } from '../orders/snapshot';

/**
 * An order as it shall be after an edit, with all its amounts computed by whoever sells. Lines, deliveries and fees
 * that stay have the ids of the order's rows; others are new, and lines that are missing are taken out.
 */
export interface OrderEdit extends Pick<
  OrderSnapshot,
  'lines' | 'deliveries' | 'fees' | 'taxLines' | 'discounts' | 'totals'
> {
  /** Of the request: the same key makes no second edit. */
  key: string;
  reason: string | null;
  /** Whether the shopper gets a mail. */
  notify: boolean;
  base: { currency: string; totalMinor: number; taxMinor: number };
  /** Why the amounts are what they are; replaces what the order had under these names. */
  reasons: Record<string, unknown>;
}

/** Units of a line before and after an edit. */
export interface LineChange {
  lineId: string;
  title: string;
  before: number;
  after: number;
}

/** An edit that was made. */
export interface AppliedEdit {
  editId: string;
  revision: number;
}
