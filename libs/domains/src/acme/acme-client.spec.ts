import { createPublicKey, verify } from 'node:crypto';
import { AcmeClient } from './acme-client';
import { AcmeError, readRetryAfter } from './acme-error';
import type { AcmeAnswer, AcmeCall, AcmeTransport } from './acme-transport';
import { classifyError, classifyProblem } from './failure-class';
import { newAccountKeyPem, readAccountKey, signRequest } from './jws';

const now = new Date('2026-11-21T12:00:00Z');
const clock = { now: () => now };
const directory = {
  newNonce: 'https://ca.test/nonce',
  newAccount: 'https://ca.test/account',
  newOrder: 'https://ca.test/order',
};
const key = readAccountKey(newAccountKeyPem());
const identity = { key, kid: 'https://ca.test/acct/1' };

/** An authority that gives the scripted answers to POSTs, in order. */
class Scripted implements AcmeTransport {
  readonly calls: AcmeCall[] = [];
  private nonce = 0;
  constructor(private readonly script: Partial<AcmeAnswer>[]) {}
  async exchange(call: AcmeCall): Promise<AcmeAnswer> {
    this.calls.push(call);
    this.nonce += 1;
    const headers = { 'replay-nonce': `n${this.nonce}` };
    if (call.method === 'GET') return { status: 200, headers, text: JSON.stringify(directory) };
    if (call.method === 'HEAD') return { status: 200, headers, text: '' };
    const answer = this.script.shift() ?? { status: 500 };
    return {
      status: 200,
      text: '',
      ...answer,
      headers: { ...headers, ...answer.headers },
    };
  }
  close(): void {}
  nonces(): string[] {
    return this.calls
      .filter((call) => call.method === 'POST')
      .map((call) => {
        const { protected: head } = JSON.parse(call.body ?? '{}') as { protected: string };
        return (JSON.parse(Buffer.from(head, 'base64url').toString()) as { nonce: string }).nonce;
      });
  }
}

function problem(type: string, status: number, headers = {}): Partial<AcmeAnswer> {
  const body = { type: `urn:ietf:params:acme:error:${type}`, detail: 'because' };
  return { status, headers, text: JSON.stringify(body) };
}

const order = {
  status: 'pending',
  identifiers: [{ type: 'dns', value: 'a.test' }],
  authorizations: ['https://ca.test/authz/1'],
  finalize: 'https://ca.test/finalize/1',
};
const created: Partial<AcmeAnswer> = {
  status: 201,
  headers: { location: 'https://ca.test/order/1', 'retry-after': '7' },
  text: JSON.stringify(order),
};

describe('AcmeClient', () => {
  it('retries a refused nonce with the fresh one and gives the order with its address', async () => {
    const transport = new Scripted([problem('badNonce', 400), problem('badNonce', 400), created]);
    const client = new AcmeClient('https://ca.test/dir', transport, clock);
    await expect(client.newOrder(identity, ['a.test'])).resolves.toMatchObject({
      url: 'https://ca.test/order/1',
      body: { status: 'pending' },
      retryAfter: new Date('2026-11-21T12:00:07Z'),
    });
    const nonces = transport.nonces();
    expect(new Set(nonces).size).toBe(3);
    expect(transport.calls.filter((call) => call.method === 'HEAD')).toHaveLength(1);
  });

  it('gives up after five retries of a nonce', async () => {
    const transport = new Scripted(Array.from({ length: 9 }, () => problem('badNonce', 400)));
    const client = new AcmeClient('https://ca.test/dir', transport, clock);
    await expect(client.newOrder(identity, ['a.test'])).rejects.toMatchObject({ type: 'badNonce' });
    expect(transport.nonces()).toHaveLength(6);
  });

  it('hands Retry-After on and returns at once', async () => {
    const transport = new Scripted([problem('rateLimited', 429, { 'retry-after': '3600' })]);
    const client = new AcmeClient('https://ca.test/dir', transport, clock);
    const error: unknown = await client.newOrder(identity, ['a.test']).catch((e: unknown) => e);
    expect(error).toMatchObject({
      type: 'rateLimited',
      status: 429,
      detail: 'because',
      retryAfter: new Date('2026-11-21T13:00:00Z'),
    });
    expect(classifyError(error)).toBe('limited');
    expect(transport.nonces()).toHaveLength(1);
  });

  it.each([
    ['an HTML page', { status: 502, text: '<html>bad gateway</html>' }, 'protocol'],
    ['an order without addresses', { status: 201, text: '{"status":"pending"}' }, 'protocol'],
  ])('makes a typed error of %s', async (_name, answer, type) => {
    const client = new AcmeClient('https://ca.test/dir', new Scripted([answer]), clock);
    const error: unknown = await client.newOrder(identity, ['a.test']).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(AcmeError);
    expect(error).toMatchObject({ type, status: answer.status });
  });
});

describe('readRetryAfter', () => {
  it('reads seconds and dates, and nothing else', () => {
    expect(readRetryAfter('120', now)).toEqual(new Date('2026-11-21T12:02:00Z'));
    expect(readRetryAfter('Sat, 21 Nov 2026 14:00:00 GMT', now)).toEqual(
      new Date('2026-11-21T14:00:00Z'),
    );
    expect(readRetryAfter('soon', now)).toBeNull();
    expect(readRetryAfter(undefined, now)).toBeNull();
  });
});

describe('signRequest', () => {
  it('signs ES256 in the raw form over header and payload', () => {
    const jws = JSON.parse(
      signRequest(key, { url: 'https://ca.test/x', nonce: 'n', kid: null }, { a: 1 }),
    ) as Record<string, string>;
    const header = JSON.parse(
      Buffer.from(jws['protected'] ?? '', 'base64url').toString(),
    ) as object;
    expect(header).toEqual({ alg: 'ES256', nonce: 'n', url: 'https://ca.test/x', jwk: key.jwk });
    const signature = Buffer.from(jws['signature'] ?? '', 'base64url');
    expect(signature).toHaveLength(64);
    const data = Buffer.from(`${jws['protected']}.${jws['payload']}`);
    const publicKey = createPublicKey({ key: key.jwk, format: 'jwk' });
    expect(verify('sha256', data, { key: publicKey, dsaEncoding: 'ieee-p1363' }, signature)).toBe(
      true,
    );
  });
});

describe('classifyProblem', () => {
  const later = new Date('2026-11-21T13:00:00Z');
  it.each([
    ['rateLimited', 429, null, 'limited'],
    ['protocol', 503, later, 'limited'],
    ['protocol', 503, null, 'transient'],
    ['serverInternal', 500, null, 'transient'],
    ['network', 0, null, 'transient'],
    ['timeout', 0, null, 'transient'],
    ['orderNotReady', 403, null, 'transient'],
    ['unauthorized', 403, null, 'merchant'],
    ['connection', 400, null, 'merchant'],
    ['caa', 403, null, 'merchant'],
    ['dns', 400, null, 'merchant'],
    ['rejectedIdentifier', 400, null, 'permanent'],
    ['malformed', 400, null, 'ours'],
    ['badCSR', 400, null, 'ours'],
    ['accountDoesNotExist', 400, null, 'ours'],
    ['somethingNew', 400, null, 'ours'],
  ] as const)('%s %d -> %s', (type, status, retryAfter, expected) => {
    expect(classifyProblem(type, status, retryAfter)).toBe(expected);
  });
});
