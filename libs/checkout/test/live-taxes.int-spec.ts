import { createHmac } from 'node:crypto';
import { newId } from '@libs/kernel';
import { Orders } from '@libs/orders';
import type { StoreWriter } from '@platform/database';
import type { Lab } from '@testing';
import { taxRateInput } from '../src/contract';
import { PaidByHand } from '../src/drafts/by-hand.service';
import { Drafts } from '../src/drafts/drafts.service';
import { OrderEdits } from '../src/edits/order-edits.service';
import { TaxRates } from '../src/taxes/tax-rates.service';
import { TaxServices } from '../src/taxes/tax-services/tax-services.service';
import { json } from './asked-server';
import { aSellingStore, openCheckoutLab, type SellingStore } from './checkout-lab.builder';
import { makeTaxService, makeZone, register } from './rules-lab.builder';
import { city, levies, openTaxServer, state, type TaxServer } from './tax-server';

const manhattan = {
  name: 'Ada Lovelace',
  address1: '350 Fifth Avenue',
  zip: '10118',
  city: 'New York',
  province: 'NY',
  country: 'US',
};
const actor = { kind: 'system', label: 'test', userId: null } as const;

describe('taxes that a service of the merchant tells at the checkout', () => {
  let lab: Lab;
  let server: TaxServer;
  let shop: SellingStore;
  let serviceId: string;
  let secret: string;

  beforeAll(async () => {
    lab = await openCheckoutLab();
    server = await openTaxServer();
  }, 60_000);
  afterAll(async () => {
    await server.close();
    await lab.close();
  });
  beforeEach(async () => {
    server.got.length = 0;
    server.answer = levies([state(), city()], [state()]);
    shop = await aSellingStore(lab, 20);
    // Prices without tax, rounded by line, as they are in the United States.
    await shop.sql(`UPDATE stores SET country = 'US' WHERE store_id = $1`);
    await makeZone(lab, shop.storeId, { name: 'US', countries: [{ country: 'US' }] });
    const rate = {
      country: 'US',
      region: 'NY',
      category: 'standard',
      name: 'Sales tax',
      percent: 8,
      from: '2026-01-01',
    };
    await lab.db.write(shop.storeId, (store) =>
      lab.get(TaxRates).create(store, taxRateInput.parse(rate)),
    );
    await register(lab, shop.storeId, { country: 'US', region: 'NY', number: 'NY-1' });
    const made = await makeTaxService(lab, shop.storeId, {
      address: server.url,
      countries: ['US'],
    });
    ({ id: serviceId, secret } = made);
  });

  const shopper = (quantity = 2, shippingAddress = manhattan) =>
    shop.shopper([{ variant: shop.goods.medium.id, quantity }], { shippingAddress });
  const told = async (token: string) =>
    (await shop.read(token)).quote?.taxes.map(({ on, jurisdiction, ppm, taxMinor }) => [
      on,
      jurisdiction,
      ppm,
      taxMinor,
    ]);
  const taxOf = async (token: string) => (await shop.read(token)).quote?.totals.taxMinor;
  const health = async () =>
    (await lab.db.read(shop.storeId, (store) => lab.get(TaxServices).get(store, serviceId))).health;
  /** As if so many minutes had passed for what was answered. */
  const pass = (minutes: number) =>
    shop.sql(
      `UPDATE tax_answers SET good_until = good_until - make_interval(mins => $2),
         answered_at = answered_at - make_interval(mins => $2) WHERE store_id = $1`,
      [minutes],
    );
  const placed = async (token: string) => {
    expect((await shop.pay(token)).kind).toBe('begun');
    await shop.tell(token, { kind: 'capture', status: 'succeeded' });
    await lab.drain();
    const { orderId } = await shop.read(token);
    return orderId ?? '';
  };
  const order = (orderId: string) =>
    lab.db.read(shop.storeId, (store) => lab.get(Orders).get(store, orderId));
  const reason = async (orderId: string) => (await order(orderId)).reasons['taxService'];
  const taxLines = (orderId: string) =>
    shop.query<{ jurisdiction: string; ppm: number; taxMinor: number }>(
      `SELECT jurisdiction, ppm, tax_minor::int AS "taxMinor" FROM order_tax_lines t
       WHERE store_id = $1 AND order_id = $2 AND revision = (SELECT max(revision) FROM order_tax_lines
         WHERE store_id = $1 AND order_id = $2) ORDER BY position`,
      [orderId],
    );

  it('are levied by our own sums, and the order keeps the jurisdictions', async () => {
    const { token } = await shopper();
    // 4 % and 4.5 % of 104.00, 4 % of 4.90.
    expect(await told(token)).toEqual([
      ['line', 'US-NY', 40_000, 416],
      ['line', 'US-NY/New York City', 45_000, 468],
      ['shipping', 'US-NY', 40_000, 20],
    ]);
    const { quote } = await shop.read(token);
    expect(quote?.totals).toMatchObject({ taxMinor: 904, totalMinor: 10_400 + 490 + 904 });
    const orderId = await placed(token);
    expect(await taxLines(orderId)).toEqual([
      { jurisdiction: 'US-NY', ppm: 40_000, taxMinor: 416 },
      { jurisdiction: 'US-NY/New York City', ppm: 45_000, taxMinor: 468 },
      { jurisdiction: 'US-NY', ppm: 40_000, taxMinor: 20 },
    ]);
    expect(await reason(orderId)).toMatchObject({ id: serviceId, name: 'Levy', answered: true });
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
    expect(question).toEqual({
      currency: 'EUR',
      taxIncluded: false,
      origin: { country: 'US' },
      destination: { country: 'US', province: 'NY', zip: '10118', city: 'New York' },
      lines: [
        {
          id: '1',
          variantId: shop.goods.medium.variantId,
          sku: 'LS-M',
          taxCode: null,
          quantity: 2,
          amountMinor: 10_400,
        },
      ],
    });
    for (const secretOf of [manhattan.name, manhattan.address1, 'ada@example.com'])
      expect(body).not.toContain(secretOf);
    const kept = await shop.query<{ row: string }>(
      'SELECT tax_services::text AS row FROM tax_services WHERE store_id = $1',
    );
    expect(kept[0]?.row).not.toContain(secret);
  });

  it('are asked for where the store collects tax, and of the services that serve the place', async () => {
    const { token } = await shopper(1, { ...manhattan, province: 'CA', city: 'Fresno' });
    expect([await told(token), server.got.length]).toEqual([[], 0]);
    await shop.update(token, { shippingAddress: manhattan });
    expect(server.got).toHaveLength(1);
    await lab.db.write(shop.storeId, (store) =>
      lab.get(TaxServices).update(store, serviceId, { countries: ['CA'] }, {}),
    );
    const other = await shopper(3);
    expect([await taxOf(other.token), server.got.length]).toEqual([1_248 + 39, 1]);
  });

  it('are asked for once by however many at the same time', async () => {
    server.answer = (response, question) => {
      setTimeout(() => levies([state()])(response, question), 200);
    };
    await Promise.all([shopper(), shopper(), shopper()]);
    expect(server.got).toHaveLength(1);
  });

  it.each<[string, TaxServer['answer'], RegExp]>([
    ['dies', (response) => response.destroy(), /does not answer/],
    ['has a fault', (response) => response.writeHead(500).end('{"lines":[]}'), /with 500/],
    ['sends elsewhere', (response) => response.writeHead(307, { location: '/' }).end(), /307/],
    ['talks of something else', (response) => response.end('<html>'), /no JSON/],
    [
      'says too much',
      (response) => response.end(`"${'x'.repeat(70_000)}"`),
      /more than 65536 bytes/,
    ],
    ['leaves a line out', json({ lines: [] }), /^lines: say nothing of 1/],
    ['takes more than the price', levies([state(600_000), city(600_000)]), /more than the price/],
    ['counts in halves', levies([state(0.5)]), /^lines\.0\.taxes\.0\.ppm/],
  ])(
    'are the rates of the store while the service %s, and the merchant is told',
    async (...[, answer, fault]) => {
      server.answer = answer;
      const { token } = await shopper();
      expect(await told(token)).toEqual([
        ['line', 'US-NY', 80_000, 832],
        ['shipping', 'US-NY', 80_000, 39],
      ]);
      const known = await health();
      expect(known).toMatchObject({ state: 'failing', failures: 1 });
      expect(known.lastFailure).toMatch(fault);
      // The shopper pays without another wait.
      expect([await reason(await placed(token)), server.got.length]).toMatchObject([
        { id: serviceId, answered: false },
        1,
      ]);
    },
  );

  it('let nobody hold the checkout while they are waited for', async () => {
    server.answer = () => undefined;
    const waiting = shopper();
    for (let n = 0; n < 250 && server.got.length === 0; n += 1)
      await new Promise((done) => setTimeout(done, 20));
    const held = await shop.query<{ count: number }>(
      `SELECT count(*)::int FROM pg_stat_activity
       WHERE datname = current_database() AND state = 'idle in transaction' AND $1::uuid IS NOT NULL`,
    );
    expect(held).toEqual([{ count: 0 }]);
    await waiting;
    expect((await health()).lastFailure).toMatch(/within 3 s/);
  });

  it('leave no sale undone where the tables have no rate, and the order says so', async () => {
    await shop.sql('DELETE FROM tax_rates WHERE store_id = $1');
    const good = await shopper(1);
    expect(await taxOf(good.token)).toBe(442 + 20);
    server.answer = (response) => response.writeHead(503).end();
    const { token } = await shopper(2);
    expect(await taxOf(token)).toBe(0);
    expect(await reason(await placed(token))).toMatchObject({ answered: false });
  });

  it('are left alone after three failures', async () => {
    server.answer = (response) => response.writeHead(503).end();
    for (const quantity of [1, 2, 3]) await shopper(quantity);
    expect([server.got.length, (await health()).state]).toEqual([3, 'resting']);
    const { token } = await shopper(4);
    expect([server.got.length, await taxOf(token)]).toEqual([3, 1_664 + 39]);
  });

  it('are paid as the shopper saw them, whatever the service says by then', async () => {
    const { token } = await shopper();
    const before = await shop.read(token);
    server.answer = levies([state(90_000)]);
    await pass(120);
    expect((await shop.pay(token)).kind).toBe('begun');
    const after = await shop.read(token);
    expect([after.quoteHash, server.got.length]).toEqual([before.quoteHash, 1]);
    // Something else is asked anew.
    const other = await shopper(3);
    expect([await taxOf(other.token), server.got.length]).toEqual([1_404 + 44, 2]);
  });

  it('count a day later as they were told, unless the service can be asked and says something else', async () => {
    const { token } = await shopper();
    await pass(1_500);
    await shop.sql(
      `UPDATE checkouts SET taxes = taxes || '{"at": "2026-01-01T00:00:00Z"}' WHERE store_id = $1`,
    );
    server.answer = (response) => response.writeHead(503).end();
    await shop.update(token, { phone: '+12125550100' });
    expect(await taxOf(token)).toBe(904);
    await pass(5);
    server.answer = levies([state(90_000)]);
    expect(await shop.pay(token)).toMatchObject({ kind: 'price-changed' });
    expect(await taxOf(token)).toBe(936 + 44);
  });

  it('are agreed to first where the service is back by the time of the payment', async () => {
    server.answer = (response) => response.writeHead(503).end();
    const { token } = await shopper();
    server.answer = levies([state(), city()], [state()]);
    await pass(2);
    expect(await shop.pay(token)).toMatchObject({ kind: 'price-changed' });
    expect(await taxOf(token)).toBe(904);
    expect((await shop.pay(token)).kind).toBe('begun');
  });

  it('stay what they were when the order is edited, for what is added, too', async () => {
    const { token } = await shopper(1);
    const orderId = await placed(token);
    server.answer = levies([state(90_000)]);
    await pass(120);
    const [line] = (await order(orderId)).lines;
    const wish = {
      lines: [{ lineId: line?.id ?? '', quantity: 2 }],
      add: [{ variantId: shop.goods.small.variantId, quantity: 1 }],
      shipping: { priceMinor: 1_000 },
    };
    await lab.db.write(shop.storeId, (store) =>
      lab.get(OrderEdits).commit(store, orderId, {
        wish,
        terms: { key: newId(), reason: null, notify: false },
      }),
    );
    expect(await taxLines(orderId)).toEqual([
      { jurisdiction: 'US-NY', ppm: 40_000, taxMinor: 416 },
      { jurisdiction: 'US-NY/New York City', ppm: 45_000, taxMinor: 468 },
      { jurisdiction: 'US-NY', ppm: 40_000, taxMinor: 196 },
      { jurisdiction: 'US-NY/New York City', ppm: 45_000, taxMinor: 221 },
      { jurisdiction: 'US-NY', ppm: 40_000, taxMinor: 40 },
    ]);
    expect(server.got).toHaveLength(1);
  });

  it('are those of a draft order, too, which is paid as it was put together', async () => {
    const drafts = lab.get(Drafts);
    const write = <T>(work: (store: StoreWriter) => Promise<T>) =>
      drafts.write(shop.storeId, work, { actor });
    const draftId = await write((store) =>
      drafts.create(store, {
        email: 'ada@example.com',
        shippingAddress: manhattan,
        lines: [
          { variantId: shop.goods.medium.variantId, quantity: 2 },
          { title: 'Engraving', unitMinor: 1_000, quantity: 1, requiresShipping: false },
        ],
        shipping: { priceMinor: 490 },
      }),
    );
    const draft = () => lab.db.read(shop.storeId, (store) => drafts.get(store, draftId));
    expect((await draft()).quote?.totals.taxMinor).toBe(884 + 85 + 20);
    expect(server.got[0]?.question.lines).toMatchObject([
      { id: '1', variantId: shop.goods.medium.variantId, amountMinor: 10_400 },
      { id: '2', variantId: null, sku: null, amountMinor: 1_000 },
    ]);
    server.answer = levies([state(90_000)]);
    await pass(120);
    await lab.get(PaidByHand).mark(shop.storeId, draftId, { key: 'staff:1', actor });
    await lab.drain();
    const { orderId } = await draft();
    expect([(await order(orderId ?? '')).taxMinor, server.got.length]).toEqual([989, 1]);
  });
});
