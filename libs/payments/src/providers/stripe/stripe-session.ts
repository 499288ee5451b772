import type StripeApi from 'stripe';
import type { Fact } from '../../facts/fact';
import { fromProviderUnits, toProviderUnits } from '../exponents';
import { leftAddress } from '../left-address';
import type { BeginInput } from '../payment-provider';
import { idOf, intentFacts, metadataKeys } from './stripe-facts';

/** Whether a payment began as a page of Stripe's own. */
export function isSession(ref: string): boolean {
  return ref.startsWith('cs_');
}

/** A page of Stripe's own for one sum; its only line is called by the address of the shop. */
export function sessionOf({
  paymentId,
  money,
  capture,
  returnUrl,
}: BeginInput): StripeApi.Checkout.SessionCreateParams {
  const metadata = { [metadataKeys.payment]: paymentId };
  return {
    mode: 'payment',
    line_items: [
      {
        quantity: 1,
        price_data: {
          currency: money.currency.toLowerCase(),
          unit_amount: toProviderUnits('stripe', money),
          product_data: { name: new URL(returnUrl).host },
        },
      },
    ],
    payment_intent_data: {
      capture_method: capture === 'later' ? 'manual' : 'automatic',
      metadata,
    },
    metadata,
    success_url: returnUrl,
    cancel_url: leftAddress(returnUrl, 'open'),
  };
}

/**
 * What a session with its intent says. While its page is open a declined card is no end: the shopper may type another
 * one there.
 */
export function sessionFacts(session: StripeApi.Checkout.Session): Fact[] {
  const { payment_intent: intent } = session;
  const facts = intent && typeof intent === 'object' ? intentFacts(intent) : [];
  if (session.status === 'open') return facts.filter(({ status }) => status !== 'failed');
  if (session.status !== 'expired' || facts.length > 0) return facts;
  const currency = (session.currency ?? 'xxx').toUpperCase();
  return [
    {
      kind: 'auth',
      objectId: idOf(intent) ?? session.id,
      status: 'voided',
      money: fromProviderUnits('stripe', session.amount_total ?? 0, currency),
      at: new Date(session.created * 1000).toISOString(),
    },
  ];
}
