import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import StripeApi from 'stripe';
import { bankFrame, cardFrame, hostedPage, standInScript } from './fake-stripe-pages';

type Row = Record<string, unknown> & { id: string };

interface Answer {
  status: number;
  body?: unknown;
  /** Of answers to browsers, whose body is text. */
  headers?: Record<string, string>;
}

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
  /** Until when banks keep what they authorized, seconds since the epoch. */
  captureBefore: number | undefined;
  readonly intents = new Map<string, Row>();
  readonly sessions = new Map<string, Row>();
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
        .then(({ status, body, headers }) => {
          if (status === 0) return response.destroy();
          const json = { 'content-type': 'application/json', 'request-id': 'req_1' };
          response.writeHead(status, headers ?? json);
          return response.end(headers ? body : JSON.stringify(body));
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

  private async answer(request: IncomingMessage): Promise<Answer> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const form = Buffer.concat(chunks).toString();
    const path = new URL(request.url ?? '/', 'http://stripe').pathname;
    this.requests.push(`${request.method} ${path}`);
    if (!path.startsWith('/v1/')) return this.forBrowsers(request, path, new URLSearchParams(form));
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
    if (resource === 'checkout') return this.session(path, form);
    if (resource === 'payment_intents' && id === '' && request.method === 'GET')
      return { status: 200, body: this.listed(path) };
    if (resource === 'payment_intents' && id === '')
      return { status: 200, body: this.newIntent(form) };
    const expanded = new URL(request.url ?? '', 'http://stripe').searchParams.get('expand[0]');
    if (resource === 'payment_intents' && request.method === 'GET' && expanded === 'latest_charge')
      return this.withCharge(this.changeIntent(id, verb, form));
    if (resource === 'payment_intents') return this.changeIntent(id, verb, form);
    if (resource === 'refunds' && request.method === 'POST') return this.refund(form);
    const of = new URL(request.url ?? '', 'http://stripe').searchParams.get('payment_intent');
    const rows = resource === 'refunds' ? this.refunds : this.disputes;
    const data = rows.filter(({ payment_intent }) => payment_intent === of);
    return { status: 200, body: { object: 'list', data, has_more: false, url: path } };
  }

  /** What browsers load: the script, its frames, the confirmation and the page of a session. */
  private forBrowsers(request: IncomingMessage, path: string, form: URLSearchParams): Answer {
    const html = { 'content-type': 'text/html' };
    if (path === '/stripe.js')
      return {
        status: 200,
        body: standInScript(this.url),
        headers: { 'content-type': 'text/javascript' },
      };
    if (path === '/field') return { status: 200, body: cardFrame, headers: html };
    if (path === '/bank') return { status: 200, body: bankFrame, headers: html };
    if (path === '/confirm') {
      const headers = { 'content-type': 'application/json', 'access-control-allow-origin': '*' };
      return { status: 200, body: JSON.stringify(this.confirm(form)), headers };
    }
    const session = this.sessions.get(path.split('/').at(-1) ?? '');
    if (!session) return { status: 404, body: '', headers: html };
    const told = request.method === 'POST' ? this.choose(session, form.get('choice') ?? '') : '';
    if (session.status === 'complete')
      return { status: 303, body: '', headers: { location: String(session.success_url) } };
    return { status: 200, body: hostedPage(String(session.cancel_url), told), headers: html };
  }

  /** The last digits of the card say what its bank says. */
  private confirm(form: URLSearchParams): { status?: string; error?: string } {
    const secret = form.get('clientSecret');
    const intent = [...this.intents.values()].find(({ client_secret }) => client_secret === secret);
    const same =
      intent?.amount === Number(form.get('amount')) &&
      intent.currency === form.get('currency') &&
      intent.capture_method === form.get('capture');
    if (!intent || !same) return { error: 'The elements and the intent differ.' };
    const card = form.get('card') ?? '';
    if (card.endsWith('3155') && !form.has('bank')) {
      this.challenge(intent.id);
      return { status: 'requires_action' };
    }
    if (card.endsWith('0002') || form.get('bank') === 'no') {
      this.fail(intent.id, 'generic_decline');
      return { error: 'Your card was declined.' };
    }
    this.authorize(intent.id);
    return { status: 'requires_capture' };
  }

  private session(path: string, form: URLSearchParams): Answer {
    const [, , , , id = '', verb] = path.split('/');
    if (id === '') return { status: 200, body: this.newSession(form) };
    const session = this.sessions.get(id);
    if (!session) return failure(404, { type: 'invalid_request_error', code: 'resource_missing' });
    if (verb === 'expire') {
      if (session.status !== 'open') return failure(400, { type: 'invalid_request_error' });
      session.status = 'expired';
    }
    const intent = this.intents.get(String(session.payment_intent));
    return { status: 200, body: { ...session, payment_intent: intent ?? null } };
  }

  private newSession(form: URLSearchParams): Row {
    const id = this.newId('cs_test');
    const line = 'line_items[0][price_data]';
    const session: Row = {
      id,
      object: 'checkout.session',
      status: 'open',
      url: `${this.url}/c/pay/${id}`,
      amount_total: Number(form.get(`${line}[unit_amount]`)),
      currency: form.get(`${line}[currency]`),
      payment_intent: null,
      capture_method: form.get('payment_intent_data[capture_method]'),
      metadata: metadataOf(form),
      success_url: form.get('success_url'),
      cancel_url: form.get('cancel_url'),
      created: 1_760_000_000,
    };
    this.sessions.set(id, session);
    return session;
  }

  /** What the shopper does on the page of a session. */
  choose(session: Row, choice: string): string {
    const asked = new URLSearchParams({
      amount: String(session.amount_total),
      currency: String(session.currency),
      capture_method: String(session.capture_method),
    });
    session.payment_intent ??= Object.assign(this.newIntent(asked), {
      metadata: session.metadata,
    }).id;
    const id = String(session.payment_intent);
    if (choice !== 'pay') {
      this.fail(id, 'generic_decline');
      return 'Your card was declined.';
    }
    this.authorize(id);
    session.status = 'complete';
    return '';
  }

  /** An intent with its charge, which tells until when the card's bank keeps the money. */
  private withCharge({ body, ...answer }: Answer): Answer {
    const intent = body as Row;
    if (intent.status !== 'requires_capture') return { ...answer, body };
    const card = { capture_before: this.captureBefore };
    const latest_charge = { id: `ch_${intent.id}`, payment_method_details: { card } };
    return { ...answer, body: { ...intent, latest_charge } };
  }

  /** All intents, each with its charge, as `expand` asks for. */
  private listed(path: string) {
    const data = [...this.intents.values()].map((intent) => {
      const refunds = this.refunds.filter(({ payment_intent }) => payment_intent === intent.id);
      const amount_refunded = refunds.reduce((sum, { amount }) => sum + Number(amount), 0);
      return { ...intent, latest_charge: { id: `ch_${intent.id}`, amount_refunded } };
    });
    return { object: 'list', data, has_more: false, url: path };
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

function failure(status: number, error: Record<string, string>): Answer {
  return { status, body: { error } };
}
