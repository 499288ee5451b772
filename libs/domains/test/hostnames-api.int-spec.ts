import { DomainsApiModule } from '@api/domains';
import { IdentityApiModule } from '@api/identity';
import { StoresApiModule } from '@api/stores';
import { DomainsWorkerModule } from '@worker/domains';
import { type ApiLab, type Merchant, openApiLab } from '@testing';
import { DnsRig } from './rig/dns-rig';
import { EDGE_ADDRESS } from './rig/machine-lab';

interface RecordRow {
  type: string;
  name: string;
  value: string;
  required: boolean;
}

describe('a merchant and a hostname', () => {
  let lab: ApiLab;
  let dns: DnsRig;
  let anna: Merchant;
  let bert: Merchant;

  beforeAll(async () => {
    dns = await DnsRig.start();
    dns.zone('example.test').zone('edge.localhost');
    lab = await openApiLab(
      [IdentityApiModule, StoresApiModule, DomainsApiModule, DomainsWorkerModule],
      { DNS_RESOLVERS: dns.address, CARAVEL_EDGE_ADDRESSES: EDGE_ADDRESS },
    );
    anna = await lab.aMerchant();
    bert = await lab.aMerchant();
  });
  afterAll(async () => {
    await lab.close();
    await dns.stop();
  });

  const as = (who: Merchant, route: string, body?: unknown, storeId = who.storeId) => {
    const [method, path = ''] = route.split(' ');
    return lab.call(`${method} /stores/${storeId}/hostnames${path}`, { token: who.token, body });
  };
  const connect = async (who: Merchant, hostname: string) =>
    (await as(who, 'POST', { hostname })).body.id as string;

  it('is told which records to set, and what is seen', async () => {
    const created = await as(anna, 'POST', { hostname: ' Shop.Example.test. ' });
    expect(created.status).toBe(201);
    expect(created.body).toMatchObject({
      hostname: 'shop.example.test',
      state: 'awaiting_dns',
      ownership: { status: 'pending', method: null },
      routing: { status: 'unknown' },
      certificate: { status: 'none' },
      primary: false,
    });
    const records = created.body.records as RecordRow[];
    expect(records).toEqual([
      expect.objectContaining({ type: 'CNAME', name: 'shop.example.test', required: true }),
      expect.objectContaining({
        type: 'TXT',
        name: '_shopverify.shop.example.test',
        required: false,
      }),
    ]);
    expect(records[0]?.value).toMatch(/^t-[0-9a-f]{20}\.edge\.localhost$/);

    await lab.drain();
    const { body: waiting } = await as(anna, `GET /${created.body.id}`);
    expect(waiting.state).toBe('awaiting_dns');
    expect(waiting.findings[0]).toMatchObject({
      code: 'NXDOMAIN',
      expected: [records[0]?.value],
      blocking: true,
    });
    expect(Date.parse(waiting.nextCheckAt)).toBeGreaterThan(Date.now());

    dns.set('shop.example.test', { CNAME: [records[0]?.value ?? ''] });
    expect((await as(anna, `POST /${created.body.id}/check`)).status).toBe(202);
    await lab.drain();
    const { body: done } = await as(anna, `GET /${created.body.id}`);
    expect(done).toMatchObject({
      state: 'verified',
      ownership: { status: 'verified', method: 'cname' },
      routing: { status: 'ok' },
      findings: [{ code: 'OK_CNAME', blocking: false }],
    });
  });

  it('may check again once in ten seconds', async () => {
    const id = await connect(anna, 'often.example.test');
    expect((await as(anna, `POST /${id}/check`)).status).toBe(202);
    const refused = await as(anna, `POST /${id}/check`);
    expect(refused.status).toBe(429);
    expect(refused.body.code).toBe('domains.checked-too-soon');
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
  });

  it('is told at an apex to set A and TXT', async () => {
    const { body } = await as(anna, 'POST', { hostname: 'example.test' });
    expect(body.records).toMatchObject([
      { type: 'A', name: 'example.test', value: EDGE_ADDRESS, purpose: 'routing' },
      { type: 'TXT', name: '_shopverify.example.test', purpose: 'ownership', required: true },
    ]);
  });

  it.each([
    ['*.example.test', 'domains.hostname-malformed'],
    ['127.0.0.1', 'domains.hostname-address'],
    ['co.uk', 'domains.hostname-public-suffix'],
    ['mine.localhost', 'domains.hostname-platform'],
    ['localhost', 'domains.hostname-too-few-labels'],
  ])('cannot connect %s', async (hostname, code) => {
    const { status, body } = await as(anna, 'POST', { hostname });
    expect({ status, code: body.code }).toEqual({ status: 422, code });
  });

  it('cannot connect the same one twice, until it is removed', async () => {
    const id = await connect(anna, 'twice.example.test');
    const again = await as(anna, 'POST', { hostname: 'TWICE.example.test' });
    expect({ status: again.status, code: again.body.code }).toEqual({
      status: 409,
      code: 'domains.hostname-already-added',
    });
    expect((await as(anna, `DELETE /${id}`)).status).toBe(204);
    expect((await as(anna, `GET /${id}`)).status).toBe(404);
    expect((await as(anna, 'POST', { hostname: 'twice.example.test' })).status).toBe(201);
  });

  it('has a list of its own', async () => {
    const mine = await as(anna, 'GET');
    expect(mine.body.nextCursor).toBeNull();
    const names = mine.body.items.map((item: { hostname: string }) => item.hostname);
    expect(names).toContain('shop.example.test');
    expect((await as(bert, 'GET')).body.items).toEqual([]);
  });

  it('reaches nobody else’s', async () => {
    const id = await connect(anna, 'private.example.test');
    for (const route of ['GET', 'DELETE'].map((verb) => `${verb} /${id}`)) {
      expect((await as(bert, route)).status).toBe(404);
      expect((await as(bert, route, undefined, anna.storeId)).status).toBe(404);
    }
    for (const action of ['check', 'primary']) {
      expect((await as(bert, `POST /${id}/${action}`)).status).toBe(404);
    }
    expect((await as(anna, `GET /${id}`)).status).toBe(200);
  });

  it('cannot make primary what is not active', async () => {
    const id = await connect(anna, 'early.example.test');
    const refused = await as(anna, `POST /${id}/primary`);
    expect({ status: refused.status, code: refused.body.code }).toEqual({
      status: 409,
      code: 'domains.hostname-not-ready',
    });
  });
});
