import type { Checkout } from './checkout';

/** A checkout with nothing in it, which no cart led to. */
export function blankCheckout({
  checkoutId,
  currency,
  locale,
}: Pick<Checkout, 'checkoutId' | 'currency' | 'locale'>): Checkout {
  return {
    checkoutId,
    cartId: null,
    cartVersion: null,
    state: 'open',
    version: 1,
    locale,
    currency,
    source: null,
    lines: [],
    note: null,
    attributes: {},
    customerId: null,
    email: null,
    phone: null,
    shippingAddress: null,
    billingAddress: null,
    deliveryRateId: null,
    codes: [],
    giftCards: [],
    useCredit: false,
    vatNumber: null,
    paymentMethod: null,
    consent: null,
    deliveryOptions: [],
    quote: null,
    quoteHash: null,
    exchange: null,
    payKey: null,
    paymentId: null,
    failure: null,
    orderId: null,
    expiresAt: '',
  };
}
