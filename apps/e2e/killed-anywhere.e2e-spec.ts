import { connect } from 'node:tls';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { Merchant, atelierOn, eventually } from './test/merchant';
import { randomFrom } from './test/random';
import { ask } from './test/shopper';
import { describeWith } from './test/tools';
import { type Town, openTown } from './test/town';

/** `npm run soak` makes more rounds, and other moments, than a test run has time for. */
const rounds = Number(process.env['CARAVEL_SOAK_ROUNDS'] ?? 1);
const firstSeed = Number(process.env['CARAVEL_SOAK_SEED'] ?? 20261121);
const kills = 5;
const products = 1_200;
const variants = 3;

jest.setTimeout(120_000);

describeWith(['pebble'], 'killed anywhere', () => {
  let town: Town;
  let owner: Client;

  beforeAll(async () => {
    town = await openTown();
    owner = new Client({ connectionString: town.deployment.database.url });
    await owner.connect();
  });
  afterAll(async () => {
    await owner?.end();
    await town?.close();
  });

  test.each(Array.from({ length: rounds }, (_, round) => firstSeed + round))(
    'an import, publications and certificates end whole, and nothing twice (seed %i)',
    async (seed) => {
      const merchant = await Merchant.signUp(town.deployment.apiUrl, { handle: `kill-${seed}` });
      const themes: string[] = [];
      for (let at = 0; at < kills; at += 1) {
        themes.push(await merchant.uploadTheme(await atelierOn(paperOf(at))));
      }
      const random = randomFrom(seed);
      const importId = await merchant.startImport(productFile());
      const hostnames: string[] = [];
      let interrupted = 0;
      for (const [at, theme] of themes.entries()) {
        const host = `kill-${at}-${seed}.example.test`;
        hostnames.push(await merchant.claimHostname(host, town.setRecord));
        await merchant.done(`POST /themes/${theme}/publish`);
        await pause(random() * 700);
        await town.deployment.kill('worker');
        interrupted += await endLeases();
        await town.deployment.start(['worker']);
      }
      // Else the moments were such that nothing was killed but an idle process.
      expect(interrupted).toBeGreaterThan(0);
      expect(await merchant.finishedImport(importId)).toMatchObject({
        status: 'completed',
        progress: 1,
        counts: {
          products: { created: products, updated: 0, skipped: 0, failed: 0 },
          variants: { created: products * variants, updated: 0, failed: 0 },
        },
        problems: [],
      });
      for (const id of hostnames) await merchant.activeHostname(id);
      await expectEverythingOnce(merchant);
      await expectLastTheme(merchant);
      for (const at of hostnames.keys()) await expectHandshake(`kill-${at}-${seed}.example.test`);
    },
    120_000,
  );

  /**
   * A dead worker's jobs are taken over when their lease ends; the test does not wait for that.
   * @returns how many were running
   */
  async function endLeases(): Promise<number> {
    const { rows } = await owner.query<{ state: string }>(
      `UPDATE jobs SET lease_until = now()
       WHERE state IN ('queued', 'running') AND lease_until > now() RETURNING state`,
    );
    return rows.filter(({ state }) => state === 'running').length;
  }

  async function expectEverythingOnce({ storeId }: Merchant): Promise<void> {
    const count = async (sql: string): Promise<number> =>
      (await owner.query<{ n: number }>(`SELECT count(*)::int AS n FROM ${sql}`, [storeId])).rows[0]
        ?.n ?? -1;
    const all = products * variants;
    expect({
      products: await count('products WHERE store_id = $1'),
      variants: await count('variants WHERE store_id = $1'),
      prices: await count('price_intervals WHERE store_id = $1'),
      levels: await count('inventory_levels WHERE store_id = $1 AND on_hand = 7'),
      movements: await count('stock_movements WHERE store_id = $1'),
      publications: await count('theme_publications WHERE store_id = $1'),
      orders: await count('cert_orders WHERE store_id = $1'),
      certificates: await count('certificates WHERE store_id = $1'),
      dead: await count(`jobs WHERE store_id = $1 AND state = 'dead'`),
    }).toEqual({
      products,
      variants: all,
      prices: all,
      levels: all,
      movements: all,
      publications: kills,
      orders: kills,
      certificates: kills,
      dead: 0,
    });
  }

  /** The worker says what a publication makes stale: that, too, arrives after all. */
  async function expectLastTheme({ handle }: Merchant): Promise<void> {
    const { ports } = town.deployment;
    const found = await eventually('the last theme to be seen', async () => {
      const moved = await ask(ports, `${handle}.localhost`, '/');
      if (moved.status !== 301) return null;
      const url = new URL(String(moved.headers.location));
      const page = await ask(ports, url.hostname, '/', { rootPem: town.rootPem });
      return page.text.includes(paperOf(kills - 1)) ? page : null;
    });
    expect(found.status).toBe(200);
  }

  /** The key that was stored is the key of the certificate: a client that trusts the authority gets through. */
  async function expectHandshake(servername: string): Promise<void> {
    const { tls: port } = town.deployment.ports;
    const names = await new Promise<string>((resolve, reject) => {
      const socket = connect({ port, host: '127.0.0.1', servername, ca: town.rootPem }, () => {
        resolve(socket.getPeerCertificate().subjectaltname ?? '');
        socket.destroy();
      });
      socket.once('error', reject);
    });
    expect(names).toBe(`DNS:${servername}`);
  }
});

function paperOf(at: number): string {
  return `#fdf6e${at}`;
}

/** Products of three variants without pictures, which would only be fetched in vain. */
function productFile(): Buffer {
  const columns = 'Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Price,';
  const lines = [
    `${columns}Variant Inventory Tracker,Variant Inventory Qty,Variant Inventory Policy`,
  ];
  for (let n = 0; n < products; n += 1) {
    for (let v = 0; v < variants; v += 1) {
      const title = v === 0 ? `Piece ${n}` : '';
      lines.push(`piece-${n},${title},Size,S${v},P-${n}-${v},${10 + v}.50,shopify,7,deny`);
    }
  }
  return Buffer.from(`${lines.join('\n')}\n`);
}
