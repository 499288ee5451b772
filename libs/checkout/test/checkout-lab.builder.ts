import { newId } from '@libs/kernel';
import { CatalogModule } from '@libs/catalog';
import { CheckoutModule, OpenCarts } from '@libs/checkout';
import { OrdersModule } from '@libs/orders';
import { PaymentsModule } from '@libs/payments';
import { CheckoutWorkerModule } from '@worker/checkout';
import { OrdersWorkerModule } from '@worker/orders';
import { PaymentsWorkerModule } from '@worker/payments';
import { type Lab, openLab } from '@testing';
import type { Fact } from '../../payments/src/facts/fact';
import type { PaymentProvider } from '../../payments/src/providers/payment-provider';
import { manualProvider } from '../../payments/src/providers/by-hand';
import { Providers } from '../../payments/src/providers/providers.service';
import { anAccount, tell } from '../../payments/test/payments-lab';
import type { CheckoutChange } from '../src/checkouts/checkout-change';
import { Checkouts } from '../src/checkouts/checkouts.service';
import type { CheckoutRow } from '../src/checkouts/checkout-rows.queries';
import { Paying, type PayOutcome } from '../src/checkouts/paying.service';
import { Settling } from '../src/checkouts/settling.service';
import { sell } from './cart-lab.builder';
import { makeZone } from './rules-lab.builder';

/** Where the tests send things. */
export const berlin = {
  name: 'Ada Lovelace',
  address1: 'Torstraße 1',
  zip: '10119',
  city: 'Berlin',
  country: 'DE',
};

/** A lab in which checkouts can be paid: by hand, and by a card whose facts the test tells. */
export async function openCheckoutLab(
  more: (typeof CheckoutModule)[] = [],
  env: Record<string, string> = {},
): Promise<Lab> {
  const lab = await openLab({
    env,
    modules: [
      CatalogModule,
      PaymentsModule,
      OrdersModule,
      CheckoutModule,
      CheckoutWorkerModule,
      PaymentsWorkerModule,
      OrdersWorkerModule,
      ...more,
    ],
  });
  const providers = lab.get(Providers) as unknown as { byCode: Map<string, PaymentProvider> };
  providers.byCode.set('test', toldProvider);
  return lab;
}

/** A card: the shopper is sent away, and what happens there is told by the test. */
const toldProvider: PaymentProvider = {
  ...manualProvider,
  code: 'test',
  title: 'Card',
  capabilities: { ...manualProvider.capabilities, separateCapture: true, byHand: false },
  open: (account) => ({
    ...manualProvider.open(account),
    begin: ({ paymentId }) =>
      Promise.resolve({
        ref: paymentId,
        next: { kind: 'redirect', url: `https://card.example/${paymentId}` },
        facts: [],
      }),
    capture: ({ paymentId, money, key }) =>
      Promise.resolve([
        {
          kind: 'capture',
          objectId: `capture ${key}`,
          parentId: `auth ${paymentId}`,
          status: 'succeeded',
          money,
          at: new Date().toISOString(),
          operationKey: key,
        },
      ]),
  }),
};

/** A store that sells shirts: `LS-S` counted at so many, `LS-M` at 52.00; delivery in Germany for 4.90. */
export async function aSellingStore(lab: Lab, units = 3) {
  const storeId = await lab.aStore();
  await sell(lab, storeId, {
    variants: [
      {
        options: ['S'],
        sku: 'LS-S',
        priceMinor: 4900,
        inventory: { tracked: true, quantity: units },
      },
      { options: ['M'], sku: 'LS-M', priceMinor: 5200, grams: 220 },
    ],
  });
  await makeZone(lab, storeId);
  const manual = await anAccount(lab, storeId, { provider: 'manual' });
  const card = await anAccount(lab, storeId, { provider: 'test' });
  const rows = await lab.db.read(storeId, (store) =>
    store.query<{ sku: string; id: number; variantId: string }>(
      'SELECT sku, public_id AS id, variant_id AS "variantId" FROM variants',
    ),
  );
  const of = (sku: string) => rows.find((row) => row.sku === sku)!;
  return new SellingStore(lab, storeId, {
    accounts: { manual, card },
    small: of('LS-S'),
    medium: of('LS-M'),
  });
}

interface Goods {
  accounts: { manual: string; card: string };
  small: { id: number; variantId: string };
  medium: { id: number; variantId: string };
}

/** What shoppers and tests do in a store. */
export class SellingStore {
  constructor(
    readonly lab: Lab,
    readonly storeId: string,
    readonly goods: Goods,
  ) {}

  /** A checkout of these units, complete but for the payment. */
  async shopper(
    wants: readonly { variant: number; quantity?: number; properties?: [string, string][] }[],
    change: CheckoutChange = {},
  ): Promise<{ token: string; cartToken: string }> {
    const { lab, storeId } = this;
    const outcome = await lab.db.write(storeId, (store) =>
      lab.get(OpenCarts).add(
        store,
        { token: null, currency: 'EUR' },
        wants.map(({ variant, quantity = 1, properties = [] }) => ({
          variant,
          quantity,
          properties,
        })),
      ),
    );
    if (outcome.kind !== 'done') throw new Error(`The cart was not filled: ${outcome.kind}.`);
    const cartToken = outcome.token ?? '';
    const token = await this.start(cartToken);
    await this.update(token, {
      email: 'ada@example.com',
      shippingAddress: berlin,
      consent: { marketing: false, terms: true },
      paymentAccountId: this.goods.accounts.card,
      ...change,
    });
    // A method can be chosen once there is an amount to pay.
    await this.update(token, {
      paymentAccountId: change.paymentAccountId ?? this.goods.accounts.card,
    });
    return { token, cartToken };
  }

