/**
 * Orders placed a second by shoppers who come over HTTP, against PostgreSQL transactions that write the same rows on the
 * same server, by turns.
 *
 *   node -r ./libs/testing/jest/register.cjs bench/orders.ts [shoppers=50] [orders each=4] [rounds=3]
 *
 * Every order goes all the way: add to cart, begin the checkout, send the address, see the payment page, pay, the test
 * provider, come back, see the order. All of them want the same counted article. The reference writes each order's rows
 * in one transaction, an INSERT a table, then takes the units off the level and the number from the counter, on as many
 * connections as there are shoppers, into tables with the same indexes and checks, without row policies and foreign keys.
 */
import { performance } from 'node:perf_hooks';
import { Client } from 'pg';
import { Fleet } from '../apps/e2e/test/fleet';
import { Patience } from '../apps/e2e/test/patience';
import { PersistentShopper } from '../apps/e2e/test/persistent-shopper';
import { SaleDay } from '../apps/e2e/test/sale-day';
import { setTimeout as pause } from 'node:timers/promises';
import { medianRatio, quantile } from './statistics';

/** Every table that an order leaves rows in, and how its rows are found by the order. */
const tables: Readonly<Record<string, string>> = {
  carts: 'cart_id = (SELECT cart_id FROM checkouts WHERE store_id = $1 AND order_id = $2)',
  cart_lines: 'cart_id = (SELECT cart_id FROM checkouts WHERE store_id = $1 AND order_id = $2)',
  checkouts: 'order_id = $2',
  payments: 'order_id = $2',
  payment_facts: ofPayment(),
  payment_operations: ofPayment(),
  provider_events: `payload -> 'payment' ->> 'paymentId' IN
    (SELECT payment_id::text FROM payments WHERE store_id = $1 AND order_id = $2)`,
  orders: 'order_id = $2',
  order_status_tokens: 'order_id = $2',
  order_lines: 'order_id = $2',
  order_allocations: 'order_id = $2',
  order_deliveries: 'order_id = $2',
  order_tax_lines: 'order_id = $2',
  order_tenders: 'order_id = $2',
  order_events: 'order_id = $2',
  stock_reservations:
    'checkout_id = (SELECT checkout_id FROM checkouts WHERE store_id = $1 AND order_id = $2)',
  stock_movements: `ref_id IN (SELECT unnest(ARRAY[checkout_id::text, order_id::text])
    FROM checkouts WHERE store_id = $1 AND order_id = $2)`,
};

const shoppers = Number(process.argv[2] ?? 50);
const each = Number(process.argv[3] ?? 4);
const rounds = Number(process.argv[4] ?? 3);

/** By which statements are counted, and how long the worker has for the last of them, milliseconds. */
const countedOrders = 5;
const afterMs = 3_000;

/** Rows of one order, JSON by table. */
type OrderRows = [table: string, rows: string][];

interface Steps {
  [name: string]: number[];
}

async function main(): Promise<void> {
  const flags = { shared_preload_libraries: 'pg_stat_statements' };
  const fleet = await Fleet.open({ renderers: 1, workers: 1, durable: true, flags });
  try {
    await compare(fleet);
  } finally {
    await fleet.close();
  }
}

async function compare(fleet: Fleet): Promise<void> {
  const size = { shoppers: 0, withCode: 0, uses: 1, units: 1_000_000 };
  const day = await SaleDay.open(fleet, size, 1);
  const owner = new Client({ connectionString: fleet.ownerUrl });
  await owner.connect();
  for (const table of Object.keys(tables)) {
    const like = 'INCLUDING ALL EXCLUDING GENERATED EXCLUDING IDENTITY';
    await owner.query(`CREATE TABLE bench_${table} (LIKE ${table} ${like})`);
  }
  await owner.query('CREATE TABLE bench_hot (name text PRIMARY KEY, n bigint NOT NULL)');
  await owner.query(`INSERT INTO bench_hot VALUES ('level', 1000000), ('counter', 0)`);
  const steps: Steps = {};
  const speeds: number[] = [];
  const references: number[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const known = await orderIds(owner, day);
    const ours = await timeShoppers(day, round === 0 ? {} : steps);
    await day.drain();
    const placed = (await orderIds(owner, day)).filter((id) => !known.includes(id));
    const rows = [];
    for (const id of placed) rows.push(await readRows(owner, day.store.merchant.storeId, id));
    const reference = await timeTransactions(fleet.ownerUrl, rows);
    for (const table of Object.keys(tables)) await owner.query(`TRUNCATE bench_${table}`);
    process.stdout.write(
      `${round === 0 ? 'warm-up' : `round ${round}`}: ${ours.toFixed(1)} orders/s, ` +
        `${reference.toFixed(1)} transactions/s, ratio ${(ours / reference).toFixed(3)}\n`,
    );
    if (round === 0) continue;
    speeds.push(ours);
    references.push(reference);
  }
  const statements = await countStatements(owner, day);
  await owner.end();
  print({ speeds, references, statements }, steps);
}

