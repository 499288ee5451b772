import { AcmeClient, keyAuthorization, type AcmeIdentity } from '../src/acme/acme-client';
import { AcmeError } from '../src/acme/acme-error';
import { HttpsTransport, type AcmeCall, type AcmeTransport } from '../src/acme/acme-transport';
import { checkChain } from '../src/acme/certificate-chain';
import { makeCertificateRequest } from '../src/acme/certificate-request';
import { newAccountKeyPem, readAccountKey } from '../src/acme/jws';
import { startResponder } from './rig/challenge-responder';
import { DnsRig } from './rig/dns-rig';
import { describeWithPebble, PebbleRig } from './rig/pebble-rig';

/** Reads again until the answer is of the wanted kind; the authority works in the background. */
async function until<T>(read: () => Promise<T>, done: (value: T) => boolean): Promise<T> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const value = await read();
    if (done(value)) return value;
    await new Promise((resolve) => {
      setTimeout(resolve, 25);
    });
  }
  throw new Error('it never happened');
}

class CountingTransport implements AcmeTransport {
  readonly calls: AcmeCall[] = [];
  constructor(private readonly inner: AcmeTransport) {}
  exchange(call: AcmeCall) {
    this.calls.push(call);
    return this.inner.exchange(call);
  }
  close() {
    this.inner.close();
  }
}

describeWithPebble('the client against a real authority', () => {
  const answers = new Map<string, string>();
  let dns: DnsRig;
  let responder: Awaited<ReturnType<typeof startResponder>>;
  let pebble: PebbleRig;
  let transport: CountingTransport;
  let client: AcmeClient;

  beforeAll(async () => {
    dns = await DnsRig.start();
    responder = await startResponder(
      async (host, token) => answers.get(`${host} ${token}`) ?? null,
    );
    pebble = await PebbleRig.start({
      dnsServer: dns.address,
      httpPort: responder.port,
      nonceReject: 20,
      blocklist: ['blocked.test'],
    });
    transport = new CountingTransport(
      new HttpsTransport({ caPem: pebble.caPem, timeoutMs: 5_000 }),
    );
    client = new AcmeClient(pebble.directoryUrl, transport);
  });

  afterAll(async () => {
    transport.close();
    await pebble.stop();
    await responder.stop();
    await dns.stop();
  });

  async function register(pem = newAccountKeyPem()): Promise<AcmeIdentity> {
    const key = readAccountKey(pem);
    return { key, kid: (await client.newAccount(key, 'ops@example.test')).url };
  }

  /** Walks an order to `ready` or `invalid`, answering every challenge. */
  async function prove(identity: AcmeIdentity, host: string, proof?: string) {
    const order = await client.newOrder(identity, [host]);
    for (const url of order.body.authorizations) {
      const { body } = await client.getAuthorization(identity, url);
      const challenge = body.challenges.find((candidate) => candidate.type === 'http-01');
      const token = challenge?.token ?? '';
      answers.set(`${host} ${token}`, proof ?? keyAuthorization(identity.key, token));
      await client.respondToChallenge(identity, challenge?.url ?? '');
    }
    return until(
      () => client.getOrder(identity, order.url),
      (now) => now.body.status !== 'pending',
    );
  }

  it('gives the same account to the same key', async () => {
    const pem = newAccountKeyPem();
    const first = await register(pem);
    expect(first.kid).toMatch(/^https:/);
    expect((await register(pem)).kid).toBe(first.kid);
    expect((await register()).kid).not.toBe(first.kid);
  });

  it('issues a certificate that belongs to the key and the name', async () => {
    dns.set('shop.example.test', { A: ['127.0.0.1'] });
    const identity = await register();
    const { keyPem, csr } = await makeCertificateRequest(['shop.example.test']);
    const ready = await prove(identity, 'shop.example.test');
    expect(ready.body.status).toBe('ready');

    await client.finalize(identity, ready.body.finalize, csr);
    const valid = await until(
      () => client.getOrder(identity, ready.url),
      (now) => now.body.status === 'valid',
    );
    const chain = await client.certificate(identity, valid.body.certificate ?? '');

    const expected = { keyPem, names: ['shop.example.test'], now: new Date() };
    expect(checkChain(chain, expected)).toMatchObject({
      ok: true,
      facts: { names: ['shop.example.test'], issuer: expect.stringContaining('Pebble') },
    });
    const other = await makeCertificateRequest(['shop.example.test']);
    expect(checkChain(chain, { ...expected, keyPem: other.keyPem })).toMatchObject({
      problem: 'key-mismatch',
    });
    expect(checkChain(chain, { ...expected, names: ['x.test'] })).toMatchObject({
      problem: 'names-differ',
    });
    const year2100 = new Date('2100-01-01T00:00:00Z');
    expect(checkChain(chain, { ...expected, now: year2100 })).toMatchObject({
      problem: 'not-valid-now',
    });
  });

  it('tells what was wrong with a proof by type', async () => {
    dns.set('wrong.example.test', { A: ['127.0.0.1'] });
    const identity = await register();
    const order = await prove(identity, 'wrong.example.test', 'something else');
    expect(order.body.status).toBe('invalid');
    const [url = ''] = order.body.authorizations;
    const { body } = await client.getAuthorization(identity, url);
    expect(body.status).toBe('invalid');
    expect(body.challenges[0]?.error?.type).toContain('unauthorized');
  });

  it('reports refusals and faults as typed errors', async () => {
    const identity = await register();
    await expect(client.newOrder(identity, ['blocked.test'])).rejects.toMatchObject({
      operation: 'new-order',
      type: 'rejectedIdentifier',
      subproblems: [],
    });
    await expect(
      client.newOrder({ ...identity, kid: `${identity.kid}x` }, ['a.test']),
    ).rejects.toBeInstanceOf(AcmeError);

    const untrusting = new HttpsTransport({ caPem: null, timeoutMs: 5_000 });
    await expect(
      new AcmeClient(pebble.directoryUrl, untrusting).newAccount(identity.key, null),
    ).rejects.toMatchObject({ operation: 'directory', type: 'network', status: 0 });
    untrusting.close();
    await expect(client.newOrder(identity, ['a.test'], AbortSignal.abort())).rejects.toMatchObject({
      type: 'aborted',
    });
  });

  it('reuses the nonce of every answer', () => {
    const asked = transport.calls.filter((call) => call.operation === 'new-nonce').length;
    expect(asked).toBeLessThan(transport.calls.length / 4);
  });
});
