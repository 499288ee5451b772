import { createHmac } from 'node:crypto';
import type { Lab } from '@testing';
import { RateServices } from '../src/shipping/rate-services/rate-services.service';
import { aSellingStore, berlin, openCheckoutLab, type SellingStore } from './checkout-lab.builder';
import { express, openRateServer, rates, type RateServer } from './rate-server';
import { makeRateService } from './rules-lab.builder';

describe('rates that a service of the merchant tells at the checkout', () => {
  let lab: Lab;
  let server: RateServer;
  let shop: SellingStore;
  let serviceId: string;
  let secret: string;

  beforeAll(async () => {
    lab = await openCheckoutLab();
    server = await openRateServer();
  }, 60_000);
  afterAll(async () => {
    await server.close();
    await lab.close();
  });
  beforeEach(async () => {
    server.got.length = 0;
    server.answer = rates(express());
    shop = await aSellingStore(lab, 20);
    const made = await makeRateService(lab, shop.storeId, { address: server.url });
    ({ id: serviceId, secret } = made);
  });

  const live = (code: string) => `live:${serviceId}:${code}`;
  const shopper = () => shop.shopper([{ variant: shop.goods.medium.id, quantity: 2 }]);
  const offered = async (token: string) =>
    (await shop.read(token)).deliveryOptions.map(({ title, priceMinor }) => [title, priceMinor]);
  const health = async () =>
    (await lab.db.read(shop.storeId, (store) => lab.get(RateServices).get(store, serviceId)))
      .health;
  /** As if so many minutes had passed for what was answered. */
  const pass = (minutes: number) =>
    shop.sql(
      `UPDATE rate_answers SET good_until = good_until - make_interval(mins => $2),
         answered_at = answered_at - make_interval(mins => $2) WHERE store_id = $1`,
      [minutes],
    );

  it('stand beside the rates of the zone, and the order keeps the one that was chosen', async () => {
    const dated = { ...express(), earliest: '2026-11-25', latest: '2026-11-26' };
    server.answer = (response, question) => {
      const day = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
      expect(question.currencies).toEqual(['EUR']);
      rates({ ...dated, earliest: day, latest: day })(response, question);
    };
    const { token } = await shopper();
    expect(await offered(token)).toEqual([
      ['Parcel', 490],
      ['Express', 720],
    ]);
    await shop.update(token, { deliveryRateId: live('express') });
    const { quote, deliveryOptions } = await shop.read(token);
    expect(quote?.totals).toMatchObject({ shippingMinor: 720 });
    expect(deliveryOptions[1]?.promised?.from).toMatch(/^\d{4}-\d\d-\d\d$/);
    expect((await shop.pay(token)).kind).toBe('begun');
    await shop.tell(token, { kind: 'auth', status: 'authorized' });
    await shop.settle(token);
    const [order] = await shop.query<{ totalMinor: number }>(
      'SELECT total_minor::int AS "totalMinor" FROM orders WHERE store_id = $1',
    );
    expect(order?.totalMinor).toBe(10_400 + 720);
    expect(server.got).toHaveLength(1);
    expect(await health()).toMatchObject({ state: 'good', failures: 0, lastFailure: null });
  });

  it('are asked for with a signed question that says nothing of who the shopper is', async () => {
    await shopper();
    const [got] = server.got;
    if (!got) throw new Error('It was not asked.');
    const { body, question, headers } = got;
    const [, seconds = '', hex] =
      /^t=(\d+),v1=(\w+)$/.exec(String(headers['x-caravel-signature'])) ?? [];
    expect(hex).toBe(createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex'));
    expect(headers).toMatchObject({
      'x-caravel-store-id': shop.storeId,
      'x-caravel-service-id': serviceId,
    });
    expect(question).toMatchObject({
      currency: 'EUR',
      locale: 'en',
      origin: { country: 'DE', province: null, zip: '10119', city: 'Berlin' },
      destination: { country: 'DE', province: null, zip: '10119', city: 'Berlin' },
      items: [{ quantity: 2, grams: 220, priceMinor: 5_200, sku: 'LS-M' }],
      subtotalMinor: 10_400,
      grams: 440,
    });
    for (const secretOf of [berlin.name, berlin.address1, 'ada@example.com'])
      expect(body).not.toContain(secretOf);
    const kept = await shop.query<{ row: string }>(
      'SELECT rate_services::text AS row FROM rate_services WHERE store_id = $1',
    );
    expect(kept[0]?.row).not.toContain(secret);
  });

  it('are asked for once, by however many shoppers at the same time, and again after 15 minutes', async () => {
    server.answer = (response, question) => {
      setTimeout(() => rates(express())(response, question), 200);
    };
    const tokens = await Promise.all([shopper(), shopper(), shopper()]);
    expect(server.got).toHaveLength(1);
    await pass(16);
    await shop.update(tokens[0]?.token ?? '', { phone: '+49301234567' });
    expect(server.got).toHaveLength(2);
  });

  it.each<[string, RateServer['answer'], RegExp]>([
    ['dies', (response) => response.destroy(), /does not answer/],
    ['has a fault', (response) => response.writeHead(500).end('{"rates":[]}'), /with 500/],
    ['talks of something else', (response) => response.end('<html>'), /no JSON/],
    [
      'says too much',
      (response) => response.end(`"${'x'.repeat(70_000)}"`),
      /more than 65536 bytes/,
    ],
    ['forgets a field', rates({ ...express(), name: undefined }), /^rates\.0\.name/],
    ['gives money', rates(express(), { ...express(-100), code: 'b' }), /^rates\.1\.priceMinor/],
    ['counts in other money', rates({ ...express(), currency: 'GBP' }), /^rates\.0\.currency: GBP/],
    ['names a code twice', rates(express(), express(1)), /^rates\.1\.code/],
  ])(
    'are the fallback rates while the service %s, and the merchant is told',
    async (...[, answer, fault]) => {
      server.answer = answer;
      const { token } = await shopper();
      expect(await offered(token)).toEqual([
        ['Parcel', 490],
        ['Standard', 900],
      ]);
      const told = await health();
      expect(told).toMatchObject({ state: 'failing', failures: 1 });
      expect(told.lastFailure).toMatch(fault);
      // The shopper goes on to pay without another wait.
      await shop.update(token, { deliveryRateId: live('standard') });
      expect([(await shop.pay(token)).kind, server.got.length]).toEqual(['begun', 1]);
    },
  );

  it('are not looked for where a redirect leads', async () => {
    let inside = 0;
    const other = await openRateServer();
    other.answer = (response) => {
      inside += 1;
      response.end();
    };
    server.answer = (response) => response.writeHead(307, { location: other.url }).end();
    const { token } = await shopper();
    await other.close();
    expect([inside, await offered(token)]).toEqual([
      0,
      [
        ['Parcel', 490],
        ['Standard', 900],
      ],
    ]);
    expect((await health()).lastFailure).toMatch(/307/);
  });

  it('let nobody wait longer than a few seconds, nor hold the checkout meanwhile', async () => {
    server.answer = () => undefined;
    const begun = Date.now();
    const waiting = shopper();
    for (let n = 0; n < 250 && server.got.length === 0; n += 1)
      await new Promise((done) => setTimeout(done, 20));
    const held = await shop.query<{ count: number }>(
      `SELECT count(*)::int FROM pg_stat_activity
       WHERE datname = current_database() AND state = 'idle in transaction' AND $1::uuid IS NOT NULL`,
    );
    expect(held).toEqual([{ count: 0 }]);
    await waiting;
    expect(Date.now() - begun).toBeLessThan(10_000);
    expect((await health()).lastFailure).toMatch(/within 3 s/);
  });

  it('are left alone after three failures, and asked for again when the rest is over', async () => {
    server.answer = (response) => response.writeHead(503).end();
    for (const quantity of [1, 2, 3])
      await shop.shopper([{ variant: shop.goods.medium.id, quantity }]);
    expect([server.got.length, (await health()).state]).toEqual([3, 'resting']);
    const { token } = await shop.shopper([{ variant: shop.goods.medium.id, quantity: 4 }]);
    expect([server.got.length, (await offered(token))[1]]).toEqual([3, ['Standard', 900]]);
    server.answer = rates(express());
    await shop.sql(`UPDATE rate_services SET resting_until = now() WHERE store_id = $1`);
    await pass(5);
    await shop.update(token, { phone: '+49301234567' });
    expect((await offered(token))[1]).toEqual(['Express', 720]);
    expect(await health()).toMatchObject({ state: 'good', failures: 0 });
  });

  it('count as they were told before, where a service falls silent', async () => {
    const { token } = await shopper();
    server.answer = (response) => response.writeHead(503).end();
    await pass(16);
    await shop.update(token, { phone: '+49301234567' });
    expect((await offered(token))[1]).toEqual(['Express', 720]);
    await pass(60);
    await shop.update(token, { phone: '+49301234568' });
    expect((await offered(token))[1]).toEqual(['Standard', 900]);
  });

  it('cost at the payment what was agreed to, or the shopper is told first', async () => {
    const { token } = await shopper();
    await shop.update(token, { deliveryRateId: live('express') });
    server.answer = rates(express(990));
    // What the shopper saw is good for a while, whatever the service says by now.
    const same = await shopper();
    await shop.update(same.token, { deliveryRateId: live('express') });
    expect([(await shop.pay(same.token)).kind, server.got.length]).toEqual(['begun', 1]);
    await pass(16);
    const outcome = await shop.pay(token);
    expect(outcome).toMatchObject({
      kind: 'price-changed',
      change: { shipping: { beforeMinor: 720, afterMinor: 990 } },
    });
    expect((await shop.pay(token)).kind).toBe('begun');
    expect((await shop.read(token)).quote?.totals.shippingMinor).toBe(990);
  });

  it('that are not offered any more are replaced only after the shopper was told', async () => {
    const { token } = await shopper();
    await shop.update(token, { deliveryRateId: live('express') });
    server.answer = rates();
    await pass(16);
    expect(await shop.pay(token)).toMatchObject({ kind: 'price-changed' });
    expect((await shop.read(token)).deliveryRateId).not.toBe(live('express'));
    expect(await offered(token)).toEqual([['Parcel', 490]]);
  });

  it('are asked of the services that serve the place, and only where the store sends to', async () => {
    await makeRateService(lab, shop.storeId, {
      name: 'French',
      address: server.url,
      countries: ['FR'],
    });
    const { token } = await shopper();
    expect(server.got).toHaveLength(1);
    const paris = { ...berlin, zip: '75001', city: 'Paris', country: 'FR' };
    await shop.update(token, { shippingAddress: paris });
    expect([server.got.length, await offered(token)]).toEqual([1, []]);
  });
});