/** @returns orders a second; the times of each step are added to `steps` */
async function timeShoppers(day: SaleDay, steps: Steps): Promise<number> {
  const begun = performance.now();
  const visit = async (at: number): Promise<void> => {
    for (let n = 0; n < each; n += 1) {
      const took = await buy(day, at);
      for (const [name, ms] of Object.entries(took)) (steps[name] ??= []).push(ms);
    }
  };
  await Promise.all(Array.from({ length: shoppers }, (_, at) => visit(at)));
  return (shoppers * each) / ((performance.now() - begun) / 1_000);
}

/** Goes all the way once. @returns milliseconds by step */
async function buy(day: SaleDay, at: number): Promise<Record<string, number>> {
  const shopper = new PersistentShopper(day.store.place, new Patience());
  const variant = day.store.goods.scarce;
  const email = `shopper-${at}@example.test`;
  const ended = await shopper.buy({ variant, email, leaves: false });
  if (ended !== 'ordered') throw new Error(`A shopper ended with ${ended}.`);
  return shopper.took;
}

/**
 * Statements for one order, of renderer and worker, with those that begin and end transactions: of one shopper after the
 * other, less what the platform sends in as much time when nobody comes.
 */
async function countStatements(owner: Client, day: SaleDay): Promise<number> {
  await owner.query('CREATE EXTENSION IF NOT EXISTS pg_stat_statements');
  const sent = async (): Promise<number> => {
    const { rows } = await owner.query<{ calls: string }>(
      `SELECT sum(calls) AS calls FROM pg_stat_statements s JOIN pg_roles r ON r.oid = s.userid
       WHERE r.rolname LIKE 'caravel\\_%'`,
    );
    return Number(rows[0]?.calls ?? 0);
  };
  const before = await sent();
  const begun = performance.now();
  for (let n = 0; n < countedOrders; n += 1) await buy(day, n);
  await pause(afterMs);
  const tookMs = performance.now() - begun;
  const after = await sent();
  await pause(tookMs);
  const idle = (await sent()) - after;
  return (after - before - idle) / countedOrders;
}

/** @returns transactions a second */
async function timeTransactions(url: string, orders: readonly OrderRows[]): Promise<number> {
  const clients = Array.from({ length: shoppers }, () => new Client({ connectionString: url }));
  await Promise.all(clients.map((client) => client.connect()));
  const left = [...orders];
  const begun = performance.now();
  await Promise.all(
    clients.map(async (client) => {
      for (let order = left.pop(); order; order = left.pop()) await writeOrder(client, order);
    }),
  );
  const seconds = (performance.now() - begun) / 1_000;
  await Promise.all(clients.map((client) => client.end()));
  return orders.length / seconds;
}

async function writeOrder(client: Client, order: OrderRows): Promise<void> {
  await client.query('BEGIN');
  for (const [table, rows] of order) {
    const name = `bench_${table}`;
    await client.query({
      name,
      text: `INSERT INTO ${name} SELECT * FROM jsonb_populate_recordset(NULL::${name}, $1)`,
      values: [rows],
    });
  }
  await client.query(`UPDATE bench_hot SET n = n - 1 WHERE name = 'level'`);
  await client.query(`UPDATE bench_hot SET n = n + 1 WHERE name = 'counter'`);
  await client.query('COMMIT');
}

async function readRows(owner: Client, storeId: string, orderId: string): Promise<OrderRows> {
  const all: OrderRows = [];
  for (const [table, where] of Object.entries(tables)) {
    const { rows } = await owner.query<{ rows: string | null }>(
      `SELECT jsonb_agg(to_jsonb(t))::text AS rows FROM ${table} t WHERE store_id = $1 AND ${where}`,
      [storeId, orderId],
    );
    const text = rows[0]?.rows;
    if (text) all.push([table, text]);
  }
  return all;
}

async function orderIds(owner: Client, day: SaleDay): Promise<string[]> {
  const { rows } = await owner.query<{ id: string }>(
    'SELECT order_id AS id FROM orders WHERE store_id = $1',
    [day.store.merchant.storeId],
  );
  return rows.map(({ id }) => id);
}

function ofPayment(): string {
  return 'payment_id IN (SELECT payment_id FROM payments WHERE store_id = $1 AND order_id = $2)';
}

/** What the rounds came to; speeds are orders and transactions a second, by round. */
interface Result {
  speeds: readonly number[];
  references: readonly number[];
  /** Of one order. */
  statements: number;
}

function print({ speeds, references, statements }: Result, steps: Steps): void {
  const ms = (values: readonly number[], q: number) => `${Math.round(quantile(values, q))} ms`;
  const { median, low, high } = medianRatio(speeds, references);
  process.stdout.write(
    `orders: ${quantile(speeds, 0.5).toFixed(1)} a second, ` +
      `${median.toFixed(3)} [${low.toFixed(3)}, ${high.toFixed(3)}] of transactions with the same rows; ` +
      `${shoppers} shoppers at once; ${statements.toFixed(0)} statements an order\n`,
  );
  for (const [name, values] of Object.entries(steps)) {
    process.stdout.write(
      `  ${name.padEnd(22)} p50 ${ms(values, 0.5)}, p95 ${ms(values, 0.95)}, p99 ${ms(values, 0.99)}\n`,
    );
  }
}

void main();
