import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import StripeApi from 'stripe';

type Row = Record<string, unknown> & { id: string };

/** What the next requests to a path run into. */
interface Trouble {
  path: RegExp;
  status: number;
  error: Record<string, string>;
  /** The request is carried out and its answer lost. */
  afterEffect?: boolean;
}

/**
 * As much of Stripe's API as we use, with its forms, statuses and keys: the real client library talks to it. Shoppers
 * are played by `authorize`, `fail` and `challenge`.
 */
export class FakeStripe {
  readonly intents = new Map<string, Row>();
  readonly refunds: Row[] = [];
  readonly disputes: Row[] = [];
  readonly requests: string[] = [];
  readonly troubles: Trouble[] = [];
  private readonly answers = new Map<string, { form: string; body: Row }>();
  private readonly server: Server;
  private count = 0;

  constructor() {
    this.server = createServer((request, response) => {
      this.answer(request)
        .then(({ status, body }) => {
          if (status === 0) return response.destroy();
          response.writeHead(status, { 'content-type': 'application/json', 'request-id': 'req_1' });
          return response.end(JSON.stringify(body));
        })
        .catch(() => response.destroy());
    });
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  listen(): Promise<void> {
    return new Promise((done) => {
      this.server.listen(0, '127.0.0.1', done);
    });
  }

  close(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((done) => {
      this.server.close(() => done());
    });
  }

  /** The shopper's bank says yes. */
  authorize(id: string): void {
    const intent = this.intents.get(id)!;
    if (intent.capture_method === 'manual') {
      Object.assign(intent, { status: 'requires_capture', amount_capturable: intent.amount });
    } else Object.assign(intent, { status: 'succeeded', amount_received: intent.amount });
    intent.last_payment_error = null;
  }

  /** The shopper's bank says no. */
  fail(id: string, code: string): void {
    const error = { code: 'card_declined', decline_code: code };
    Object.assign(this.intents.get(id)!, {
      status: 'requires_payment_method',
      last_payment_error: error,
    });
  }

  /** The shopper's bank wants to know more. */
  challenge(id: string): void {
    this.intents.get(id)!.status = 'requires_action';
  }

  /** An event with its signature. */
  event(
    type: string,
    object: Row,
    secret: string,
    { livemode = false, timestamp }: { livemode?: boolean; timestamp?: number } = {},
  ) {
    const event = { id: this.newId('evt'), object: 'event', type, livemode, data: { object } };
    const payload = JSON.stringify(event);
    const signature = StripeApi.webhooks.generateTestHeaderString({ payload, secret, timestamp });
    return { rawBody: Buffer.from(payload), headers: { 'stripe-signature': signature } };
  }

  private async answer(request: IncomingMessage): Promise<{ status: number; body?: unknown }> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const form = Buffer.concat(chunks).toString();
    const path = new URL(request.url ?? '/', 'http://stripe').pathname;
    this.requests.push(`${request.method} ${path}`);
    if (!request.headers.authorization?.startsWith('Bearer sk_test_good')) {
      return failure(401, { type: 'invalid_request_error', message: 'Invalid API Key' });
    }
    const place = this.troubles.findIndex((trouble) => trouble.path.test(path));
    const [trouble] = place < 0 ? [] : this.troubles.splice(place, 1);
    if (trouble && !trouble.afterEffect) return failure(trouble.status, trouble.error);
    const key = request.headers['idempotency-key'];
    const before = typeof key === 'string' ? this.answers.get(key) : undefined;
    if (before && before.form !== form)
      return failure(400, { type: 'idempotency_error', message: 'Keys differ' });
    const outcome = before
      ? { status: 200, body: before.body }
      : this.carryOut(request, path, new URLSearchParams(form));
    if (typeof key === 'string' && outcome.status === 200) {
      this.answers.set(key, { form, body: structuredClone(outcome.body as Row) });
    }
    return trouble?.afterEffect ? { status: 0 } : outcome;
  }

  private carryOut(request: IncomingMessage, path: string, form: URLSearchParams) {
    const [, , resource, id = '', verb] = path.split('/');
    if (resource === 'payment_intents' && id === '')
      return { status: 200, body: this.newIntent(form) };
    if (resource === 'payment_intents') return this.changeIntent(id, verb, form);
    if (resource === 'refunds' && request.method === 'POST') return this.refund(form);
    const of = new URL(request.url ?? '', 'http://stripe').searchParams.get('payment_intent');
    const rows = resource === 'refunds' ? this.refunds : this.disputes;
    const data = rows.filter(({ payment_intent }) => payment_intent === of);
    return { status: 200, body: { object: 'list', data, has_more: false, url: path } };
  }

  private newIntent(form: URLSearchParams): Row {
    const id = this.newId('pi');
    const intent: Row = {
      id,
      object: 'payment_intent',
      amount: Number(form.get('amount')),
      amount_capturable: 0,
      amount_received: 0,
      currency: form.get('currency'),
      capture_method: form.get('capture_method'),
      client_secret: `${id}_secret_x`,
      status: 'requires_payment_method',
      created: 1_760_000_000,
      canceled_at: null,
      cancellation_reason: null,
      last_payment_error: null,
      metadata: metadataOf(form),
    };
    this.intents.set(id, intent);
    return intent;
  }

  private changeIntent(id: string, verb: string | undefined, form: URLSearchParams) {
    const intent = this.intents.get(id);
    if (!intent) return failure(404, { type: 'invalid_request_error', code: 'resource_missing' });
    const moved = { type: 'invalid_request_error', code: 'payment_intent_unexpected_state' };
    if (verb === 'capture') {
      if (intent.status !== 'requires_capture') return failure(400, moved);
      const amount_received = Number(form.get('amount_to_capture') ?? intent.amount);
      Object.assign(intent, { status: 'succeeded', amount_received, amount_capturable: 0 });
      Object.assign(intent.metadata as object, metadataOf(form));
    }
    if (verb === 'cancel') {
      if (intent.status === 'succeeded' || intent.status === 'canceled') return failure(400, moved);
      const canceled = { status: 'canceled', canceled_at: 1_760_000_100, amount_capturable: 0 };
      Object.assign(intent, canceled);
    }
    return { status: 200, body: intent };
  }

  private refund(form: URLSearchParams) {
    const payment_intent = form.get('payment_intent') ?? '';
    const refund: Row = {
      id: this.newId('re'),
      object: 'refund',
      payment_intent,
      amount: Number(form.get('amount')),
      currency: this.intents.get(payment_intent)?.currency,
      status: 'succeeded',
      created: 1_760_000_200,
      metadata: metadataOf(form),
    };
    this.refunds.push(refund);
    return { status: 200, body: refund };
  }

  private newId(prefix: string): string {
    this.count += 1;
    return `${prefix}_${this.count}_${Math.random().toString(36).slice(2)}`;
  }
}

function metadataOf(form: URLSearchParams): Record<string, string> {
  return Object.fromEntries(
    [...form].flatMap(([name, value]) => {
      const key = /^metadata\[(\w+)\]$/.exec(name)?.[1];
      return key === undefined ? [] : [[key, value]];
    }),
  );
}

function failure(status: number, error: Record<string, string>) {
  return { status, body: { error } };
}
