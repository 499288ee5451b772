import { Inject, Injectable } from '@nestjs/common';
import { type Allocation, Stock } from '@libs/catalog';
import type { StoreWriter } from '@platform/database';
import type { Quote } from '../quote';
import type { Checkout } from './checkout';
import { CheckoutTenders } from './checkout-tenders.service';
import { DiscountHolds } from './ports';

/** An item of which there is less than wanted. */
export interface Shortage {
  itemId: string;
  wanted: number;
  /** For the address that it is sent to. */
  available: number;
  /** For sale at places that send nothing there. */
  elsewhere: number;
}

/** Why a checkout cannot have what it needs. */
export type NotHeld =
  | { short: Shortage[] }
  | { discountIds: string[] }
  /** A gift card or credit has less on it than the quote takes. */
  | { balance: 'short' };

/** What a checkout holds while it is being paid, in the order of locks: uses of discounts, stored value, stock. */
@Injectable()
export class CheckoutHoldings {
  constructor(
    @Inject(DiscountHolds) private readonly discounts: DiscountHolds,
    @Inject(CheckoutTenders) private readonly tenders: CheckoutTenders,
    @Inject(Stock) private readonly stock: Stock,
  ) {}

  /** Holds all of it and answers null; else says why not, and nothing of the transaction may stay. */
  async take(store: StoreWriter, checkout: Checkout & { quote: Quote }): Promise<NotHeld | null> {
    const { checkoutId, quote, lines, email, terms } = checkout;
    // What staff take off is no discount of the store's, and has no limit.
    const limits = terms
      ? { held: true as const }
      : await this.discounts.hold(store, { checkoutId, quote, lines, email });
    if (!limits.held) return { discountIds: limits.discountIds };
    if (!(await this.tenders.hold(store, checkout))) return { balance: 'short' };
    const stock = await this.stock.reserve(store, stockRequest(checkout));
    return stock.reserved ? null : { short: stock.short };
  }

  /** What is held becomes the order's. @returns the counted units with their places */
  async use(store: StoreWriter, checkout: Checkout, orderId: string): Promise<Allocation[]> {
    const { checkoutId } = checkout;
    await this.discounts.use(store, checkoutId, orderId);
    await this.tenders.spend(store, checkout, orderId);
    return this.stock.commit(store, checkoutId, orderId);
  }

  /** Lets go of all that is held. */
  async free(store: StoreWriter, checkoutId: string): Promise<void> {
    await this.discounts.release(store, checkoutId);
    await this.tenders.release(store, checkoutId);
    await this.stock.release(store, checkoutId);
  }
}

/** What a checkout wants of the stock: summed there over its lines. */
function stockRequest(checkout: Checkout) {
  const { checkoutId, lines, expiresAt, deliveryOptions, deliveryRateId } = checkout;
  const { shippingAddress } = checkout;
  const delivery = deliveryOptions.find(({ rateId }) => rateId === deliveryRateId);
  return {
    checkoutId,
    expiresAt,
    wants: lines
      .filter(({ custom }) => !custom)
      .map(({ variantId, quantity }) => ({ itemId: variantId, quantity })),
    pickupLocationId: delivery?.pickup?.locationId,
    shipTo: shippingAddress?.country ?? null,
  };
}
