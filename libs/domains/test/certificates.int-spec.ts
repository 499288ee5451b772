import { X509Certificate } from 'node:crypto';
import { Client } from 'pg';
import type { AcmeClient } from '../src/acme/acme-client';
import { AcmeError } from '../src/acme/acme-error';
import { CertificateStore, HostDirectory } from '../src/renderer';
import { DAY } from '../src/machine/timing';
import { aMachine, obey, openTown, workUntil, type Machine, type Town } from './rig/machine-lab';
import { describeWithPebble } from './rig/pebble-rig';

jest.setTimeout(180_000);

describeWithPebble('certificates by a real authority', () => {
  let town: Town;
  let owner: Client;
  const made: Machine[] = [];

  beforeAll(async () => {
    town = await openTown({ authority: true });
    owner = new Client({ connectionString: town.lab.ownerUrl });
    await owner.connect();
  });
  afterEach(() => {
    for (const { authority } of made.splice(0)) authority.onModuleDestroy();
  });
  afterAll(async () => {
    await owner.end();
    await town.close();
  });

  function machine(...between: Parameters<typeof aMachine> extends [unknown, ...infer R] ? R : []) {
    const one = aMachine(town.lab, ...between);
    made.push(one);
    return one;
  }

  async function connect(one: Machine, storeId: string, host: string) {
    const { lab, dns } = town;
    const view = await lab.db.write(storeId, (s) => one.hostnames.connectHostname(s, host));
    obey(dns, view);
    return view.id;
  }

  async function tally(id: string) {
    const { rows } = await owner.query<Record<string, number>>(
      `SELECT (SELECT count(*)::int FROM certificates WHERE hostname_id = $1) AS certificates,
              (SELECT count(*)::int FROM cert_orders WHERE hostname_id = $1 AND state = 'stored') AS stored,
              (SELECT count(*)::int FROM cert_orders WHERE hostname_id = $1 AND state <> 'stored') AS others,
              (SELECT count(*)::int FROM outbox_events WHERE name = 'domains.certificate-stored'
                AND payload->>'hostnameId' = $1::text) AS events,
              (SELECT count(*)::int FROM acme_challenges c JOIN cert_orders o ON o.id = c.order_id
                WHERE o.hostname_id = $1) AS challenges`,
      [id],
    );
    return rows[0];
  }

  const whole = { certificates: 1, stored: 1, others: 0, events: 1, challenges: 0 };

  it('goes from a claim to a served certificate by CNAME, and by TXT at an apex', async () => {
    const storeId = await town.lab.aStore();
    const one = machine();
    const directory = town.lab.get(HostDirectory);
    const certificates = town.lab.get(CertificateStore);
    for (const [host, method] of [
      ['shop.example.test', 'cname'],
      ['example.test', 'txt'],
    ] as const) {
      const id = await connect(one, storeId, host);
      expect(await directory.lookup(host)).toBeNull();
      const view = await workUntil(one, storeId, id, (now) => now.state === 'active');
      expect(view).toMatchObject({
        hostname: host,
        ownership: { status: 'verified', method },
        routing: { status: 'ok' },
        certificate: { status: 'valid', issuer: expect.stringContaining('Pebble'), problem: null },
      });
      expect(await tally(id)).toEqual(whole);

      const served = await certificates.certificateFor(host.toUpperCase());
      const leaf = new X509Certificate(served?.certPem ?? '');
      expect(leaf.checkHost(host)).toBe(host);
      expect(served?.keyPem).toContain('PRIVATE KEY');
    }
    expect(await directory.primaryHostOf(storeId)).toBe('shop.example.test');
    expect(await directory.lookup('example.test')).toMatchObject({
      storeId,
      serves: 'https',
      redirectTo: 'shop.example.test',
    });
    expect(await directory.lookup('shop.example.test')).toMatchObject({ redirectTo: null });
    expect(await certificates.certificateFor('other.example.test')).toBeNull();
  });

  it('keeps keys sealed at rest and forgets the order’s copy', async () => {
    const { rows } = await owner.query<{ sealed: string; left: number }>(
      `SELECT string_agg(coalesce(c.key_sealed, '') || a.key_sealed, ' ') AS sealed,
              (SELECT count(*)::int FROM cert_orders WHERE key_sealed IS NOT NULL) AS left
       FROM certificates c, acme_accounts a`,
    );
    expect(rows[0]?.left).toBe(0);
    expect(rows[0]?.sealed).toMatch(/^v1/);
    expect(rows[0]?.sealed).not.toContain('PRIVATE KEY');
  });

  it('survives a kill after every single call: one certificate, one event', async () => {
    const storeId = await town.lab.aStore();
    let calls = 0;
    for (let killAt = 1; ; killAt += 1) {
      const host = `k${killAt}.example.test`;
      const mortal = new Mortal(killAt);
      const first = machine({ db: (db) => mortal.watch(db), client: (acme) => mortal.watch(acme) });
      const id = await connect(first, storeId, host);
      const death = await workUntil(first, storeId, id, ({ state }) => state === 'active').then(
        () => null,
        (error: unknown) => error,
      );
      if (death !== null) expect(death).toBeInstanceOf(Killed);

      const second = machine({}, first.clock);
      await workUntil(second, storeId, id, ({ state }) => state === 'active');
      expect({ killAt, last: mortal.last, ...(await tally(id)) }).toEqual({
        killAt,
        last: mortal.last,
        ...whole,
      });
      calls = mortal.count;
      if (death === null) break;
    }
    // Fewer would mean that the straight path was not walked.
    expect(calls).toBeGreaterThan(20);
  });

  it('four workers on one hostname make one certificate', async () => {
    const storeId = await town.lab.aStore();
    const workers = [machine(), machine(), machine(), machine()];
    const [leader] = workers;
    if (!leader) throw new Error('unreachable');
    const id = await connect(leader, storeId, 'crowd.example.test');
    await Promise.all(
      workers.map((one) => workUntil(one, storeId, id, ({ state }) => state === 'active')),
    );
    expect(await tally(id)).toEqual(whole);
  });

  it('goes on when the authority has looked at a challenge already and refuses to be asked again', async () => {
    const storeId = await town.lab.aStore();
    const one = machine({
      client: (acme) =>
        instead(acme, 'respondToChallenge', async (original, identity, url, signal) => {
          // The answer to the first call was lost, and the challenge is judged before the second.
          await original(identity, url, signal);
          for (let seen = 'pending'; seen === 'pending' || seen === 'processing';) {
            seen = (await original(identity, url, signal)).body.status;
          }
          return original(identity, url, signal);
        }),
    });
    const id = await connect(one, storeId, 'twice.example.test');
    await workUntil(one, storeId, id, ({ state }) => state === 'active');
    expect(await tally(id)).toEqual(whole);
  });

  it('renews at a third of the lifetime and goes on serving meanwhile', async () => {
    const storeId = await town.lab.aStore();
    const one = machine();
    const id = await connect(one, storeId, 'renew.example.test');
    await workUntil(one, storeId, id, ({ state }) => state === 'active');
    const certificates = town.lab.get(CertificateStore);
    const before = await certificates.certificateFor('renew.example.test');

    const { rows } = await owner.query<{ renew_at: Date; not_before: Date; not_after: Date }>(
      'SELECT renew_at, not_before, not_after FROM certificates WHERE hostname_id = $1',
      [id],
    );
    const row = rows[0];
    if (!row) throw new Error('no certificate');
    const lifetime = row.not_after.getTime() - row.not_before.getTime();
    expect(row.not_after.getTime() - row.renew_at.getTime()).toBeCloseTo(lifetime / 3, -4);

    one.clock.forward(row.renew_at.getTime() - one.clock.now().getTime() + DAY);
    const states: string[] = [];
    await workUntil(one, storeId, id, async (view) => {
      states.push(view.state);
      const served = await certificates.certificateFor('renew.example.test');
      return served?.certPem !== before?.certPem;
    });
    expect(new Set(states)).toEqual(new Set(['active']));
    expect(await tally(id)).toMatchObject({ certificates: 2, stored: 2, events: 2 });
    const after = await certificates.certificateFor('renew.example.test');
    expect(after?.certPem).not.toBe(before?.certPem);
    expect(after?.keyPem).not.toBe(before?.keyPem);
  });

  it('says what the authority saw when a validation fails, and tries again later', async () => {
    const storeId = await town.lab.aStore();
    const one = machine({
      client: (acme) =>
        instead(acme, 'respondToChallenge', async (original, ...args) => {
          await owner.query('DELETE FROM acme_challenges');
          return original(...args);
        }),
    });
    const id = await connect(one, storeId, 'fails.example.test');
    const view = await workUntil(one, storeId, id, (now) => now.certificate.problem !== null);
    expect(view).toMatchObject({
      state: 'verified',
      certificate: { status: 'failed', problem: { type: 'unauthorized' } },
    });
    const wait = Date.parse(view.certificate.retryAt ?? '') - one.clock.now().getTime();
    expect(wait).toBeGreaterThan(50_000);
    expect(wait).toBeLessThanOrEqual(60_000);
    const healthy = machine({}, one.clock);
    await workUntil(healthy, storeId, id, ({ state }) => state === 'active');
    expect(await tally(id)).toEqual({ ...whole, others: 1 });
  });

  it('is blocked by a refusal of policy until somebody asks again', async () => {
    town.dns.zone('blocked.test');
    const storeId = await town.lab.aStore();
    const one = machine();
    const id = await connect(one, storeId, 'blocked.test');
    const view = await workUntil(one, storeId, id, ({ state }) => state === 'blocked');
    expect(view.certificate).toMatchObject({
      status: 'blocked',
      problem: { type: 'rejectedIdentifier' },
    });
    one.clock.forward(11_000);
    const asked = await town.lab.db.write(storeId, (s) => one.hostnames.requestCheck(s, id));
    expect(asked.state).toBe('verified');
  });

  it('keeps to Retry-After, counts no attempt, and lets other domains go on', async () => {
    town.dns.zone('limited.test');
    const storeId = await town.lab.aStore();
    const scenario = { limited: true };
    const one = machine({
      client: (acme) =>
        instead(acme, 'newOrder', (original, ...args) => {
          if (!scenario.limited || !args[1].includes('limited.test')) return original(...args);
          const retryAfter = new Date(one.clock.now().getTime() + 3_600_000);
          return Promise.reject(refusal('new-order', 'rateLimited', 429, retryAfter));
        }),
    });
    const id = await connect(one, storeId, 'limited.test');
    const view = await workUntil(one, storeId, id, (now) => now.certificate.retryAt !== null);
    expect(view).toMatchObject({
      state: 'issuing',
      certificate: { problem: { type: 'rateLimited' } },
    });
    const wait = Date.parse(view.certificate.retryAt ?? '') - one.clock.now().getTime();
    expect(wait).toBeGreaterThan(3_590_000);

    const other = await connect(one, storeId, 'free.example.test');
    await workUntil(one, storeId, other, ({ state }) => state === 'active');
    scenario.limited = false;
    one.clock.forward(4_000_000);
    await workUntil(one, storeId, id, ({ state }) => state === 'active');
    expect(await tally(id)).toEqual(whole);
  });

  it('registers the same key again when the authority forgot the account', async () => {
    const storeId = await town.lab.aStore();
    await owner.query(`UPDATE acme_accounts SET kid = kid || 'x'`);
    const one = machine();
    const id = await connect(one, storeId, 'forgotten.example.test');
    await workUntil(one, storeId, id, ({ state }) => state === 'active');
    const { rows } = await owner.query<{ kid: string }>('SELECT kid FROM acme_accounts');
    expect(rows).toHaveLength(1);
    expect(rows[0]?.kid).not.toMatch(/x$/);
  });

  it('serves no certificate rather than a wrong one when a key cannot be opened', async () => {
    const storeId = await town.lab.aStore();
    const one = machine();
    const id = await connect(one, storeId, 'damaged.example.test');
    await workUntil(one, storeId, id, ({ state }) => state === 'active');
    // Another row's sealed key opens nowhere else.
    await owner.query(
      `UPDATE certificates SET key_sealed = (SELECT key_sealed FROM certificates WHERE hostname_id <> $1
         AND key_sealed IS NOT NULL LIMIT 1) WHERE hostname_id = $1`,
      [id],
    );
    const store = town.lab.get(CertificateStore);
    await expect(store.certificateFor('damaged.example.test')).rejects.toMatchObject({
      code: 'secrets.refused',
    });
  });

  it('puts an order off when its key cannot be opened, and goes on when it can', async () => {
    const storeId = await town.lab.aStore();
    let sealed = '';
    const one = machine({
      client: (acme) =>
        instead(acme, 'finalize', async (original, ...args) => {
          const { rows } = await owner.query<{ key_sealed: string }>(
            'SELECT key_sealed FROM cert_orders WHERE hostname_id = $1',
            [id],
          );
          sealed = rows[0]?.key_sealed ?? '';
          await owner.query('UPDATE cert_orders SET key_sealed = $2 WHERE hostname_id = $1', [
            id,
            `${sealed.slice(0, -4)}AAAA`,
          ]);
          return original(...args);
        }),
    });
    const id = await connect(one, storeId, 'lockedout.example.test');
    const view = await workUntil(one, storeId, id, (now) => now.certificate.problem !== null);
    expect(view).toMatchObject({
      state: 'issuing',
      certificate: { problem: { type: expect.stringMatching(/^secrets\./) } },
    });
    await owner.query('UPDATE cert_orders SET key_sealed = $2 WHERE hostname_id = $1', [
      id,
      sealed,
    ]);
    one.clock.forward(3_600_000);
    await workUntil(one, storeId, id, ({ state }) => state === 'active');
    expect(await tally(id)).toEqual(whole);
  });

  it('stores nothing when the hostname was removed while the authority worked', async () => {
    const storeId = await town.lab.aStore();
    const one = machine({
      client: (acme) =>
        instead(acme, 'certificate', async (original, ...args) => {
          await town.lab.db.write(storeId, (s) => one.hostnames.disconnectHostname(s, id));
          return original(...args);
        }),
    });
    const id = await connect(one, storeId, 'gone.example.test');
    await expect(workUntil(one, storeId, id, () => false)).rejects.toMatchObject({
      code: 'domains.hostname-missing',
    });
    expect(await tally(id)).toEqual({ ...whole, certificates: 0, stored: 0, others: 1, events: 0 });
    expect(await town.lab.get(CertificateStore).certificateFor('gone.example.test')).toBeNull();
  });
});

