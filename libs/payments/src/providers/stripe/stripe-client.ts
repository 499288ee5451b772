import StripeApi from 'stripe';
import type { Fact } from '../../facts/fact';
import { toProviderUnits } from '../exponents';
import {
  type BeginInput,
  type Begun,
  type CaptureInput,
  type ProviderAccount,
  type ProviderClient,
  type ListedPayment,
  ProviderError,
  type ProviderEvent,
  type RefundInput,
  WebhookRefused,
} from '../payment-provider';
import {
  disputeFact,
  idOf,
  intentFacts,
  listedIntent,
  metadataKeys,
  refundFact,
} from './stripe-facts';
import { isSession, sessionFacts, sessionOf } from './stripe-session';

/** How old a webhook may be, seconds. */
const toleranceSeconds = 300;

/** Stripe as one account sees it. */
export class StripeClient implements ProviderClient {
  constructor(
    private readonly stripe: StripeApi,
    private readonly account: ProviderAccount,
  ) {}

  async begin(input: BeginInput): Promise<Begun> {
    const { paymentId, money, capture, returnUrl, flow, key } = input;
    if (flow === 'redirect') return this.beginThere(input);
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
    const session = isSession(ref) ? await this.session(ref) : null;
    const intent = session
      ? (session.payment_intent as StripeApi.PaymentIntent | null)
      : await called(() => this.stripe.paymentIntents.retrieve(ref, { expand: ['latest_charge'] }));
    const facts = session ? sessionFacts(session) : intentFacts(intent!);
    // Only what was captured can have been refunded or disputed.
    if (!intent || intent.amount_received === 0) return facts;
    const of = { payment_intent: intent.id };
    const refunds = await called(() => this.stripe.refunds.list({ ...of, limit: 100 }));
    const disputes = await called(() => this.stripe.disputes.list({ ...of, limit: 10 }));
    return [...facts, ...refunds.data.map(refundFact), ...disputes.data.map(disputeFact)];
  }

  /** Stripe's list of intents; what went back of each stands at its charge. */
  list(since: Date): Promise<ListedPayment[]> {
    return called(async () => {
      const listed: ListedPayment[] = [];
      const created = { gte: Math.floor(since.getTime() / 1000) };
      const expand = ['data.latest_charge'];
      for await (const intent of this.stripe.paymentIntents.list({ created, limit: 100, expand }))
        listed.push(listedIntent(intent));
      return listed;
    });
  }

  async capture({ ref, money, key }: CaptureInput): Promise<Fact[]> {
    const intentId = await this.intentOf(ref);
    if (intentId === null) throw new ProviderError('refused', 'nothing_authorized');
    return this.orAsBefore(ref, key, () =>
      this.stripe.paymentIntents.capture(
        intentId,
        {
          amount_to_capture: toProviderUnits('stripe', money),
          metadata: { [metadataKeys.operation]: key },
        },
        { idempotencyKey: key },
      ),
    );
  }

  /** A page that is open at Stripe is closed; what was authorized is let go. */
  async cancel({ ref, key }: { ref: string; key: string }): Promise<Fact[]> {
    if (isSession(ref) && (await this.session(ref)).status === 'open') {
      await this.close(ref, key);
    }
    const intentId = await this.intentOf(ref);
    if (intentId === null) return this.fetch(ref);
    return this.orAsBefore(ref, null, () =>
      this.stripe.paymentIntents.cancel(intentId, {}, { idempotencyKey: key }),
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
      const isOurs = object.object === 'payment_intent' || object.object === 'checkout.session';
      const ref = (isOurs ? object.id : idOf(object.payment_intent)) ?? null;
      const paymentId = (isOurs && object.metadata?.[metadataKeys.payment]) || null;
      return { eventId, type, paymentId, ref, facts: 'fetch', payload: { id: eventId, type, ref } };
    });
  }

  private async beginThere(input: BeginInput): Promise<Begun> {
    const { id, url } = await called(() =>
      this.stripe.checkout.sessions.create(sessionOf(input), { idempotencyKey: input.key }),
    );
    if (!url) throw new ProviderError('refused', 'no_page');
    return { ref: id, next: { kind: 'redirect', url }, facts: [] };
  }

  private session(ref: string): Promise<StripeApi.Checkout.Session> {
    return called(() =>
      this.stripe.checkout.sessions.retrieve(ref, { expand: ['payment_intent.latest_charge'] }),
    );
  }

  /** The intent's id; null for a page on which nobody has tried to pay. */
  private async intentOf(ref: string): Promise<string | null> {
    return isSession(ref) ? (idOf((await this.session(ref)).payment_intent) ?? null) : ref;
  }

  /** What Stripe refuses because the shopper was faster is told by the facts that follow. */
  private async close(ref: string, key: string): Promise<void> {
    try {
      await called(() =>
        this.stripe.checkout.sessions.expire(ref, {}, { idempotencyKey: `${key}:page` }),
      );
    } catch (error) {
      if (!(error instanceof ProviderError) || error.kind !== 'refused') throw error;
    }
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
