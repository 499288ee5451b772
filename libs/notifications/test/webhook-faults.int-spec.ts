import { createServer } from 'node:https';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeliveryQueue } from '../src/webhooks/delivery-queue.service';
import { checkWebhookAddress } from '../src/webhooks/webhook-address';
import { WebhookRecorder } from '../src/webhooks/webhook-recorder.service';
import { openWebhookLab, type WebhookLab } from './webhook-lab';

describe('webhooks whose receiver does not do its part', () => {
  let hooks: WebhookLab;

  beforeAll(async () => {
    hooks = await openWebhookLab();
  });
  beforeEach(() => hooks.renew());
  afterAll(() => hooks.close());

  const state = async (path: string) => (await hooks.call(`GET ${path}`)).body;
  const sequences = () => hooks.receiver.got.map((one) => Number(one.said('sequence')));

  it('lose nothing while it is down for two days, and catch up at once when it is back', async () => {
    const { path } = await hooks.listen(['customers/create']);
    hooks.receiver.answer = (response) => response.writeHead(503).end('down');
    for (let n = 0; n < 12; n += 1) await hooks.aCustomer(`down${n}`);
    let asked = 0;
    for (let hour = 0; hour < 48; hour += 4) {
      await hooks.lab.drain();
      asked = hooks.receiver.got.length;
      await hooks.pass(4);
    }
    // A receiver that fails is asked with one at a time, not with all that wait.
    expect(asked).toBeLessThan(40);
    expect(await state(path)).toMatchObject({ state: 'active', pending: 12 });
    hooks.receiver.answer = (response) => response.end();
    hooks.receiver.got.length = 0;
    await hooks.lab.drain();
    expect(new Set(sequences())).toEqual(new Set([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]));
    expect(sequences()).toHaveLength(12);
    expect(await state(path)).toMatchObject({ pending: 0, failures: 0, failingSince: null });
  });

  it('pause after three days, tell the owner, and send all of it when they are active again', async () => {
    const { path } = await hooks.listen(['customers/create']);
    hooks.receiver.answer = (response) => response.writeHead(500).end();
    await hooks.aCustomer('gone1');
    for (let hour = 0; hour <= 80; hour += 8) {
      await hooks.lab.drain();
      await hooks.pass(8);
    }
    await hooks.aCustomer('gone2');
    await hooks.lab.drain();
    expect(await state(path)).toMatchObject({
      state: 'paused',
      pauseReason: 'failing',
      pending: 2,
    });
    const mails = await mailsTo(hooks.merchant.email);
    expect(mails).toHaveLength(1);
    expect(mails[0]).toContain(hooks.receiver.address);
    hooks.receiver.answer = (response) => response.end();
    hooks.receiver.got.length = 0;
    await hooks.call(`PATCH ${path}`, { state: 'active' });
    await hooks.lab.drain();
    expect(new Set(sequences())).toEqual(new Set([1, 2]));
  });

  it('let one that is refused for its own sake not stand before the others', async () => {
    const { path } = await hooks.listen(['customers/create']);
    hooks.receiver.answer = (response, { body }) => {
      response.writeHead(body.includes('poison') ? 500 : 200).end();
    };
    await hooks.aCustomer('poison');
    for (let hour = 0; hour < 80; hour += 4) {
      await hooks.aCustomer(`fine${hour}`);
      await hooks.lab.drain();
      await hooks.pass(4);
    }
    await hooks.lab.drain();
    const { body } = await hooks.call(`GET ${path}/deliveries?state=failed`);
    expect(body.items).toMatchObject([{ sequence: 1, lastStatus: 500 }]);
    expect(await state(path)).toMatchObject({ state: 'active', pending: 0 });
    const tries = sequences().filter((one) => one === 1);
    expect(tries.length).toBeGreaterThan(10);
    expect(
      new Set(
        hooks.receiver.got
          .filter((one) => one.said('sequence') === '1')
          .map((one) => one.said('event-id')),
      ).size,
    ).toBe(1);
  });

  it('pause when it says 410, with nothing lost', async () => {
    const { path } = await hooks.listen(['customers/create']);
    hooks.receiver.answer = (response) => response.writeHead(410).end();
    await hooks.aCustomer('h1');
    await hooks.lab.drain();
    expect(await state(path)).toMatchObject({ state: 'paused', pauseReason: 'gone', pending: 1 });
    expect(await mailsTo(hooks.merchant.email)).toHaveLength(1);
  });

  it('take a huge answer for what its status says, and keep its beginning', async () => {
    const { path } = await hooks.listen(['customers/create']);
    hooks.receiver.answer = (response) => response.end('x'.repeat(3_000_000));
    await hooks.aCustomer('i1');
    await hooks.lab.drain();
    const { body } = await hooks.call(`GET ${path}/deliveries`);
    const { body: one } = await hooks.call(`GET ${path}/deliveries/${body.items[0].id}`);
    expect(one.state).toBe('delivered');
    expect(one.log[0].responseExcerpt).toHaveLength(2_000);
  });

  it('follow no redirect, and try again what was redirected', async () => {
    const { path } = await hooks.listen(['customers/create']);
    hooks.receiver.answer = (response) =>
      response.writeHead(302, { location: hooks.receiver.address }).end();
    await hooks.aCustomer('j1');
    await hooks.lab.drain();
    expect(hooks.receiver.got).toHaveLength(1);
    const { body } = await hooks.call(`GET ${path}/deliveries`);
    expect(body.items).toMatchObject([{ state: 'pending', lastStatus: 302, attempts: 1 }]);
  });

  it('give up an attempt after ten seconds, and have few under way', async () => {
    const { path } = await hooks.listen(['customers/create']);
    hooks.receiver.answer = () => undefined;
    for (let n = 0; n < 6; n += 1) await hooks.aCustomer(`slow${n}`);
    await hooks.lab.drain();
    expect(hooks.receiver.mostAtOnce).toBeLessThanOrEqual(4);
    const { body } = await hooks.call(`GET ${path}/deliveries`);
    expect(
      body.items.filter((one: { attempts: number }) => one.attempts > 0).length,
    ).toBeGreaterThan(3);
    expect(body.items.at(-1).lastError).toContain('did not answer within 10 s');
  }, 60_000);

  it('refuse a certificate that nobody trusts', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'caravel-tls-'));
    const file = (name: string) => join(folder, name);
    const wish = 'req -x509 -newkey rsa:2048 -nodes -days 1 -subj /CN=localhost'.split(' ');
    const files = ['-keyout', file('key'), '-out', file('cert')];
    execFileSync('openssl', [...wish, ...files], { stdio: 'ignore' });
    const server = createServer({
      key: await readFile(file('key')),
      cert: await readFile(file('cert')),
    });
    try {
      let asked = 0;
      server.on('request', () => (asked += 1)).listen(0, '127.0.0.1');
      await once(server, 'listening');
      const { port } = server.address() as AddressInfo;
      const { path } = await hooks.listen(['customers/create'], `https://127.0.0.1:${port}/`);
      await hooks.aCustomer('k1');
      await hooks.lab.drain();
      const { body } = await hooks.call(`GET ${path}/deliveries`);
      expect(body.items).toMatchObject([{ state: 'pending', lastStatus: null, attempts: 1 }]);
      expect(asked).toBe(0);
    } finally {
      server.close();
      await rm(folder, { recursive: true, force: true });
    }
  });

  it('are sent once more by another process after a kill between sending and noting it', async () => {
    const { id, path } = await hooks.listen(['customers/create']);
    await hooks.aCustomer('l1');
    await hooks.lab.drain();
    const { storeId } = hooks.merchant;
    await hooks.call(`POST ${path}/replays`, {});
    const queue = hooks.lab.app.get(DeliveryQueue, { strict: false });
    const [held] = await queue.claim(storeId, id);
    // Whoever took it is dead; nobody else may have it before its hold ends.
    await hooks.lab.drain();
    expect(hooks.receiver.got).toHaveLength(1);
    await hooks.pass(1);
    await hooks.lab.drain();
    const [first, second] = hooks.receiver.got;
    expect(second?.said('event-id')).toBe(first?.said('event-id'));
    expect(second?.said('delivery-id')).toBe(held?.deliveryId);
    expect((await state(path)).pending).toBe(0);
  });

  it('are written down once when the reaction runs twice', async () => {
    const { path } = await hooks.listen(['customers/create']);
    const { storeId } = hooks.merchant;
    const recorder = hooks.lab.app.get(WebhookRecorder, { strict: false });
    const context = {
      storeId,
      jobId: crypto.randomUUID(),
      attempt: 1,
      signal: new AbortController().signal,
    };
    const topic = 'customers/create';
    const facts = [{ topic, resourceId: 'a', payload: { id: 'a' } } as const];
    const react = () => recorder.react(context, [topic], () => Promise.resolve([...facts]));
    await Promise.all([react(), react(), react()]);
    await react();
    await hooks.lab.drain();
    expect(sequences()).toEqual([1]);
    expect((await hooks.call(`GET ${path}/deliveries`)).body.items).toHaveLength(1);
  });

  it.each([
    'http://example.com/',
    'https://127.0.0.1/',
    'https://[::1]/',
    'https://10.1.2.3/',
    'https://169.254.169.254/latest/meta-data',
    'https://localhost/',
    'https://shop.localhost/',
    'https://example.com:8443/',
    'https://user:secret@example.com/',
  ])('are not to be had at %s outside of development', (address) => {
    expect(() => checkWebhookAddress(address, false)).toThrow('cannot receive webhooks');
  });

  const mailsTo = async (address: string): Promise<string[]> => {
    const { MailboxMailer, Mailer } = await import('@platform/mail');
    const mailer = hooks.lab.app.get(Mailer, { strict: false });
    if (!(mailer instanceof MailboxMailer)) throw new Error('Mails are not kept.');
    return (await mailer.list()).filter(({ to }) => to === address).map(({ text }) => text);
  };
});