class Killed extends Error {}

/** Dies after its nth call: the call took effect, and nothing after it happens any more. */
class Mortal {
  count = 0;
  last = '';
  constructor(private readonly killAt: number) {}

  watch<T extends object>(target: T): T {
    return new Proxy(target, {
      get: (object, name) => {
        const value: unknown = Reflect.get(object, name, object);
        if (typeof value !== 'function') return value;
        return async (...args: unknown[]) => {
          if (this.count >= this.killAt) throw new Killed(this.last);
          this.count += 1;
          this.last = String(name);
          const result: unknown = await Reflect.apply(value, object, args);
          if (this.count >= this.killAt) throw new Killed(this.last);
          return result;
        };
      },
    });
  }
}

/** Puts something of the test's own in the place of one method. */
function instead<K extends 'newOrder' | 'respondToChallenge' | 'finalize' | 'certificate'>(
  client: AcmeClient,
  method: K,
  replacement: (
    original: AcmeClient[K],
    ...args: Parameters<AcmeClient[K]>
  ) => ReturnType<AcmeClient[K]>,
): AcmeClient {
  return new Proxy(client, {
    get: (object, name) => {
      const value: unknown = Reflect.get(object, name, object);
      if (typeof value !== 'function') return value;
      const original = value.bind(object) as AcmeClient[K];
      if (name !== method) return original;
      return (...args: Parameters<AcmeClient[K]>) => replacement(original, ...args);
    },
  });
}

function refusal(operation: string, type: string, status: number, retryAfter: Date | null) {
  return new AcmeError({ operation, type, status, retryAfter, detail: 'test', subproblems: [] });
}
