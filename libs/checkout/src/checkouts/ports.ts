import type { StoreReader, StoreWriter } from '@platform/database';
import type { Exchange } from '../carts/exchange';
import type { Quote, QuoteInput } from '../quote';
import type { FrozenTaxes } from '../taxes/providers/frozen-taxes';
import type { Address, Checkout, CheckoutLine } from './checkout';
import type { DeliveryOption } from './delivery-option';

/** Limits of discounts, as a checkout needs them. */
export abstract class DiscountHolds {
  abstract hold(
    store: StoreWriter,
    i: { checkoutId: string; quote: Quote; lines: readonly CheckoutLine[]; email: string | null },
  ): Promise<{ held: true } | { held: false; discountIds: string[] }>;
  abstract use(store: StoreWriter, checkoutId: string, orderId: string): Promise<void>;
  abstract release(store: StoreWriter, checkoutId: string): Promise<void>;
}

/** The input of a quote, with what else was looked up. */
export interface AssembledQuote {
  input: QuoteInput;
  deliveryOptions: DeliveryOption[];
  /** Codes that no discount has. */
  unknownCodes: string[];
  /** What a tax service said of it; null where none was asked. */
  taxes: FrozenTaxes | null;
}

/** What a quote needs to be told, looked up in the store's tables. */
export abstract class QuoteAssembler {
  abstract assemble(
    store: StoreReader,
    i: {
      lines: readonly CheckoutLine[];
      currency: string;
      exchange: Exchange | null;
      codes: readonly string[];
      address: Pick<Address, 'country' | 'province' | 'zip' | 'city'> | null;
      /** In which services are asked to name their rates; the store's when it is left out. */
      locale?: string;
      deliveryRateId: string | null;
      /** Whether the first that is offered is taken where none, or none that is offered, was chosen. */
      orFirstRate?: boolean;
      /** Of the company that buys. */
      vatNumber?: Checkout['vatNumber'];
      email: string | null;
      /** What this checkout holds of discounts is not taken from it. */
      checkoutId: string;
      /** Of the customer who is signed in. */
      groups: readonly string[];
      /** Gift cards and credit, in the order in which they pay. */
      storedValue?: QuoteInput['storedValue'];
      /** What a tax service said of it before. */
      taxes?: FrozenTaxes | null;
    },
  ): Promise<AssembledQuote>;
}
