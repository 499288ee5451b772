import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { findEmbeddedPostgres, startEmbeddedPostgres } from '@platform/embedded-postgres';
import { environmentWith } from '@platform/config';
import { eventually, type StartedPlatform, startPlatform } from './started-platform';
import { GuideShell, readGuide, type ShopVisit, type WithdrawVisit } from './test/guide';
import { Patience } from './test/patience';
import { PersistentShopper } from './test/persistent-shopper';
import { ask } from './test/shopper';

jest.setTimeout(300_000);

/** In the order in which a merchant reads them: later ones use what earlier ones made. */
const guides = [
  'first-store',
  'prices-and-currencies',
  'discounts',
  'shipping',
  'stock',
  'taxes',
  'payments',
  'checkout',
  'orders',
  'returns-and-withdrawal',
  'customers',
  'mails',
  'storefront',
].map((name) => `docs/merchants/${name}.md`);

const tenPercent = {
  title: 'Ten',
  method: 'code',
  code: 'TEN',
  rule: { kind: 'amount_off', on: 'order', benefit: { percent: 10 } },
};
/** What somebody may mistype on the way, with the field that the answer names. */
const slips: [path: string, body: Record<string, unknown>, field: string][] = [
  [
    '$STORE/products',
    { title: 'Cup', variants: [{ priceMinor: '9.00' }] },
    'variants.0.priceMinor',
  ],
  ['$STORE/discounts', { ...tenPercent, usageLimt: 20 }, 'usageLimt'],
  ['$STORE/discounts', { ...tenPercent, code: undefined }, 'code'],
  ['$STORE/shipping-zones', { name: 'Spain', countries: ['ES'], rates: [] }, 'countries.0'],
  ['$STORE/tax-registrations', { scheme: 'local', country: 'ES', number: '1' }, 'from'],
  ['$STORE/markets', { name: 'UK', countries: ['GB'], currency: 'GBP', rate: '-1' }, 'rate'],
  ['$STORE/payment-accounts', { provider: 'manual', minMinor: 9, maxMinor: 1 }, 'maxMinor'],
  ['$STORE/payment-accounts', { provider: 'stripe', enabled: true }, 'keys.secretKey'],
  ['$STORE/gift-cards', { amountMinor: 5000, currency: 'eur' }, 'currency'],
  ['$STORE/draft-orders', { lines: [] }, 'lines'],
  ['$ORDER/cancel', { reason: 'bored' }, 'reason'],
  ['$ORDER/parcels', { tracking: { url: 'ups' } }, 'tracking.url'],
  ['$STORE/customers', { email: 'ada' }, 'email'],
];

describe('the guides for merchants', () => {
  let home: string;
  let platform: StartedPlatform;
  let shell: GuideShell;
  let database: Client;

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'caravel-guides-'));
    platform = await startPlatform({ CARAVEL_HOME: join(home, 'platform') });
    shell = new GuideShell(environmentWith({ HOME: home }));
    const url = await findEmbeddedPostgres({ home: join(home, 'platform') });
    database = new Client({ connectionString: url ?? '' });
    await database.connect();
  });
  afterAll(async () => {
    await shell?.close();
    await database?.end();
    await platform?.pressCtrlC();
    const left = await startEmbeddedPostgres({ home: join(home, 'platform') });
    await left.destroy();
    await rm(home, { recursive: true, force: true });
  });

  test.each(['README.md', ...guides])('%s can be followed as it stands', async (document) => {
    const steps = readGuide(document);
    expect(steps.length).toBeGreaterThan(0);
    for (const step of steps) {
      if (step.kind === 'shop') await shop(step.visit);
      else if (step.kind === 'withdraw') await withdraw(step.visit);
      else {
        const printed = await shell.run(here(step.script));
        if (step.prints !== null) expect([step.at, printed]).toEqual([step.at, step.prints]);
      }
      // Who reads is slower than the worker.
      await eventually(isQuiet);
    }
  });

  test.each(slips)('%s with %j is refused by the name of the field', async (path, body, field) => {
    const posted = `curl -sS "${path}" -H "authorization: Bearer $TOKEN" -H 'idempotency-key: ${field}' \\
      -H 'content-type: application/json' -d '${JSON.stringify(body)}' | jq -c '[.status, .errors[0].field]'`;
    expect(JSON.parse(await shell.run(posted))).toEqual([422, field]);
  });

  /** The same text with the addresses and the folder of this platform. */
  function here(text: string): string {
    return text
      .replaceAll('http://localhost:4000', platform.ready.api)
      .replaceAll(':4080', `:${new URL(platform.ready.storefront).port}`)
      .replaceAll('/tmp/', `${home}/`);
  }

  /** Buys what a guide tells of. */
  async function shop({ sku, pay, email, code, takesOff = '' }: ShopVisit): Promise<void> {
    const value = (script: string) => shell.run(script);
    const products = `api "$STORE/products/$PRODUCT" | jq '.variants[] | select(.sku == "${sku}").publicId'`;
    const accounts = `api "$STORE/payment-accounts" | jq -r '.items[] | select(.title == "${pay}").id'`;
    const place = {
      shopPort: Number(new URL(platform.ready.storefront).port),
      host: 'mira.localhost',
      paymentAccountId: await value(accounts),
    };
    const text = code === undefined ? undefined : await value(`printf '%s' "${code}"`);
    const visit = await new PersistentShopper(place, new Patience()).buy({
      variant: Number(await value(products)),
      email,
      address: guimaraes,
      leaves: false,
      ...(text === undefined ? {} : { code: { text, takesOff } }),
    });
    expect(visit).toBe('ordered');
  }

  /** Withdraws as the page asks: a statement, and a button that confirms it. */
  async function withdraw({ order, name, email }: WithdrawVisit): Promise<void> {
    const statement = { name, reference: order, email };
    const ports = { shop: Number(new URL(platform.ready.storefront).port), tls: 0 };
    for (const intent of ['review', 'confirm']) {
      const body = new URLSearchParams({ ...statement, intent }).toString();
      const { status, text } = await ask(ports, 'mira.localhost', '/withdraw', {
        method: 'POST',
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          'content-length': String(Buffer.byteLength(body)),
        },
        body,
      });
      expect([intent, status]).toEqual([intent, 200]);
      expect(text).toContain(order);
    }
  }

  /** Whether everything that follows from what was done is done. */
  async function isQuiet(): Promise<boolean> {
    const { rows } = await database.query<{ left: number }>(
      `SELECT (SELECT count(*) FROM outbox_events) + (SELECT count(*) FROM jobs
         WHERE state IN ('queued', 'running') OR state = 'ready' AND run_at <= now()) AS left`,
    );
    return Number(rows[0]?.left) === 0;
  }
});

const guimaraes = {
  shipping_country: 'PT',
  shipping_name: 'Ada Lovelace',
  shipping_address1: 'Rua de Santa Maria 12',
  shipping_zip: '4800-443',
  shipping_city: 'Guimarães',
};
