import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { testSecret } from '../../../libs/testing/jest/settings.cjs';
import { aTheme, zipOf } from '../../../libs/themes/test/theme.builder';
import type { Fleet } from './fleet';
import { Merchant } from './merchant';
import { Patience } from './patience';
import { PersistentShopper, type ShopPlace, type Visit } from './persistent-shopper';

const run = promisify(execFile);
const program = resolve(__dirname, '../../../dist/apps/cli/src/main.js');

/** How many come, for how much. */
export interface SaleSize {
  /** For the counted article, one unit each. */
  shoppers: number;
  units: number;
  /** With a code, for an article of which there is enough. */
  withCode: number;
  uses: number;
}

/** What became of a visit; a sentence when it went wrong. */
export type Ended = Visit | { fault: string };

const code = 'twenty';
/** As often time is let pass with nothing getting less to do. */
const vainPasses = 240;
/** Between two looks at what is left, milliseconds. */
const lookMs = 250;
/** How often the merchant looks for paid orders once everybody has gone. */
const lastLooks = 20;
/** Milliseconds over which the crowd arrives. */
const arrivalMs = 1_500;

/** Whose store it is, and what is sold where. */
export interface SaleStore {
  merchant: Merchant;
  place: ShopPlace;
  goods: { scarce: number; plenty: number };
}

/** A store with little of one article and a limited code, and what happens to it in a day. */
export class SaleDay {
  repeats = 0;
  private readonly patience: Patience;

  private constructor(
    private readonly fleet: Fleet,
    private readonly size: SaleSize,
    readonly store: SaleStore,
  ) {
    this.patience = new Patience(() => fleet.isWhole);
  }

  /** Opens the store over the API. */
  static async open(fleet: Fleet, size: SaleSize, seed: number): Promise<SaleDay> {
    const handle = `sale-${seed}`;
    const merchant = await Merchant.signUp(fleet.apiUrl, { handle, currency: 'EUR' });
    await merchant.publishTheme(await zipOf(aTheme({})));
    const product = (title: string, inventory: object) => ({
      body: {
        title,
        handle: title.toLowerCase(),
        status: 'active',
        variants: [{ priceMinor: 1900, ...inventory }],
      },
    });
    const counted = { tracked: true, quantity: size.units };
    await merchant.done('POST /products', product('Scarce', counted));
    await merchant.done('POST /products', product('Plenty', { tracked: false }));
    const rates = [{ name: 'Parcel', by: 'flat', steps: [{ from: 0, priceMinor: 490 }] }];
    const zone = { name: 'Germany', countries: [{ country: 'DE' }], rates };
    await merchant.done('POST /shipping-zones', { body: zone });
    const rule = { kind: 'amount_off', on: 'order', benefit: { percent: 20 } };
    const discount = { title: 'Twenty', method: 'code', code, rule, usageLimit: size.uses };
    await merchant.done('POST /discounts', { body: discount });
    const account = { provider: 'test', title: 'Test payment', enabled: true };
    const { id } = await merchant.done('POST /payment-accounts', { body: account });
    const place = { shopPort: fleet.shopPort, host: `${handle}.localhost`, paymentAccountId: id };
    const goods = await publicIds(fleet, merchant.storeId);
    return new SaleDay(fleet, size, { merchant, place, goods });
  }

  /** Lets everybody in at once, and the merchant ship what is paid meanwhile. */
  async sell(): Promise<Ended[]> {
    const { shoppers, withCode } = this.size;
    const crowd = Array.from({ length: shoppers + withCode }, (_, at) => this.visit(at));
    const gone = new AbortController();
    const shipping = this.shipSome(gone.signal);
    const ended = await Promise.all(crowd);
    gone.abort();
    await shipping;
    return ended;
  }

