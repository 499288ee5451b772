import type { StoreReader } from '@platform/database';
import { readSellingFacts } from '../assemble/selling-facts.queries';
import type { QuoteInput } from '../quote';
import { saleInput } from '../sales/sale-input';
import { levied } from '../taxes/providers/levied';
import { taxAddress } from '../taxes/providers/tax-provider';
import { type Checkout, requiresShipping } from './checkout';
import type { DeliveryOption } from './delivery-option';
import type { AssembledQuote } from './ports';
import { agreedDelivery, type Terms } from './terms';

/** The input of the quote of what staff agreed on, and the one way to deliver it. @throws quote.bad-input, Unasked */
export async function termsInput(
  store: StoreReader,
  { terms, checkout }: { terms: Terms; checkout: Checkout },
  storedValue: QuoteInput['storedValue'],
): Promise<Omit<AssembledQuote, 'unknownCodes'>> {
  const address = checkout.shippingAddress ?? checkout.billingAddress;
  const { sale } = terms;
  const selling = await readSellingFacts(store);
  const tabled = saleInput(sale, {
    selling,
    destination: address && { country: address.country, province: address.province ?? null },
    exchange: null,
    storedValue,
    buyer: checkout.vatNumber,
  });
  const { input, taxes } = await levied(store, tabled, {
    services: selling.taxServices,
    origin: selling.country,
    address: taxAddress(address),
    articles: new Map(sale.lines.map((line) => [line.id, line])),
    frozen: checkout.taxes ?? null,
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
  return { input, taxes, deliveryOptions: requiresShipping(checkout) ? [option] : [] };
}
