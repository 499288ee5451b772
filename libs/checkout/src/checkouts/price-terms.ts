import type { StoreReader } from '@platform/database';
import { readSellingFacts } from '../assemble/selling-facts.queries';
import type { QuoteInput } from '../quote';
import { saleInput } from '../sales/sale-input';
import { type Checkout, requiresShipping } from './checkout';
import type { DeliveryOption } from './delivery-option';
import { agreedDelivery, type Terms } from './terms';

/** The input of the quote of what staff agreed on, and the one way to deliver it. @throws quote.bad-input */
export async function termsInput(
  store: StoreReader,
  { terms, checkout }: { terms: Terms; checkout: Checkout },
  storedValue: QuoteInput['storedValue'],
): Promise<{ input: QuoteInput; deliveryOptions: DeliveryOption[] }> {
  const address = checkout.shippingAddress ?? checkout.billingAddress;
  const { sale } = terms;
  const input = saleInput(sale, {
    selling: await readSellingFacts(store),
    destination: address && { country: address.country, province: address.province ?? null },
    exchange: null,
    storedValue,
    buyer: checkout.vatNumber,
  });
  const option: DeliveryOption = {
    rateId: agreedDelivery,
    kind: 'shipping',
    title: sale.shipping?.title ?? 'Delivery',
    description: null,
    priceMinor: sale.shipping?.priceMinor ?? 0,
    promised: null,
    pickup: null,
  };
  return { input, deliveryOptions: requiresShipping(checkout) ? [option] : [] };
}
