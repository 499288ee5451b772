import StripeApi from 'stripe';
import { providerExponent } from '../exponents';
import type { PaymentProvider, ProviderAccount } from '../payment-provider';
import { StripeClient } from './stripe-client';
import { stripeField } from './stripe-field';

/** Stripe's least amounts in its own units (docs.stripe.com/currencies); about half a US dollar where it names none. */
const least: Readonly<Record<string, number>> = {
  AED: 200,
  BGN: 100,
  CZK: 1500,
  DKK: 250,
  GBP: 30,
  HKD: 400,
  HUF: 17_500,
  JPY: 50,
  MXN: 1000,
  MYR: 200,
  NOK: 300,
  PLN: 200,
  RON: 200,
  SEK: 300,
  THB: 1000,
};

/**
 * Stripe by PaymentIntents. The shopper's card goes from Stripe's own field to Stripe; without scripts the shopper pays
 * on Stripe's page (a Checkout Session).
 * @param url where its API answers
 * @param scriptUrl where a page loads Stripe's script
 */
export function stripeProvider(url: string, scriptUrl: string): PaymentProvider {
  return {
    code: 'stripe',
    title: 'Card',
    capabilities: {
      separateCapture: true,
      partialCapture: true,
      multiCapture: false,
      partialRefund: true,
      byHand: false,
      testOnly: false,
      keyHours: 24,
      takes: (currency) => providerExponent('stripe', currency) !== null,
      minMinor: (currency) => least[currency] ?? 50,
    },
    secretKeys: [
      {
        name: 'secretKey',
        title: 'Secret key',
        startsWith: { test: ['sk_test_', 'rk_test_'], live: ['sk_live_', 'rk_live_'] },
      },
      {
        name: 'webhookSecret',
        title: 'Signing secret of the webhook',
        startsWith: { test: ['whsec_'], live: ['whsec_'] },
      },
    ],
    publicKeys: [
      {
        name: 'publishableKey',
        title: 'Publishable key',
        startsWith: { test: ['pk_test_'], live: ['pk_live_'] },
      },
    ],
    field: ({ publicKeys }, asked) => stripeField(scriptUrl, publicKeys, asked),
    open: (account) => new StripeClient(connect(url, account), account),
  };
}

function connect(url: string, { secretKeys }: ProviderAccount): StripeApi {
  const { protocol, hostname, port } = new URL(url);
  return new StripeApi(secretKeys.secretKey ?? '', {
    protocol: protocol === 'http:' ? 'http' : 'https',
    host: hostname,
    port: port === '' ? (protocol === 'http:' ? 80 : 443) : Number(port),
    // Repeating is the operations' business: it outlives this process.
    maxNetworkRetries: 0,
    timeout: 15_000,
    telemetry: false,
  });
}
