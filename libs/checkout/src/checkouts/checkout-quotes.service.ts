import { Inject, Injectable } from '@nestjs/common';
import type { StoreReader } from '@platform/database';
import { type Quote, type QuoteInput, quote } from '../quote';
import { Buyers } from './buyers.service';
import { CheckoutTenders } from './checkout-tenders.service';
import { type Checkout, requiresShipping } from './checkout';
import type { DeliveryOption } from './delivery-option';
import { LiveAnswers } from '../asking/live-answers.service';
import { QuoteAssembler } from './ports';
import { termsInput } from './price-terms';
import type { Terms } from './terms';

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
    @Inject(CheckoutTenders) private readonly tenders: CheckoutTenders,
    /** Opens the transactions in which checkouts are priced. */
    @Inject(LiveAnswers) readonly answers: LiveAnswers,
  ) {}

  /**
   * Prices a checkout afresh. A delivery that is not offered any more is replaced by the first that is; codes that
   * nobody gave out and gift cards that cannot be used any more are dropped. A way to pay that nobody is asked to pay by
   * costs nothing.
   */
  async price(store: StoreReader, checkout: Checkout): Promise<Priced> {
    const { terms } = checkout;
    if (terms) return this.priceTerms(store, { ...checkout, terms });
    const storedValue = await this.tenders.available(store, checkout);
    const assembled = await this.assemble(store, checkout, storedValue);
    const { input, deliveryOptions, unknownCodes, taxes } = assembled;
    const priced = withFee(input, checkout);
    const usable = new Set(storedValue.map(({ id }) => id));
    const unknown = new Set(unknownCodes);
    return {
      unknownCodes,
      checkout: {
        ...checkout,
        codes: checkout.codes.filter((code) => !unknown.has(code)),
        giftCards: checkout.giftCards.filter(({ accountId }) => usable.has(accountId)),
        deliveryOptions,
        deliveryRateId: chosenRate(checkout, deliveryOptions),
        taxes,
        quote: priced,
        quoteHash: priced.hash,
      },
    };
  }

  /** What staff agreed on has no codes and one way to deliver; the rest of an order is paid by money alone. */
  private async priceTerms(
    store: StoreReader,
    checkout: Checkout & { terms: Terms },
  ): Promise<Priced> {
    const { terms } = checkout;
    const isRest = terms.kind === 'balance';
    const storedValue = isRest ? [] : await this.tenders.available(store, checkout);
    const { input, deliveryOptions, taxes } = await termsInput(
      store,
      { terms, checkout },
      storedValue,
    );
    const priced = withFee(input, checkout);
    const usable = new Set(storedValue.map(({ id }) => id));
    return {
      unknownCodes: checkout.codes,
      checkout: {
        ...checkout,
        codes: [],
        giftCards: checkout.giftCards.filter(({ accountId }) => usable.has(accountId)),
        deliveryOptions,
        deliveryRateId: deliveryOptions[0]?.rateId ?? null,
        taxes,
        quote: priced,
        quoteHash: priced.hash,
      },
    };
  }

  private async assemble(
    store: StoreReader,
    checkout: Checkout,
    storedValue: QuoteInput['storedValue'],
  ) {
    const isSent = requiresShipping(checkout);
    const { lines, currency, exchange, codes, email, vatNumber, locale } = checkout;
    const { shippingAddress, billingAddress } = checkout;
    return this.assembler.assemble(store, {
      lines,
      currency,
      exchange,
      codes,
      email,
      vatNumber,
      locale,
      deliveryRateId: isSent ? checkout.deliveryRateId : null,
      orFirstRate: isSent,
      storedValue,
      checkoutId: checkout.checkoutId,
      taxes: checkout.taxes ?? null,
      groups: await this.buyers.groupsOf(store, checkout.customerId),
      address: shippingAddress ?? billingAddress,
    });
  }
}

/**
 * What was chosen, while it is offered; else the first, which a shopper without scripts need not choose. Without an
 * address only places to fetch things are known: one that is taken for want of others would stay chosen.
 */
function chosenRate(
  checkout: Checkout,
  options: readonly Pick<DeliveryOption, 'rateId' | 'kind'>[],
): string | null {
  if (!requiresShipping(checkout)) return null;
  const known = options.some(({ rateId }) => rateId === checkout.deliveryRateId);
  if (known) return checkout.deliveryRateId;
  const first = options.find(({ kind }) => kind === 'shipping' || checkout.shippingAddress);
  return first?.rateId ?? null;
}

/** With what the chosen way to pay costs, where somebody is asked to pay by it. */
function withFee(input: QuoteInput, { paymentMethod }: Checkout): Quote {
  const priced = quote(input);
  if (!paymentMethod || paymentMethod.feeMinor === 0 || priced.settledBy !== 'provider')
    return priced;
  const { accountId, title, feeMinor: amountMinor } = paymentMethod;
  const fee = { id: accountId, title, amountMinor, tax: 'split' as const };
  return quote({ ...input, fees: [...input.fees, fee] });
}
