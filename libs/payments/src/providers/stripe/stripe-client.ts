import StripeApi from 'stripe';
import type { Fact } from '../../facts/fact';
import { toProviderUnits } from '../exponents';
import {
  type BeginInput,
  type Begun,
  type CaptureInput,
  type ProviderAccount,
  type ProviderClient,
  ProviderError,
  type ProviderEvent,
  type RefundInput,
  WebhookRefused,
} from '../payment-provider';
import { disputeFact, idOf, intentFacts, metadataKeys, refundFact } from './stripe-facts';

/** How old a webhook may be, seconds. */
const toleranceSeconds = 300;

/** Stripe as one account sees it. */
export class StripeClient implements ProviderClient {
  constructor(
    private readonly stripe: StripeApi,
    private readonly account: ProviderAccount,
  ) {}

  async begin({ paymentId, money, capture, returnUrl, key }: BeginInput): Promise<Begun> {
    const intent = await called(() =>
      this.stripe.paymentIntents.create(
        {
          amount: toProviderUnits('stripe', money),
          currency: money.currency.toLowerCase(),
          capture_method: capture === 'later' ? 'manual' : 'automatic',
          automatic_payment_methods: { enabled: true },
          metadata: { [metadataKeys.payment]: paymentId },
        },
        { idempotencyKey: key },
      ),
    );
    const publicData = {
      publishableKey: this.account.publicKeys.publishableKey ?? '',
      clientSecret: intent.client_secret ?? '',
      returnUrl,
    };
    return { ref: intent.id, next: { kind: 'browser', publicData }, facts: intentFacts(intent) };
  }

  async fetch(ref: string): Promise<Fact[]> {
    const intent = await called(() => this.stripe.paymentIntents.retrieve(ref));
    const facts = intentFacts(intent);
    // Only what was captured can have been refunded or disputed.
    if (intent.amount_received === 0) return facts;
    const refunds = await called(() =>
      this.stripe.refunds.list({ payment_intent: ref, limit: 100 }),
    );
    const disputes = await called(() =>
      this.stripe.disputes.list({ payment_intent: ref, limit: 10 }),
    );
    return [...facts, ...refunds.data.map(refundFact), ...disputes.data.map(disputeFact)];
  }

  capture({ ref, money, key }: CaptureInput): Promise<Fact[]> {
    return this.orAsBefore(ref, key, () =>
      this.stripe.paymentIntents.capture(
        ref,
        {
          amount_to_capture: toProviderUnits('stripe', money),
          metadata: { [metadataKeys.operation]: key },
        },
        { idempotencyKey: key },
      ),
    );
  }

  cancel({ ref, key }: { ref: string; key: string }): Promise<Fact[]> {
    return this.orAsBefore(ref, null, () =>
      this.stripe.paymentIntents.cancel(ref, {}, { idempotencyKey: key }),
    );
  }

  async refund({ captureId, money, key }: RefundInput): Promise<Fact[]> {
    const refund = await called(() =>
      this.stripe.refunds.create(
        {
          payment_intent: captureId,
          amount: toProviderUnits('stripe', money),
          metadata: { [metadataKeys.operation]: key },
        },
        { idempotencyKey: key },
      ),
    );
    return [refundFact(refund)];
  }

  verifyWebhook(
    rawBody: Buffer,
    headers: Readonly<Record<string, string | undefined>>,
  ): Promise<ProviderEvent> {
    return Promise.resolve().then(() => {
      const event = this.verified(rawBody, headers['stripe-signature'] ?? '');
      if (event.livemode === this.account.testMode) throw new WebhookRefused('mode');
      // An event of an account that is connected to this one is none of the store's.
      if (event.account) throw new WebhookRefused('account');
      const { id: eventId, type } = event;
      const object = event.data.object as unknown as TellingObject;
      const isIntent = object.object === 'payment_intent';
      const ref = (isIntent ? object.id : idOf(object.payment_intent)) ?? null;
      const paymentId = (isIntent && object.metadata?.[metadataKeys.payment]) || null;
      return { eventId, type, paymentId, ref, facts: 'fetch', payload: { id: eventId, type, ref } };
    });
  }

  /** Signed with the account's secret, or with the one before it while both are in use. */
  private verified(rawBody: Buffer, signature: string): StripeApi.Event {
    const { webhookSecret = '', previousWebhookSecret } = this.account.secretKeys;
    const secrets = [webhookSecret, previousWebhookSecret].filter((secret) => secret !== undefined);
    let refused: unknown;
    for (const secret of secrets) {
      try {
        return this.stripe.webhooks.constructEvent(rawBody, signature, secret, toleranceSeconds);
      } catch (error) {
        refused = error;
      }
    }
    const isOld = refused instanceof Error && /tolerance/.test(refused.message);
    throw new WebhookRefused(isOld ? 'timestamp' : 'signature');
  }

  /**
   * Carries a change out. When Stripe says that the intent is not in a state for it, what it is in may be what was
   * wanted: an earlier request may have come through after its key was forgotten.
   * @param key of a capture, which must be its own; null for a cancellation, which any end answers
   */
  private async orAsBefore(
    ref: string,
    key: string | null,
    change: () => Promise<StripeApi.PaymentIntent>,
  ): Promise<Fact[]> {
    try {
      return intentFacts(await called(change));
    } catch (error) {
      const moved =
        error instanceof ProviderError && error.reason === 'payment_intent_unexpected_state';
      if (!moved) throw error;
      const facts = await this.fetch(ref);
      const isDone = key === null || facts.some(({ operationKey }) => operationKey === key);
      if (isDone) return facts;
      throw new ProviderError('refused', error.reason, facts, { cause: error });
    }
  }
}

/** The members of an event's object that tell whose it is. */
interface TellingObject {
  object: string;
  id: string;
  payment_intent?: string | { id: string } | null;
  metadata?: Record<string, string>;
}

async function called<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw error instanceof StripeApi.errors.StripeError ? translate(error) : error;
  }
}

function translate(error: InstanceType<typeof StripeApi.errors.StripeError>): ProviderError {
  const { StripeAuthenticationError, StripePermissionError, StripeCardError } = StripeApi.errors;
  const reason = error.decline_code ?? error.code ?? error.type;
  if (error instanceof StripeAuthenticationError || error instanceof StripePermissionError) {
    return new ProviderError('keys', reason, [], { cause: error });
  }
  const isRefused =
    error instanceof StripeCardError ||
    (error.statusCode !== undefined && [400, 402, 404].includes(error.statusCode));
  return new ProviderError(isRefused ? 'refused' : 'unknown', reason, [], { cause: error });
}