  /** Lets time pass until nothing is left to do. @throws Error when that never comes */
  async drain(): Promise<void> {
    await this.fleet.startAll();
    await this.sql(
      `UPDATE jobs SET lease_until = now() WHERE state IN ('queued', 'running') AND lease_until > now()`,
    );
    let least = Number.POSITIVE_INFINITY;
    for (let passes = 0; ; passes += 1) {
      const left = await this.leftToDo();
      if (left.length === 0) return;
      if (left.length < least) passes = 0;
      least = Math.min(least, left.length);
      if (passes > vainPasses) throw new Error(`Never quiet: ${JSON.stringify(left)}`);
      await this.letTimePass(passes % 20 === 10);
      await pause(lookMs);
    }
  }

  /** Everything that is not as it must be, in words; none when all is well. */
  async findFaults(ended: readonly Ended[]): Promise<string[]> {
    const { units, uses } = this.size;
    const visits = ended.flatMap((one) => (typeof one === 'string' ? [] : [one.fault]));
    const wrong = (what: string, found: unknown, expected: unknown): string[] =>
      JSON.stringify(found) === JSON.stringify(expected)
        ? []
        : [`${what}: ${JSON.stringify(found)} instead of ${JSON.stringify(expected)}`];
    const bought = ended.filter((one) => one === 'ordered' || one === 'left-after-paying').length;
    const sold = await this.sold();
    const owed = await this.owed();
    return [
      ...visits,
      ...wrong('visits that bought', bought, units + uses),
      ...wrong('sold', sold, { scarce: units, plenty: uses, orders: units + uses }),
      ...wrong('uses of the code', await this.uses(), { used: uses, held: 0, taken: uses }),
      ...wrong('captured at the provider', this.captured(), owed),
      ...wrong('numbers', await this.numbers(), { first: 1, last: units + uses, n: units + uses }),
      ...wrong('stock', await this.stock(), await this.stockByRows()),
      ...wrong('orders without a mail', await this.ordersWithoutMail(), 0),
      ...wrong('dead letters', await this.deadLetters(), []),
      ...(await this.check()),
    ];
  }

  /** In a few words, for the log of a soak. */
  summary(ended: readonly Ended[]): string {
    const counts = new Map<string, number>();
    for (const one of ended) {
      const name = typeof one === 'string' ? one : 'fault';
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    const visits = [...counts].map(([name, n]) => `${n} ${name}`).join(', ');
    return `${visits}; ${this.repeats} requests were sent again`;
  }

  private async visit(at: number): Promise<Ended> {
    const isCode = at >= this.size.shoppers;
    const shopper = new PersistentShopper(this.store.place, this.patience);
    await pause(((at * 7919) % 100) * (arrivalMs / 100));
    try {
      return await shopper.buy({
        variant: isCode ? this.store.goods.plenty : this.store.goods.scarce,
        email: `shopper-${at}@example.test`,
        ...(isCode ? { code: { text: code, takesOff: '3.80' } } : {}),
        leaves: at % 5 === 0,
      });
    } catch (error) {
      return { fault: `shopper ${at}: ${(error as Error).message}` };
    } finally {
      this.repeats += shopper.repeats;
    }
  }

  /** The merchant ships the first orders, and asks again with the same key when no answer comes. */
  private async shipSome(gone: AbortSignal): Promise<void> {
    let looks = lastLooks;
    const shipped = new Set<string>();
    const most = Math.max(1, Math.floor(this.size.units / 5));
    while (shipped.size < most && looks > 0) {
      if (gone.aborted) looks -= 1;
      await pause(500);
      const page = await this.store.merchant.call('GET /orders?limit=50').catch(() => null);
      const items: { id: string; financialStatus: string }[] =
        page?.status === 200 ? page.body.items : [];
      const paid = items.filter(
        ({ id, financialStatus }) => financialStatus === 'paid' && !shipped.has(id),
      );
      for (const { id } of paid.slice(0, most - shipped.size)) {
        if (await this.ship(id)) shipped.add(id);
      }
    }
  }

  private async ship(orderId: string): Promise<boolean> {
    const { storeId, token } = this.store.merchant;
    const answer = await fetch(
      `${this.fleet.apiUrl}/api/v1/stores/${storeId}/orders/${orderId}/parcels`,
      {
        method: 'POST',
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': 'application/json',
          'idempotency-key': `ship-${orderId}`,
        },
        body: JSON.stringify({}),
      },
    ).catch(() => null);
    return answer !== null && answer.status < 300;
  }

