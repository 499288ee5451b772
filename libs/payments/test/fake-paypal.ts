import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Movement {
  id: string;
  status: string;
  amount: { currency_code: string; value: string };
  create_time: string;
  expiration_time?: string;
  invoice_id?: string;
  links: { rel: string; href: string }[];
}

interface Patch {
  op: string;
  path: string;
  value: unknown;
}

interface Order {
  id: string;
  status: string;
  intent: string;
  create_time: string;
  links: { rel: string; href: string }[];
  payment_source: {
    paypal: {
      experience_context: { return_url: string; cancel_url: string; shipping_preference: string };
      email_address?: string;
    };
  };
  purchase_units: {
    custom_id?: string;
    amount: Movement['amount'];
    payments?: { authorizations: Movement[]; captures: Movement[]; refunds: Movement[] };
  }[];
}

const at = '2026-11-21T12:00:00Z';

/** As much of PayPal's REST API as we use: OAuth, orders v2, payments v2, the check of webhooks. */
export class FakePayPal {
  readonly orders = new Map<string, Order>();
  readonly requests: string[] = [];
  /** Paths whose next answer is lost after the effect. */
  readonly lose: RegExp[] = [];
  /** The next taking of an order is declined. */
  declines = 0;
  /** So many changes of an order are refused. */
  patchRefusals = 0;
  /** So many of the tokens given out so far are good no more. */
  private revoked = 0;
  /** How many tokens were given out. */
  tokens = 0;
  private readonly answers = new Map<string, string>();
  private readonly server: Server;
  private count = 0;

