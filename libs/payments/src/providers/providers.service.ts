import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '@platform/config';
import { paymentsErrors } from '../payments.errors';
import { cashOnDeliveryProvider, manualProvider } from './by-hand';
import type { PaymentProvider } from './payment-provider';
import { paypalProvider } from './paypal/paypal-provider';
import { stripeProvider } from './stripe/stripe-provider';
import { testProvider } from './test-payments/test-provider';

/** The providers that this platform offers. */
@Injectable()
export class Providers {
  private readonly byCode: ReadonlyMap<string, PaymentProvider>;

  constructor(@Inject(CONFIG) { testPayments, providers }: Config) {
    const list = [
      manualProvider,
      cashOnDeliveryProvider,
      stripeProvider(providers.stripeUrl, providers.stripeScriptUrl),
      paypalProvider(providers.paypalUrl),
    ];
    if (testPayments.url !== null) list.push(testProvider(testPayments.url));
    this.byCode = new Map(list.map((provider) => [provider.code, provider]));
  }

  /** All of them, in the order in which they are offered to merchants. */
  all(): PaymentProvider[] {
    return [...this.byCode.values()];
  }

  /** The provider of that code. Throws `payments.bad-provider`. */
  get(code: string): PaymentProvider {
    const provider = this.find(code);
    if (!provider)
      throw paymentsErrors.error('bad-provider', { provider: code }, { field: 'provider' });
    return provider;
  }

  /** The same, or null. */
  find(code: string): PaymentProvider | null {
    return this.byCode.get(code) ?? null;
  }
}
