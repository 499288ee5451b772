import type { Sale } from '../sales/sale';

/** What staff agreed on with a shopper: it replaces the catalogue's prices and the store's discounts. */
export interface Terms {
  /** An order that staff put together, or the rest of what an order costs. */
  kind: 'draft' | 'balance';
  sale: Sale;
  tags: string[];
  /** The order whose rest it is. */
  orderId: string | null;
  /** Until when it can be paid, ISO 8601; whoever tries to pay and does not starts no other time. */
  until: string;
  /** Until when its goods are held though nobody is paying. */
  reservedUntil: string | null;
  /** When the shopper was last asked to pay. */
  requestedAt: string | null;
  deletedAt: string | null;
}

/** The only way to deliver what was agreed on. */
export const agreedDelivery = 'agreed';