  /** Begins a checkout of a cart. @param customerId who is signed in */
  async start(cartToken: string, customerId: string | null = null): Promise<string> {
    const { lab, storeId } = this;
    const input = { cartToken, browser: 'browser', locale: 'en', source: null, customerId };
    const checkouts = lab.get(Checkouts);
    const token = await checkouts.write(storeId, (store) => checkouts.start(store, input));
    if (token === null) throw new Error('The cart is empty.');
    return token;
  }

  update(token: string, change: CheckoutChange, version?: number) {
    const { lab, storeId } = this;
    const checkouts = lab.get(Checkouts);
    return checkouts.write(storeId, (store) => checkouts.update(store, token, change, version));
  }

  async read(token: string): Promise<CheckoutRow> {
    const { lab, storeId } = this;
    const found = await lab.db.read(storeId, (store) => lab.get(Checkouts).find(store, token));
    if (!found) throw new Error('There is no such checkout.');
    return found;
  }

  /** Pays what the checkout shows now. */
  async pay(
    token: string,
    more: { payKey?: string; quoteHash?: string; ipCountry?: string; change?: CheckoutChange } = {},
  ): Promise<PayOutcome> {
    const { quoteHash } = await this.read(token);
    return this.lab.get(Paying).pay(this.storeId, {
      token,
      payKey: newId(),
      quoteHash: quoteHash ?? '',
      returnUrl: 'https://shop.example/return',
      ...more,
    });
  }

  async settle(token: string) {
    const { checkoutId } = await this.read(token);
    return this.lab.get(Settling).settle(this.storeId, checkoutId);
  }

  /** The shopper wants to pay otherwise. */
  async giveUp(token: string) {
    const { checkoutId } = await this.read(token);
    return this.lab.get(Settling).giveUp(this.storeId, checkoutId);
  }

  async expire(token: string) {
    const { checkoutId } = await this.read(token);
    return this.lab.get(Settling).expire(this.storeId, checkoutId);
  }

  /** The checkout's time is over by the database's clock. */
  async passTime(token: string, hours = 0): Promise<void> {
    const { checkoutId } = await this.read(token);
    await this.sql(
      `UPDATE checkouts SET expires_at = now() - interval '1 second' - make_interval(hours => $2)
       WHERE store_id = $1 AND checkout_id = $3`,
      [hours, checkoutId],
    );
  }

  /** A provider's facts about the checkout's last payment. */
  async tell(token: string, ...facts: ToldFact[]): Promise<string> {
    const { paymentId, quote } = await this.read(token);
    if (paymentId === null) throw new Error('Nothing is being paid.');
    const amountMinor = quote?.totals.totalMinor ?? 0;
    const whole = facts.map((fact) => ({
      objectId: `${fact.kind} ${paymentId}`,
      money: { amountMinor, currency: 'EUR' },
      at: new Date().toISOString(),
      ...fact,
    }));
    await tell(this.lab, this.storeId, paymentId, whole);
    return paymentId;
  }

  /** Rows of the store; `$1` is its id. */
  query<Row>(sql: string, params: unknown[] = []): Promise<Row[]> {
    return this.lab.db.read(this.storeId, (store) =>
      store.query<Row>(sql, [this.storeId, ...params]),
    );
  }

  async sql(sql: string, params: unknown[] = []): Promise<void> {
    await this.lab.db.write(this.storeId, (store) => store.execute(sql, [this.storeId, ...params]));
  }

  /** Somebody who owns the store's organization, and gets its alarms. */
  async anOwner(email: string): Promise<void> {
    const [own] = await this.query<{ id: string }>(
      'SELECT organization_id AS id FROM stores WHERE store_id = $1',
    );
    await this.lab.db.outsideStores(async (tx) => {
      const [userId, roleId] = [newId(), newId()];
      await tx.execute(
        `INSERT INTO users (user_id, email, name, password_hash) VALUES ($1, $2, 'Olga', '')`,
        [userId, email],
      );
      await tx.execute(
        `INSERT INTO roles (organization_id, role_id, name, permissions) VALUES ($1, $2, 'Owner', '{}')`,
        [own?.id, roleId],
      );
      await tx.execute(
        'INSERT INTO members (organization_id, user_id, role_id) VALUES ($1, $2, $3)',
        [own?.id, userId, roleId],
      );
    });
  }

  orders() {
    return this.query<{ name: string; number: number; totalMinor: number; risk: string[] }>(
      `SELECT name, number::int, total_minor::int AS "totalMinor", risk FROM orders WHERE store_id = $1 ORDER BY number`,
    );
  }

  /** Says to which countries the store's locations send; null is everywhere. */
  deliverTo(countries: readonly string[] | null): Promise<void> {
    return this.sql('UPDATE locations SET delivers_to = $2 WHERE store_id = $1', [countries]);
  }

  /** What of the counted shirt is where. */
  async stock() {
    const [level] = await this.query<{ onHand: number; committed: number; reserved: number }>(
      `SELECT on_hand AS "onHand", committed, reserved FROM inventory_levels WHERE store_id = $1 AND item_id = $2`,
      [this.goods.small.variantId],
    );
    return level;
  }
}

/** A fact of the checkout's own payment and amount unless said otherwise. */
export type ToldFact = Pick<Fact, 'kind' | 'status'> & Partial<Fact>;