  /**
   * What waits becomes due, and the ticks that look after payments and checkouts with it: nobody waits for minutes.
   * @param everything the other ticks too, which go through every store for much else
   */
  private async letTimePass(everything: boolean): Promise<void> {
    await this.sql(
      `UPDATE schedule_ticks SET next_at = now()
       WHERE $1 OR name IN ('payments.reconcile', 'checkout.sweep-checkouts')`,
      [everything],
    );
    await this.sql(`UPDATE jobs SET run_at = now() WHERE state = 'ready' AND run_at > now()`);
    await this.sql(`UPDATE payments SET check_at = now() WHERE check_at > now()`);
    await this.sql(
      `UPDATE payment_operations SET next_at = now() - interval '2 minutes'
       WHERE state IN ('wanted', 'sent') AND next_at > now() - interval '1 minute'`,
    );
  }

  private async leftToDo(): Promise<object[]> {
    return this.sql(
      `SELECT 'event' AS what, name FROM outbox_events
       UNION ALL SELECT 'job', name FROM jobs
         WHERE state <> 'dead' AND name NOT IN ('checkout.check-store') AND store_id = $1
       UNION ALL SELECT 'payment', state FROM payments WHERE store_id = $1 AND state <> 'captured' AND state <> 'surplus'
         AND state <> 'canceled' AND state <> 'failed' AND state <> 'expired'
       UNION ALL SELECT 'operation', kind FROM payment_operations WHERE store_id = $1 AND state IN ('wanted', 'sent')
       UNION ALL SELECT 'checkout', state FROM checkouts WHERE store_id = $1 AND state = 'paying'
       UNION ALL SELECT 'order', financial_status FROM orders WHERE store_id = $1 AND financial_status <> 'paid'`,
      [this.store.merchant.storeId],
    );
  }

  private async sold(): Promise<object | undefined> {
    const [row] = await this.sql(
      `SELECT (coalesce(sum(l.quantity) FILTER (WHERE l.title = 'Scarce'), 0))::int AS scarce,
         (coalesce(sum(l.quantity) FILTER (WHERE l.title = 'Plenty'), 0))::int AS plenty,
         count(DISTINCT order_id)::int AS orders
       FROM order_lines l WHERE store_id = $1`,
      [this.store.merchant.storeId],
    );
    return row;
  }

  /** What orders come to, and how many. */
  private async owed(): Promise<object | undefined> {
    const [row] = await this.sql(
      `SELECT sum(total_minor)::int AS minor, count(*)::int AS n FROM orders
       WHERE store_id = $1 AND financial_status = 'paid'`,
      [this.store.merchant.storeId],
    );
    return row;
  }

  /** By the provider's own books. */
  private captured(): { minor: number; n: number } {
    const own = this.fleet.provider.books
      .list()
      .filter(({ webhookUrl }) => webhookUrl.includes(`//${this.store.place.host}`));
    const objects = own.flatMap((payment) => payment.objects);
    const sum = (kind: string) =>
      objects
        .filter((each) => each.kind === kind && each.status === 'succeeded')
        .map(({ amountMinor }) => amountMinor);
    const total = (amounts: number[]) => amounts.reduce((all, one) => all + one, 0);
    const captures = sum('capture');
    const refunds = sum('refund');
    return { minor: total(captures) - total(refunds), n: captures.length - refunds.length };
  }

