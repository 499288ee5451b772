import { Inject, Injectable } from '@nestjs/common';
import type { StoreReader } from '@platform/database';
import { type Quote, quote } from '../quote';
import { Buyers } from './buyers.service';
import { type Checkout, requiresShipping } from './checkout';
import { QuoteAssembler } from './ports';

/** A checkout with its amounts as they are now. */
export interface Priced {
  checkout: Checkout & { quote: Quote; quoteHash: string };
  /** Codes that the shopper entered and no discount has. */
  unknownCodes: string[];
}

/** What a checkout costs at this moment. */
@Injectable()
export class CheckoutQuotes {
  constructor(
    @Inject(QuoteAssembler) private readonly assembler: QuoteAssembler,
    @Inject(Buyers) private readonly buyers: Buyers,
  ) {}

  /**
   * Prices a checkout afresh. A delivery that is not offered any more is replaced by the first that is; codes that
   * nobody gave out are dropped.
   */
  async price(store: StoreReader, checkout: Checkout): Promise<Priced> {
    const first = await this.assemble(store, checkout, checkout.deliveryRateId);
    const rateId = chosenRate(checkout, first.deliveryOptions);
    const { input, deliveryOptions, unknownCodes } =
      rateId === checkout.deliveryRateId ? first : await this.assemble(store, checkout, rateId);
    const { paymentMethod } = checkout;
    const fee =
      paymentMethod && paymentMethod.feeMinor > 0
        ? [
            {
              id: paymentMethod.accountId,
              title: paymentMethod.title,
              amountMinor: paymentMethod.feeMinor,
              tax: 'split' as const,
            },
          ]
        : [];
    const priced = quote({ ...input, fees: [...input.fees, ...fee] });
    const unknown = new Set(unknownCodes);
    return {
      unknownCodes,
      checkout: {
        ...checkout,
        codes: checkout.codes.filter((code) => !unknown.has(code)),
        deliveryOptions,
        deliveryRateId: rateId,
        quote: priced,
        quoteHash: priced.hash,
        exchange: input.exchange,
      },
    };
  }

  private async assemble(store: StoreReader, checkout: Checkout, deliveryRateId: string | null) {
    const { lines, currency, codes, email, shippingAddress, billingAddress } = checkout;
    return this.assembler.assemble(store, {
      lines,
      currency,
      codes,
      email,
      deliveryRateId,
      checkoutId: checkout.checkoutId,
      groups: await this.buyers.groupsOf(store, checkout.customerId),
      address: shippingAddress ?? billingAddress,
    });
  }
}

/** What was chosen, while it is offered; else the first, which a shopper without scripts need not choose. */
function chosenRate(checkout: Checkout, options: readonly { rateId: string }[]): string | null {
  if (!requiresShipping(checkout)) return null;
  const known = options.some(({ rateId }) => rateId === checkout.deliveryRateId);
  return known ? checkout.deliveryRateId : (options[0]?.rateId ?? null);
}
