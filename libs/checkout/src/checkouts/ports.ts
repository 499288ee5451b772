import type { StoreReader, StoreWriter } from '@platform/database';
import type { Quote, QuoteInput } from '../quote';
import type { Address, CheckoutLine } from './checkout';
import type { DeliveryOption } from './delivery-option';
import type { Money, PaymentMethod, PaymentView } from './payment';

/** What the browser is to do after an attempt to pay was begun. */
export type Next =
  | { kind: 'none' }
  | { kind: 'redirect'; url: string }
  | { kind: 'browser'; publicData: Record<string, string> }
  | { kind: 'instructions'; text: string };

/** Payments, as a checkout needs them. */
export abstract class Payments {
  abstract methods(
    store: StoreReader,
    i: { money: Money; country: string | null },
  ): Promise<PaymentMethod[]>;
  abstract create(
    store: StoreWriter,
    i: { checkoutId: string; payKey: string; accountId: string; money: Money; returnUrl: string },
  ): Promise<{ paymentId: string }>;
  abstract begin(storeId: string, paymentId: string): Promise<Next>;
  abstract refresh(storeId: string, paymentId: string): Promise<void>;
  abstract ofCheckout(store: StoreReader, checkoutId: string): Promise<PaymentView[]>;
  abstract assignOrder(
    store: StoreWriter,
    checkoutId: string,
    orderId: string,
    paymentIds: readonly string[],
  ): Promise<void>;
  abstract wantCapture(
    store: StoreWriter,
    i: { paymentId: string; amountMinor: number; key: string; final?: boolean },
  ): Promise<void>;
  abstract wantCancel(store: StoreWriter, i: { paymentId: string; key: string }): Promise<void>;
  abstract refuseMoney(store: StoreWriter, paymentId: string): Promise<void>;
}

/** Units of an item at a place; null is a place where nobody counts. */
export interface Allocation {
  itemId: string;
  locationId: string | null;
  quantity: number;
  backordered: number;
}

/** An item of which there is less than wanted. */
export interface Shortage {
  itemId: string;
  wanted: number;
  available: number;
}

/** Stock, as a checkout needs it. */
export abstract class Stock {
  abstract reserve(
    store: StoreWriter,
    i: {
      checkoutId: string;
      wants: readonly { itemId: string; quantity: number }[];
      expiresAt: string;
      pickupLocationId?: string;
    },
  ): Promise<
    { reserved: true; allocations: Allocation[] } | { reserved: false; short: Shortage[] }
  >;
  abstract extend(store: StoreWriter, checkoutId: string, expiresAt: string): Promise<void>;
  abstract release(store: StoreWriter, checkoutId: string): Promise<void>;
  abstract commit(store: StoreWriter, checkoutId: string, orderId: string): Promise<Allocation[]>;
}

/** Limits of discounts, as a checkout needs them. */
export abstract class DiscountHolds {
  abstract hold(
    store: StoreWriter,
    i: { checkoutId: string; quote: Quote; lines: readonly CheckoutLine[]; email: string | null },
  ): Promise<{ held: true } | { held: false; discountIds: string[] }>;
  abstract use(store: StoreWriter, checkoutId: string, orderId: string): Promise<void>;
  abstract release(store: StoreWriter, checkoutId: string): Promise<void>;
}

/** What a quote needs to be told, looked up in the store's tables. */
export abstract class QuoteAssembler {
  abstract assemble(
    store: StoreReader,
    i: {
      lines: readonly CheckoutLine[];
      currency: string;
      codes: readonly string[];
      address: Pick<Address, 'country' | 'province' | 'zip'> | null;
      deliveryRateId: string | null;
      email: string | null;
      /** What this checkout holds of discounts is not taken from it. */
      checkoutId: string;
    },
  ): Promise<{ input: QuoteInput; deliveryOptions: DeliveryOption[]; unknownCodes: string[] }>;
}