  private async uses(): Promise<object | undefined> {
    const [row] = await this.sql(
      `SELECT count(*) FILTER (WHERE r.state = 'used')::int AS used,
         count(*) FILTER (WHERE r.state = 'held')::int AS held,
         (SELECT taken FROM discounts WHERE store_id = $1) AS taken
       FROM discount_redemptions r WHERE store_id = $1`,
      [this.store.merchant.storeId],
    );
    return row;
  }

  private async numbers(): Promise<object | undefined> {
    const [row] = await this.sql(
      `SELECT min(number)::int AS first, max(number)::int AS last, count(number)::int AS n
       FROM orders WHERE store_id = $1`,
      [this.store.merchant.storeId],
    );
    return row;
  }

  private async stock(): Promise<object | undefined> {
    const [row] = await this.sql(
      `SELECT on_hand AS "onHand", committed, reserved FROM inventory_levels l
       WHERE store_id = $1 AND EXISTS (SELECT FROM stock_movements m
         WHERE m.store_id = $1 AND m.item_id = l.item_id AND m.cause = 'reserve')`,
      [this.store.merchant.storeId],
    );
    return row;
  }

  /** What the level must be by what was sold and shipped. */
  private async stockByRows(): Promise<object> {
    const [row] = await this.sql<{ shipped: number }>(
      `SELECT coalesce(sum(shipped), 0)::int AS shipped FROM order_lines WHERE store_id = $1 AND title = 'Scarce'`,
      [this.store.merchant.storeId],
    );
    const shipped = row?.shipped ?? 0;
    const left = this.size.units - shipped;
    return { onHand: left, committed: left, reserved: 0 };
  }

  private async ordersWithoutMail(): Promise<number | undefined> {
    const [row] = await this.sql<{ n: number }>(
      `SELECT count(*)::int AS n FROM orders o WHERE store_id = $1 AND NOT EXISTS (
         SELECT FROM order_events e WHERE e.store_id = $1 AND e.order_id = o.order_id AND e.kind = 'mail_sent')`,
      [this.store.merchant.storeId],
    );
    return row?.n;
  }

  private async deadLetters(): Promise<unknown[]> {
    return this.sql(
      `SELECT name, last_error AS error FROM jobs WHERE store_id = $1 AND state = 'dead'`,
      [this.store.merchant.storeId],
    );
  }

  /** What the operator's command says. */
  private async check(): Promise<string[]> {
    const env = {
      PATH: process.env['PATH'],
      CARAVEL_HOME: resolve(this.fleet.home, 'data'),
      CARAVEL_SECRET: testSecret,
      DATABASE_URL: this.fleet.ownerUrl,
    };
    const args = [program, 'check', '--json', '--store', this.store.merchant.handle];
    const told = await run(process.execPath, args, { env }).catch(
      (error: { stdout?: string; message: string }) => ({ stdout: error.stdout ?? error.message }),
    );
    const { faults } = JSON.parse(told.stdout) as { faults: object[] };
    return faults.map((fault) => `caravel check: ${JSON.stringify(fault)}`);
  }

  private async sql<Row extends object = object>(
    text: string,
    params: unknown[] = [],
  ): Promise<Row[]> {
    return query<Row>(this.fleet.ownerUrl, text, params);
  }
}

async function publicIds(
  { ownerUrl }: Fleet,
  storeId: string,
): Promise<{ scarce: number; plenty: number }> {
  const rows = await query<{ title: string; id: string }>(
    ownerUrl,
    `SELECT p.title, v.public_id AS id FROM variants v JOIN products p USING (store_id, product_id) WHERE store_id = $1`,
    [storeId],
  );
  const of = (title: string) => Number(rows.find((row) => row.title === title)?.id);
  return { scarce: of('Scarce'), plenty: of('Plenty') };
}

/** On a connection of its own: the server may have been another one a moment ago. */
async function query<Row extends object>(
  connectionString: string,
  text: string,
  params: unknown[],
): Promise<Row[]> {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    return (await client.query<Row>(text, params)).rows;
  } finally {
    await client.end();
  }
}
