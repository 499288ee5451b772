import { currencyExponent, type Money } from '@libs/kernel';
import { ProviderError } from './payment-provider';

/** Currencies that Stripe counts in whole units (docs.stripe.com/currencies); ISO 4217 gives the ariary two decimals. */
const stripeWhole = 'BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF'.split(' ');

/** Counted in thousandths, the last digit 0 (same page). */
const stripeThousandths = 'BHD JOD KWD OMR TND'.split(' ');

/**
 * Not offered: Stripe's documents have contradicted each other about the Ugandan shilling, and the others of ISO's
 * unusual exponents are none that it takes.
 */
const stripeNever = 'UGX CLF UYW UYI IQD LYD'.split(' ');

/** What PayPal takes (developer.paypal.com, currency codes). */
const paypalHundredths =
  'AUD BRL CAD CHF CNY CZK DKK EUR GBP HKD ILS MXN MYR NOK NZD PHP PLN SEK SGD THB USD'.split(' ');

/** What PayPal takes without decimals; ISO 4217 gives the forint and the Taiwan dollar two. */
const paypalWhole = 'HUF JPY TWD'.split(' ');

/** The providers whose amounts have a form of their own. */
export type CountingProvider = 'stripe' | 'paypal';

/**
 * How many decimals a provider's amounts have in a currency.
 * @returns null for a currency that it does not take
 */
export function providerExponent(provider: CountingProvider, currency: string): number | null {
  if (provider === 'paypal') {
    if (paypalWhole.includes(currency)) return 0;
    return paypalHundredths.includes(currency) ? 2 : null;
  }
  if (stripeNever.includes(currency)) return null;
  if (stripeWhole.includes(currency)) return 0;
  if (stripeThousandths.includes(currency)) return 3;
  // The króna has no decimals any more; amounts are still given in hundredths.
  return 2;
}

/**
 * An amount in the provider's smallest unit.
 * @throws ProviderError `refused` when the provider cannot say it exactly
 */
export function toProviderUnits(
  provider: CountingProvider,
  { amountMinor, currency }: Money,
): number {
  const exponent = providerExponent(provider, currency);
  if (exponent === null) throw new ProviderError('refused', 'currency_not_supported');
  const difference = exponent - currencyExponent(currency);
  const units = difference >= 0 ? amountMinor * 10 ** difference : amountMinor / 10 ** -difference;
  const exact = Number.isSafeInteger(units) && (exponent !== 3 || units % 10 === 0);
  if (!exact) throw new ProviderError('refused', 'amount_not_representable');
  return units;
}

/** The provider's amount in minor units of ISO 4217. What is finer than those is money that nobody asked for. */
export function fromProviderUnits(
  provider: CountingProvider,
  units: number,
  currency: string,
): Money {
  const difference =
    currencyExponent(currency) -
    (providerExponent(provider, currency) ?? currencyExponent(currency));
  const amountMinor =
    difference >= 0 ? units * 10 ** difference : Math.trunc(units / 10 ** -difference);
  return { amountMinor, currency };
}
