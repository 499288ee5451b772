import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { isCurrency } from '@libs/kernel';
import { sameSecret } from '@platform/secrets';
import type { Fact } from '../../facts/fact';
import { callProvider } from '../http-call';
import {
  type ListedPayment,
  type PaymentProvider,
  type ProviderAccount,
  type ProviderClient,
  ProviderError,
  type ProviderEvent,
  WebhookRefused,
} from '../payment-provider';

const object = z.object({
  kind: z.enum(['auth', 'capture', 'refund', 'dispute']),
  id: z.string(),
  parentId: z.string().nullable(),
  status: z.string(),
  amountMinor: z.int(),
  currency: z.string(),
  at: z.string(),
  reason: z.string().nullable(),
  operationKey: z.string().nullable(),
  dueAt: z.string().nullable(),
});
const shown = z.object({
  id: z.string(),
  paymentId: z.string(),
  url: z.string(),
  objects: z.array(object),
});
const event = z.object({
  id: z.string(),
  type: z.string(),
  livemode: z.boolean(),
  account: z.string(),
  payment: shown.omit({ url: true }),
});
const refusal = z.object({ error: z.string() });

/** How old a webhook may be, seconds: what Stripe takes, too. */
const toleranceSeconds = 300;

/**
 * The provider of `apps/test-payments`: no real money, every fault on request.
 * @param url where it answers
 */
export function testProvider(url: string): PaymentProvider {
  return {
    code: 'test',
    title: 'Test payments',
    capabilities: {
      separateCapture: true,
      partialCapture: true,
      multiCapture: true,
      partialRefund: true,
      byHand: false,
      testOnly: true,
      keyHours: 24,
      takes: isCurrency,
      minMinor: () => 1,
    },
    secretKeys: [
      {
        name: 'secretKey',
        title: 'Secret key',
        startsWith: { test: ['test_sk_'], live: ['test_sk_'] },
      },
    ],
    publicKeys: [],
    open: (account) => new TestClient(url, account),
  };
}

class TestClient implements ProviderClient {
  private readonly secret: string;

  constructor(
    private readonly url: string,
    private readonly account: ProviderAccount,
  ) {
    this.secret = account.secretKeys.secretKey ?? '';
  }

  async begin({
    paymentId,
    money,
    capture,
    returnUrl,
    key,
  }: Parameters<ProviderClient['begin']>[0]) {
    const { webhookUrl } = this.account;
    const body = { paymentId, ...money, capture, returnUrl, webhookUrl };
    const made = await this.call('payments', key, body);
    return {
      ref: made.id,
      next: { kind: 'redirect' as const, url: made.url },
      facts: made.objects.map(toFact),
    };
  }

  async fetch(ref: string): Promise<Fact[]> {
    return (await this.call(`payments/${ref}`)).objects.map(toFact);
  }

  async list(since: Date): Promise<ListedPayment[]> {
    const path = `payments?since=${encodeURIComponent(since.toISOString())}`;
    const answer = await this.send(path);
    if (answer.status >= 400) throw new ProviderError('keys', 'bad_key');
    return z
      .array(shown)
      .parse(answer.body)
      .map(({ id, paymentId, objects }) => ({
        ref: id,
        paymentId,
        capturedMinor: succeeded(objects, 'capture'),
        refundedMinor: succeeded(objects, 'refund'),
      }));
  }

  async capture({ ref, money, final, key }: Parameters<ProviderClient['capture']>[0]) {
    const body = { amountMinor: money.amountMinor, final };
    return (await this.call(`payments/${ref}/capture`, key, body)).objects.map(toFact);
  }

  async cancel({ ref, key }: Parameters<ProviderClient['cancel']>[0]): Promise<Fact[]> {
    return (await this.call(`payments/${ref}/cancel`, key, {})).objects.map(toFact);
  }

  async refund({ ref, captureId, money, key }: Parameters<ProviderClient['refund']>[0]) {
    const body = { captureId, amountMinor: money.amountMinor };
    return (await this.call(`payments/${ref}/refund`, key, body)).objects.map(toFact);
  }

  async verifyWebhook(
    rawBody: Buffer,
    headers: Readonly<Record<string, string | undefined>>,
  ): Promise<ProviderEvent> {
    const [, at = '0', given = ''] =
      /^t=(\d+),v1=([0-9a-f]{64})$/.exec(headers['test-payments-signature'] ?? '') ?? [];
    const right = createHmac('sha256', this.secret).update(`${at}.`).update(rawBody).digest('hex');
    if (!sameSecret(given, right)) throw new WebhookRefused('signature');
    if (Math.abs(Date.now() / 1000 - Number(at)) > toleranceSeconds) {
      throw new WebhookRefused('timestamp');
    }
    const told = event.safeParse(JSON.parse(rawBody.toString('utf8')));
    if (!told.success) throw new WebhookRefused('form');
    const { id, type, payment, account, livemode } = told.data;
    if (account !== this.secret.slice(-8)) throw new WebhookRefused('account');
    if (livemode) throw new WebhookRefused('mode');
    const facts = payment.objects.map(toFact);
    return {
      eventId: id,
      type,
      paymentId: payment.paymentId,
      ref: payment.id,
      facts,
      payload: told.data,
    };
  }

  private async call(path: string, key?: string, body?: object): Promise<z.output<typeof shown>> {
    const answer = await this.send(path, key, body);
    if (answer.status === 401) throw new ProviderError('keys', 'bad_key');
    if (answer.status >= 400) {
      throw new ProviderError('refused', refusal.safeParse(answer.body).data?.error ?? 'refused');
    }
    return shown.parse(answer.body);
  }

  private send(path: string, key?: string, body?: object) {
    return callProvider({
      method: body === undefined ? 'GET' : 'POST',
      url: `${this.url}/${path}`,
      headers: {
        authorization: `Bearer ${this.secret}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(key === undefined ? {} : { 'idempotency-key': key }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  }
}

function succeeded(objects: readonly z.output<typeof object>[], kind: string): number {
  return objects
    .filter((each) => each.kind === kind && each.status === 'succeeded')
    .reduce((sum, { amountMinor }) => sum + amountMinor, 0);
}

function toFact(told: z.output<typeof object>): Fact {
  const { kind, id, status, amountMinor, currency, at, parentId, reason, operationKey, dueAt } =
    told;
  return {
    kind,
    objectId: id,
    status,
    money: { amountMinor, currency },
    at,
    ...(parentId === null ? {} : { parentId }),
    ...(reason === null ? {} : { reason }),
    ...(operationKey === null ? {} : { operationKey }),
    ...(dueAt === null ? {} : { dueAt }),
  } as Fact;
}
