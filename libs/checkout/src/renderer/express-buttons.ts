import type { PaymentMethod, Payments } from '@libs/payments';
import type { View } from '@template-engine/context';
import { converterOf } from '../carts/exchange';
import type { PricedCart } from '../carts/price-cart';

/** What the submit button of a cart form is called that begins at a provider. */
const submitNames: Partial<Record<PaymentMethod['provider'], string>> = { paypal: 'goto_pp' };

/**
 * What the payments slice is asked for the ways to check a cart out at a provider; null where that helps nobody: only an
 * address saves the shopper anything, and only money is agreed to.
 */
export function expressQuestion({
  lines,
  quote,
  currency,
  exchange,
}: Pick<PricedCart, 'lines' | 'quote' | 'currency' | 'exchange'>):
  Parameters<Payments['methods']>[1] | null {
  const amountMinor = quote.totals.totalMinor;
  const sent = lines.some(({ offer }) => offer.requiresShipping);
  if (!sent || amountMinor <= 0) return null;
  // Where the goods go is what the provider tells later.
  return {
    money: { amountMinor, currency },
    country: null,
    convert: converterOf(exchange, currency),
  };
}

/** The buttons of those methods that a checkout may begin at, one for each provider, in the store's order. */
export function expressButtons(methods: readonly PaymentMethod[]): View<'checkout_button'>[] {
  const buttons = new Map<string, View<'checkout_button'>>();
  for (const { provider, title, express } of methods) {
    const name = submitNames[provider];
    // A submit says which provider and no more: the first account of it is where it leads.
    if (express && name !== undefined && !buttons.has(name))
      buttons.set(name, { provider, title, name });
  }
  return [...buttons.values()];
}