  constructor() {
    this.server = createServer((request, response) => {
      this.answer(request)
        .then(({ status, text }) => {
          if (status === 0) return response.destroy();
          return response.writeHead(status, { 'content-type': 'application/json' }).end(text);
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

  /** The shopper presses "Pay now". */
  approve(id: string, told: { email?: string; shipping?: object } = {}): void {
    const order = this.orders.get(id)!;
    order.status = 'APPROVED';
    const { experience_context } = order.payment_source.paypal;
    if (experience_context.shipping_preference !== 'GET_FROM_FILE') return;
    order.payment_source.paypal = {
      experience_context,
      ...(told.email === undefined ? {} : { email_address: told.email }),
    };
    if (told.shipping) Object.assign(order.purchase_units[0]!, { shipping: told.shipping });
  }

  /** Takes every token back that was given out, before its time. */
  revokeTokens(): void {
    this.revoked = this.tokens;
  }

  /** The request with which PayPal tells of it; `good` is what its own check will say. */
  event(event_type: string, resource: object, good = true) {
    const event = { id: this.newId('WH'), event_type, resource };
    const headers = {
      'paypal-cert-url': 'https://api.paypal.com/v1/notifications/certs/one',
      'paypal-transmission-sig': good ? 'good' : 'bad',
      'paypal-transmission-id': 'one',
      'paypal-transmission-time': at,
      'paypal-auth-algo': 'SHA256withRSA',
    };
    return { rawBody: Buffer.from(JSON.stringify(event)), headers };
  }

  private async answer(request: IncomingMessage): Promise<{ status: number; text: string }> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString();
    const path = request.url ?? '/';
    this.requests.push(`${request.method} ${path}`);
    if (path === '/v1/oauth2/token') {
      const good = request.headers.authorization === `Basic ${btoa('client-1:secret-1')}`;
      if (!good) return json(401, { error: 'invalid_client' });
      this.tokens += 1;
      return json(200, { access_token: `token-${this.tokens}`, expires_in: 32_400 });
    }
    const number = Number(/^Bearer token-(\d+)$/.exec(request.headers.authorization ?? '')?.[1]);
    if (!(number > this.revoked && number <= this.tokens))
      return json(401, { name: 'AUTHENTICATION_FAILURE' });
    const key = `${path} ${String(request.headers['paypal-request-id'])}`;
    const before =
      request.headers['paypal-request-id'] === undefined ? undefined : this.answers.get(key);
    const outcome =
      before === undefined
        ? this.carryOut(
            path,
            request.method ?? 'GET',
            body === '' ? {} : (JSON.parse(body) as never),
          )
        : { status: 200, text: before };
    if (request.method === 'POST' && outcome.status < 400) this.answers.set(key, outcome.text);
    const lost = this.lose.findIndex((each) => each.test(path));
    if (lost >= 0) {
      this.lose.splice(lost, 1);
      return { status: 0, text: '' };
    }
    return outcome;
  }

  private carryOut(path: string, method: string, input: Record<string, never>) {
    const [, version, area, collection, id = '', verb] = path.split('/');
    if (area === 'notifications') {
      const status =
        input.transmission_sig === 'good' && input.webhook_id === 'webhook-1'
          ? 'SUCCESS'
          : 'FAILURE';
      return json(200, { verification_status: status });
    }
    if (area === 'reporting') return json(200, this.transactions());
    if (version !== 'v2') return json(404, { name: 'NOT_FOUND' });
    if (collection === 'orders') return this.order(id, verb, method, input);
    return this.movement(collection ?? '', id, verb ?? '', input);
  }

  /** What moved money, as the transaction search tells it. */
  private transactions() {
    const of = (unit: Order['purchase_units'][number], movement: Movement, isRefund: boolean) => ({
      transaction_info: {
        transaction_id: movement.id,
        transaction_event_code: isRefund ? 'T1107' : 'T0006',
        transaction_status: 'S',
        transaction_amount: isRefund
          ? { ...movement.amount, value: `-${movement.amount.value}` }
          : movement.amount,
        ...(isRefund
          ? {
              paypal_reference_id: movement.links[0]?.href.split('/').at(-1),
              paypal_reference_id_type: 'TXN',
            }
          : { custom_field: unit.custom_id }),
      },
    });
    const units = [...this.orders.values()].flatMap((order) => order.purchase_units);
    const transaction_details = units.flatMap((unit) => [
      ...(unit.payments?.captures ?? []).map((each) => of(unit, each, false)),
      ...(unit.payments?.refunds ?? []).map((each) => of(unit, each, true)),
    ]);
    return { transaction_details, total_pages: 1 };
  }

  private order(
    id: string,
    verb: string | undefined,
    method: string,
    input: Record<string, never>,
  ) {
    if (id === '') return json(201, this.newOrder(input));
    const order = this.orders.get(id);
    if (!order) return refusal(404, 'INVALID_RESOURCE_ID');
    if (method === 'GET') return json(200, order);
    if (method === 'PATCH') return this.patch(order, input as unknown as Patch[]);
    if (order.status !== 'APPROVED') return refusal(422, 'ORDER_NOT_APPROVED');
    if (this.declines > 0) {
      this.declines -= 1;
      return refusal(422, 'INSTRUMENT_DECLINED');
    }
    const [unit] = order.purchase_units;
    order.status = 'COMPLETED';
    const made = this.newMovement(verb === 'authorize' ? 'CREATED' : 'COMPLETED', unit!.amount, []);
    const isAuth = verb === 'authorize';
    unit!.payments = {
      authorizations: isAuth ? [made] : [],
      captures: isAuth ? [] : [made],
      refunds: [],
    };
    return json(201, order);
  }

  /** As PayPal does: an order that is over does not change, and no other member than these two is asked for. */
  private patch(order: Order, changes: Patch[]) {
    if (order.status === 'COMPLETED') return refusal(422, 'ORDER_ALREADY_COMPLETED');
    if (this.patchRefusals > 0) {
      this.patchRefusals -= 1;
      return refusal(422, 'AMOUNT_CHANGE_NOT_ALLOWED');
    }
    for (const { path, value } of changes) {
      const member = /^\/purchase_units\/@reference_id=='default'\/(amount|custom_id)$/.exec(path);
      if (!member) return refusal(400, 'INVALID_PATCH_PATH');
      Object.assign(order.purchase_units[0]!, { [member[1]!]: value });
    }
    return json(204, null);
  }

  private movement(
    collection: string,
    id: string,
    verb: string,
    input: { amount?: Movement['amount']; invoice_id?: string; final_capture?: boolean },
  ) {
    for (const {
      purchase_units: [unit],
    } of this.orders.values()) {
      const payments = unit?.payments;
      const row = [...(payments?.authorizations ?? []), ...(payments?.captures ?? [])].find(
        (each) => each.id === id,
      );
      if (!payments || !row) continue;
      if (verb === 'void') {
        row.status = 'VOIDED';
        return json(204, null);
      }
      const links = [{ rel: 'up', href: `https://api.paypal.com/v2/payments/${collection}/${id}` }];
      const made = {
        ...this.newMovement('COMPLETED', input.amount!, links),
        invoice_id: input.invoice_id,
      };
      if (verb === 'refund') payments.refunds.push(made);
      else {
        if (row.status === 'VOIDED') return refusal(422, 'AUTHORIZATION_VOIDED');
        row.status = input.final_capture ? 'CAPTURED' : 'PARTIALLY_CAPTURED';
        payments.captures.push(made);
      }
      return json(201, made);
    }
    return refusal(404, 'INVALID_RESOURCE_ID');
  }

  private newOrder(input: Record<string, never>): Order {
    const id = this.newId('O');
    const links = [{ rel: 'payer-action', href: `https://www.paypal.com/checkoutnow?token=${id}` }];
    const order = {
      ...(input as unknown as Order),
      id,
      status: 'PAYER_ACTION_REQUIRED',
      create_time: at,
      links,
    };
    this.orders.set(id, order);
    return order;
  }

  private newMovement(
    status: string,
    amount: Movement['amount'],
    links: Movement['links'],
  ): Movement {
    const kept = new Date(Date.parse(at) + 29 * 86_400_000).toISOString().replace('.000', '');
    const end = status === 'CREATED' ? { expiration_time: kept } : {};
    return { id: this.newId('M'), status, amount, create_time: at, ...end, links };
  }

  private newId(prefix: string): string {
    this.count += 1;
    return `${prefix}-${this.count}`;
  }
}

function json(status: number, body: unknown): { status: number; text: string } {
  return { status, text: body === null ? '' : JSON.stringify(body) };
}

function refusal(status: number, issue: string) {
  return json(status, { name: 'UNPROCESSABLE_ENTITY', details: [{ issue }] });
}
