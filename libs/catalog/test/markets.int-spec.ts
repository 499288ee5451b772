import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Lab, openLab } from '@testing';
import { marketInput } from '../src/contract/markets.contract';
import { Markets } from '../src/pricing/markets.service';
import { recomputePriceFacts } from '../src/pricing/price-facts.queries';
import { CatalogWorkerModule } from '../src/worker';
import { FetchRates } from '../src/worker/fetch-rates.job';
import { write } from './catalog.builder';

const seen = { ifMatch: undefined, version: undefined };

/** Stands in for the European Central Bank. */
class Bank {
  answer: string | null = null;
  private server: Server | null = null;

  async open(): Promise<string> {
    const server = createServer((_request, response) => {
      response.writeHead(this.answer === null ? 503 : 200).end(this.answer ?? '');
    });
    this.server = server;
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/daily.xml`;
  }

  publish(daysAgo: number, rates: Record<string, string>): void {
    const day = new Date(Date.now() - daysAgo * 86_400_000).toISOString().slice(0, 10);
    const rows = Object.entries(rates).map(
      ([currency, rate]) => `<Cube currency='${currency}' rate='${rate}'/>`,
    );
    this.answer = `<gesmes:Envelope><Cube><Cube time='${day}'>${rows.join('')}</Cube></Cube></gesmes:Envelope>`;
  }

  close(): void {
    this.server?.close();
  }
}

describe('markets in other currencies', () => {
  const bank = new Bank();
  let lab: Lab;
  let storeId: string;
  const open = (more: object) =>
    lab.db.write(storeId, (store) =>
      lab
        .get(Markets)
        .create(
          store,
          marketInput.parse({ name: 'Japan', countries: ['JP'], currency: 'JPY', ...more }),
        ),
    );
  const change = (id: string, patch: object) =>
    lab.db.write(storeId, (store) => lab.get(Markets).update(store, id, patch, seen));
  const get = (id: string) => lab.db.read(storeId, (store) => lab.get(Markets).get(store, id));
  const history = (id: string) =>
    lab.db.read(storeId, (store) => lab.get(Markets).rates(store, id));
  const fetch = async () => {
    await lab.get(FetchRates).tick();
    await lab.drain();
  };

  beforeAll(async () => {
    const env = { CARAVEL_ECB_RATES_URL: await bank.open(), CARAVEL_FETCH_ALLOW_PRIVATE: 'true' };
    lab = await openLab({ modules: [CatalogWorkerModule], env });
  });
  beforeEach(async () => {
    storeId = await lab.aStore({ currency: 'USD' });
    bank.publish(0, { USD: '1.08', JPY: '163.48' });
  });
  afterAll(async () => {
    bank.close();
    await lab.close();
  });

  it('follow the central bank: euros on both sides make the rate, and each change is an interval', async () => {
    await fetch();
    const { id } = await open({ rateSource: 'ecb', markupPpm: 20_000 });
    expect(await get(id)).toMatchObject({ rate: '151.3703703704', alarm: null });
    bank.publish(0, { USD: '1.08', JPY: '165' });
    await fetch();
    await fetch();
    expect(
      (await history(id)).map(({ rate, source, markupPpm }) => [rate, source, markupPpm]),
    ).toEqual([
      ['152.7777777778', 'ecb', 20_000],
      ['151.3703703704', 'ecb', 20_000],
    ]);
  });

  it('keep the old rate with an alarm where one jumped or is old, until somebody says otherwise', async () => {
    await fetch();
    const { id } = await open({ rateSource: 'ecb' });
    bank.publish(0, { USD: '1.08', JPY: '180' });
    await fetch();
    expect(await get(id)).toMatchObject({
      rate: '151.3703703704',
      alarm: { reason: 'moved', rate: '166.6666666667' },
    });
    await change(id, { rate: '166.66' });
    expect(await get(id)).toMatchObject({ rate: '166.66', alarm: null });
    await lab.db.acrossStores('let a week go by in a test', (tx) =>
      tx.execute('UPDATE reference_rates SET rate_day = rate_day - 7'),
    );
    bank.answer = null;
    await fetch();
    expect(await get(id)).toMatchObject({ rate: '166.66', alarm: { reason: 'stale' } });
  });

  it('stand still while they are frozen', async () => {
    await fetch();
    const frozenUntil = new Date(Date.now() + 86_400_000).toISOString();
    const { id } = await open({ rateSource: 'ecb', frozenUntil });
    bank.publish(0, { USD: '1.08', JPY: '164' });
    await fetch();
    expect(await get(id)).toMatchObject({ rate: '151.3703703704', alarm: null });
    await change(id, { frozenUntil: null });
    await fetch();
    expect(await get(id)).toMatchObject({ rate: '151.8518518519' });
  });

  it('refuse what cannot be, and say what it is about', async () => {
    await expect(open({})).rejects.toThrow('Say what one USD is in JPY');
    await expect(open({ rate: '150', ending: { direction: 'up', on: '.95' } })).rejects.toThrow(
      'Prices in JPY cannot end on .95',
    );
    await expect(open({ rate: '1', countries: ['DE'] })).rejects.toThrow('DE is the store’s own');
    await expect(open({ rate: '1', countries: ['XX'] })).rejects.toThrow('XX is no country');
    await expect(open({ rate: '1', currency: 'XXX' })).rejects.toThrow('XXX is no currency');
    const { id } = await open({ rate: '150' });
    await expect(open({ name: 'Again', rate: '150' })).rejects.toThrow(
      'JP is in the market “Japan”',
    );
    await expect(change(id, { currency: 'KRW' })).rejects.toThrow('open another market for KRW');
    await expect(change(id, { rate: '1', countries: ['DE'] })).rejects.toThrow('own country');
    expect(await history(id)).toHaveLength(1);
  });

  it('compare reductions with the prices that they showed themselves', async () => {
    const { id } = await open({ countries: ['FR'], name: 'France', currency: 'EUR', rate: '0.9' });
    const sell = (priceMinor: number, compareAtMinor: number | null) =>
      write(lab, storeId, [
        { handle: 'cap', title: 'Cap', variants: [{ options: [], priceMinor, compareAtMinor }] },
      ]);
    const pass = (days: number) =>
      lab.db.acrossStores('let days go by in a test', async (tx) => {
        for (const table of ['price_intervals', 'rate_intervals'])
          await tx.execute(
            `UPDATE ${table} SET starts_at = starts_at - make_interval(days => $2),
               ends_at = ends_at - make_interval(days => $2) WHERE store_id = $1`,
            [storeId, days],
          );
      });
    const facts = () =>
      lab.db.read(storeId, (store) =>
        store.query(
          `SELECT market, prior_minor AS prior FROM variant_price_facts WHERE store_id = $1
           ORDER BY market = 'home'`,
          [storeId],
        ),
      );
    await sell(2_000, null);
    await pass(10);
    await change(id, { rate: '0.8' });
    await pass(10);
    await change(id, { rate: '0.95' });
    await pass(10);
    await sell(1_000, 3_000);
    // The store is German: at home dollars, in France euros at their lowest rate of the month.
    const both = [
      { market: id, prior: 1_600 },
      { market: 'home', prior: 2_000 },
    ];
    expect(await facts()).toEqual(both);
    await lab.drain();
    expect(await facts()).toEqual(both);
    await change(id, { priorPrice: { asks: 'never', gradual: true, young: 'since_first_sale' } });
    await lab.drain();
    expect(await facts()).toEqual(both.slice(1));
    expect(await lab.db.write(storeId, (store) => recomputePriceFacts(store))).toBe(0);
  });
});
