import { providerExponent } from '../exponents';
import type { PaymentProvider } from '../payment-provider';
import { PayPalApi } from './paypal-api';
import { PayPalClient } from './paypal-client';

const hosts = { live: 'https://api-m.paypal.com', test: 'https://api-m.sandbox.paypal.com' };

/**
 * PayPal by orders v2: the shopper approves at PayPal, we authorize and capture.
 * @param url where its API answers; null for PayPal's own two addresses, by the account's mode
 */
export function paypalProvider(url: string | null): PaymentProvider {
  return {
    code: 'paypal',
    title: 'PayPal',
    capabilities: {
      separateCapture: true,
      partialCapture: true,
      multiCapture: true,
      partialRefund: true,
      byHand: false,
      testOnly: false,
      express: true,
      // Stated per API: six hours for orders, longer for captures and refunds. The shortest counts.
      keyHours: 6,
      takes: (currency) => providerExponent('paypal', currency) !== null,
      minMinor: () => 1,
    },
    secretKeys: [{ name: 'clientSecret', title: 'Client secret' }],
    publicKeys: [
      { name: 'clientId', title: 'Client id' },
      { name: 'webhookId', title: 'Id of the webhook' },
    ],
    open: (account) => {
      const own = account.testMode ? hosts.test : hosts.live;
      return new PayPalClient(new PayPalApi(url ?? own, account), account);
    },
  };
}
