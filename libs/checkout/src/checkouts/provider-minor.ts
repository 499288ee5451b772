import type { Payments } from '@libs/payments';
import { converterOf } from '../carts/exchange';
import type { Checkout } from './checkout';

/** What a provider is asked for, in minor units; 0 while the checkout has no amounts. */
export function providerMinor({ quote }: Pick<Checkout, 'quote'>): number {
  const tenders = quote?.tenders ?? [];
  return tenders.find(({ kind }) => kind === 'provider')?.amountMinor ?? 0;
}

/** What the payments slice is asked for the ways to pay a checkout: limits and fees are in the store's currency. */
export function methodQuestion(checkout: Checkout): Parameters<Payments['methods']>[1] {
  const { currency, exchange, shippingAddress, billingAddress } = checkout;
  return {
    money: { amountMinor: providerMinor(checkout), currency },
    country: shippingAddress?.country ?? billingAddress?.country ?? null,
    convert: converterOf(exchange, currency),
  };
}
