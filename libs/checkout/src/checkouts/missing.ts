import { type Checkout, requiresShipping } from './checkout';
import { providerMinor } from './provider-minor';

/** What is still to be said before a checkout can be paid. */
export type Missing = 'contact' | 'address' | 'delivery' | 'payment' | 'consent';

/** What a checkout lacks, in the order of its pages. */
export function missingOf(checkout: Checkout): Missing[] {
  const { email, shippingAddress, billingAddress, deliveryRateId, paymentMethod, consent } =
    checkout;
  const sent = requiresShipping(checkout);
  const address = sent ? shippingAddress : (billingAddress ?? shippingAddress);
  return [
    email === null ? ('contact' as const) : null,
    address === null ? ('address' as const) : null,
    sent && deliveryRateId === null ? ('delivery' as const) : null,
    providerMinor(checkout) > 0 && paymentMethod === null ? ('payment' as const) : null,
    consent?.terms === true ? null : ('consent' as const),
  ].filter((one) => one !== null);
}
