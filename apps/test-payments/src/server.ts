import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { AnswerFault, BehaviourPatch } from './behaviour';
import { Books, type BookPayment } from './books';
import { type Choice, Counter, Refusal } from './counter';
import { payPage } from './page';
import { WebhookSender } from './webhook-sender';

/** How to run the test provider. */
export interface TestPaymentsOptions {
  /** 0 for any free one. */
  port: number;
  bind: string;
  /** Where its books are kept; null for in memory only. */
  file: string | null;
  /** Under which a browser reaches it; without it `http://localhost:<port>`. */
  url?: string;
}

interface Answer {
  status: number;
  body?: unknown;
  html?: string;
  location?: string;
}

type Verb = AnswerFault['on'];

/**
 * A payment provider for development and tests: it moves no money, keeps books of its own, and goes wrong in every way
 * that it is told to.
 */
export class TestPaymentsServer {
  readonly books: Books;
  readonly counter: Counter;
  readonly sender = new WebhookSender();
  private readonly server: Server;
  private readonly faults = new Map<string, AnswerFault[]>();

  constructor(private readonly options: TestPaymentsOptions) {
    this.books = new Books(options.file);
    this.counter = new Counter(this.books, this.sender);
    this.server = createServer((request, response) => {
      this.handle(request, response).catch((error: unknown) => {
        send(response, { status: 500, body: { error: String(error) } });
      });
    });
  }

  /** Under which it is reached. */
  get url(): string {
    return this.options.url ?? `http://localhost:${(this.server.address() as AddressInfo).port}`;
  }

  /** Begins to answer. @throws EADDRINUSE when the port is taken */
  async listen(): Promise<void> {
    await new Promise<void>((done, fail) => {
      this.server.once('error', fail);
      this.server.listen(this.options.port, this.options.bind, done);
    });
  }

  /** Stops answering and sending. */
  async close(): Promise<void> {
    this.counter.close();
    this.server.closeAllConnections();
    await this.sender.close();
    await new Promise<void>((done) => {
      this.server.close(() => done());
    });
  }

  /** How it is to treat an account, by the account's secret key. */
  behave(account: string, wish: BehaviourPatch): void {
    this.faults.set(
      account,
      (wish.answers ?? []).map((fault) => ({ ...fault })),
    );
    this.counter.behave(account, wish);
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString('utf8');
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://provider');
    const [, first = '', id = '', verb = ''] = pathname.split('/');
    if (first === 'health') return send(response, { status: 200, body: { ok: true } });
    if (first === 'pay') return send(response, await this.visit(id, request.method ?? 'GET', body));
    const account = /^Bearer (test_sk_\w+)$/.exec(request.headers.authorization ?? '')?.[1];
    if (account === undefined) return send(response, { status: 401, body: { error: 'bad_key' } });
    if (first === 'control') return send(response, await this.control(account, id, body));
    if (first === 'payments' && id === '' && request.method === 'GET') {
      const since = searchParams.get('since') ?? '';
      const made = this.books.list(account).filter(({ createdAt }) => createdAt >= since);
      return send(response, { status: 200, body: made.map((payment) => this.shown(payment)) });
    }
    if (first === 'payments') {
      const call = {
        account,
        id,
        verb,
        body,
        key: String(request.headers['idempotency-key'] ?? ''),
      };
      return this.answered(call, request.method === 'GET' ? 'fetch' : verbOf(id, verb), response);
    }
    send(response, { status: 404, body: { error: 'not_found' } });
  }

  /** Carries the call out, once for each key, and spoils the answer if it is told to. */
  private async answered(
    call: { account: string; id: string; verb: string; body: string; key: string },
    on: Verb,
    response: ServerResponse,
  ): Promise<void> {
    const fault = this.takeFault(call.account, on);
    if (fault?.fault === 'slow') await wait(fault.ms ?? 1000);
    if (fault?.fault === 'lost_before_effect') return void response.destroy();
    if (fault?.fault === 'http500') return send(response, { status: 500, body: { error: 'oops' } });
    if (fault?.fault === 'busy') return send(response, { status: 429, body: { error: 'busy' } });
    if (fault?.fault === 'unauthorized')
      return send(response, { status: 401, body: { error: 'bad_key' } });
    const key = `${call.account} ${call.key}`;
    const kept = on === 'fetch' ? null : this.books.answerTo(key);
    const answer = kept ?? (await this.carryOut(call, on));
    if (on !== 'fetch' && kept === null) {
      this.books.keepAnswer(key, { status: answer.status, body: answer.body });
    }
    if (fault?.fault === 'lost_after_effect') return void response.destroy();
    send(response, answer);
  }

  private async carryOut(
    { account, id, body, key }: { account: string; id: string; body: string; key: string },
    on: Verb,
  ): Promise<Answer> {
    const input = (body === '' ? {} : JSON.parse(body)) as Record<string, never>;
    try {
      if (on === 'begin') {
        const payment = this.books.open({ ...(input as unknown as BookPayment), account });
        return { status: 201, body: this.shown(payment) };
      }
      const payment = this.books.find(id);
      if (payment?.account !== account) throw new Refusal(404, 'no_such_payment');
      const part = input as unknown as { amountMinor: number; final: boolean; captureId: string };
      if (on === 'capture') await this.counter.capture(payment, { ...part, key });
      if (on === 'cancel') await this.counter.cancel(payment);
      if (on === 'refund') await this.counter.refund(payment, { ...part, key });
      return { status: 200, body: this.shown(payment) };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return { status: error.status, body: { error: error.code } };
    }
  }

  private async visit(id: string, method: string, body: string): Promise<Answer> {
    const payment = this.books.find(id);
    if (!payment) return { status: 404, html: '<p>There is no such payment.</p>' };
    if (method !== 'POST') return { status: 200, html: payPage(payment) };
    await this.counter.choose(
      payment,
      (new URLSearchParams(body).get('choice') ?? 'pay') as Choice,
    );
    const again = payment.page === 'challenge' ? `/pay/${id}` : payment.returnUrl;
    return { status: 303, location: again };
  }

  private async control(account: string, what: string, body: string): Promise<Answer> {
    const input = (body === '' ? {} : JSON.parse(body)) as Record<string, unknown>;
    if (what === 'behaviour') this.behave(account, input);
    const seed = typeof input.seed === 'number' ? input.seed : null;
    if (what === 'release') return { status: 200, body: { sent: await this.sender.release(seed) } };
    if (what === 'settle') return { status: 200, body: { settled: this.counter.settle() } };
    if (what === 'books') return { status: 200, body: this.books.list(account) };
    return { status: what === 'behaviour' ? 200 : 404, body: {} };
  }

  private shown({ id, paymentId, page, objects }: BookPayment) {
    return { id, paymentId, page, url: `${this.url}/pay/${id}`, objects };
  }

  private takeFault(account: string, on: Verb): AnswerFault | null {
    const fault = this.faults.get(account)?.find((each) => each.on === on && each.times > 0);
    if (fault) fault.times -= 1;
    return fault ?? null;
  }
}

function verbOf(id: string, verb: string): Verb {
  if (id === '') return 'begin';
  return verb === 'capture' || verb === 'cancel' ? verb : 'refund';
}

function send(response: ServerResponse, { status, body, html, location }: Answer): void {
  const type = html === undefined ? 'application/json' : 'text/html; charset=utf-8';
  response
    .writeHead(status, {
      'content-type': type,
      'cache-control': 'no-store',
      ...(location === undefined ? {} : { location }),
    })
    .end(html ?? (body === undefined ? '' : JSON.stringify(body)));
}
