import type { Fact } from '../facts/fact';
import {
  type Capabilities,
  type PaymentProvider,
  type ProviderAccount,
  type ProviderClient,
  ProviderError,
  WebhookRefused,
} from './payment-provider';

const capabilities: Capabilities = {
  separateCapture: false,
  partialCapture: false,
  multiCapture: false,
  partialRefund: true,
  byHand: true,
  testOnly: false,
  keyHours: Number.POSITIVE_INFINITY,
  takes: () => true,
  minMinor: () => 1,
};

/** Money by bank transfer or another way that people look after: staff say when it came. */
export const manualProvider: PaymentProvider = {
  code: 'manual',
  title: 'Bank transfer',
  capabilities,
  secretKeys: [],
  publicKeys: [],
  open: openByHand,
};

/** Money in exchange for the parcel: staff say when the carrier has handed it over. */
export const cashOnDeliveryProvider: PaymentProvider = {
  ...manualProvider,
  code: 'cash_on_delivery',
  title: 'Cash on delivery',
};

/** Nobody is called: what is wanted is taken for done, since people do it. */
function openByHand({ instructions }: ProviderAccount): ProviderClient {
  return {
    begin: ({ paymentId }) =>
      Promise.resolve({
        ref: paymentId,
        next: instructions === '' ? { kind: 'none' } : { kind: 'instructions', text: instructions },
        facts: [],
      }),
    fetch: () => Promise.resolve([]),
    list: () => Promise.resolve([]),
    capture: () => Promise.reject(new ProviderError('refused', 'nothing_authorized')),
    cancel: ({ paymentId }) => Promise.resolve([stopped(paymentId)]),
    refund: ({ captureId, money, key }) =>
      Promise.resolve([
        {
          kind: 'refund',
          objectId: key,
          parentId: captureId,
          status: 'succeeded',
          money,
          at: new Date().toISOString(),
          operationKey: key,
        },
      ]),
    verifyWebhook: () => Promise.reject(new WebhookRefused('account')),
  };
}

/** A payment that nobody shall pay any more; it never held money. */
export function stopped(paymentId: string): Fact {
  return {
    kind: 'auth',
    objectId: `none:${paymentId}`,
    status: 'voided',
    money: { amountMinor: 0, currency: 'XXX' },
    at: new Date().toISOString(),
  };
}

/** A payment that its provider would not begin. @param reason the provider's code */
export function neverBegun(paymentId: string, reason: string): Fact {
  return { ...stopped(paymentId), status: 'failed', reason } as Fact;
}
