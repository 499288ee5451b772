import * as fc from 'fast-check';
import { newId } from '@libs/kernel';
import { Customers } from '@libs/customers';
import { StoredValue } from '@libs/payments';
import type { Lab } from '@testing';
import { SweepCheckouts } from '../src/worker/sweep-checkouts.job';
import { type SellingStore, aSellingStore, openCheckoutLab } from './checkout-lab.builder';

const authorized = { kind: 'auth', status: 'authorized' } as const;
const declined = { kind: 'auth', status: 'failed', reason: 'card_declined' } as const;

let lab: Lab;
let shop: SellingStore;

beforeAll(async () => {
  lab = await openCheckoutLab();
});
beforeEach(async () => {
  shop = await aSellingStore(lab, 100);
});
afterAll(() => lab.close());
afterEach(expectBooksToAgree);

type Store = Parameters<Parameters<Lab['db']['write']>[1]>[0];
const write = <T>(work: (store: Store) => Promise<T>) => lab.db.write(shop.storeId, work);

async function aCard(amountMinor: number, currency = 'EUR') {
  const { accountId, code } = await write((store) =>
    lab.get(StoredValue).issueGiftCard(store, { money: { amountMinor, currency }, ref: newId() }),
  );
  return { accountId, lastCharacters: code.slice(-4), code };
}

async function balance(accountId: string): Promise<number> {
  const [row] = await shop.query<{ balanceMinor: number }>(
    'SELECT balance_minor AS "balanceMinor" FROM stored_value_accounts WHERE store_id = $1 AND account_id = $2',
    [accountId],
  );
  return row?.balanceMinor ?? -1;
}

/** Every balance is the sum of its entries and not below 0; nothing is held by a checkout that is not being paid. */
async function expectBooksToAgree(): Promise<void> {
  const wrong = await shop.query(
    `SELECT account_id FROM stored_value_accounts a WHERE store_id = $1 AND (balance_minor < 0 OR balance_minor <>
       (SELECT coalesce(sum(delta_minor), 0) FROM stored_value_entries e
        WHERE e.store_id = a.store_id AND e.account_id = a.account_id))`,
  );
  const stray = await shop.query(
    `SELECT h.checkout_id FROM stored_value_holds h JOIN checkouts c USING (store_id, checkout_id)
     WHERE store_id = $1 AND h.state = 'held' AND c.state <> 'paying'`,
  );
  expect([wrong, stray]).toEqual([[], []]);
}

/** A checkout of one small shirt (49.00 and 4.90 for delivery) and these cards. */
async function aShopper(...giftCards: { accountId: string; lastCharacters: string }[]) {
  const { token } = await shop.shopper([{ variant: shop.goods.small.id }], {
    email: `shopper-${newId()}@example.com`,
  });
  await shop.update(token, {
    giftCards: giftCards.map(({ accountId, lastCharacters }) => ({ accountId, lastCharacters })),
  });
  return token;
}

/** What the provider tells of the part that it is asked for. */
async function tellDue(token: string, fact: typeof authorized | typeof declined) {
  const { quote } = await shop.read(token);
  const amountMinor = quote?.tenders.find(({ kind }) => kind === 'provider')?.amountMinor ?? 0;
  await shop.tell(token, { ...fact, money: { amountMinor, currency: 'EUR' } });
}

function orderTenders() {
  return shop.query<{ kind: string; amountMinor: number }>(
    'SELECT kind, amount_minor::int AS "amountMinor" FROM order_tenders WHERE store_id = $1 ORDER BY position',
  );
}

test('gift cards pay first, each to its end, and the provider is asked for the rest', async () => {
  const [one, two] = [await aCard(2000), await aCard(1000)];
  const token = await aShopper(one, two);
  expect(await shop.pay(token)).toMatchObject({ kind: 'begun' });
  expect([await balance(one.accountId), await balance(two.accountId)]).toEqual([0, 0]);
  await tellDue(token, authorized);
  expect(await shop.settle(token)).toMatchObject({ kind: 'placed' });
  expect(await orderTenders()).toEqual([
    { kind: 'gift_card', amountMinor: 2000 },
    { kind: 'gift_card', amountMinor: 1000 },
    { kind: 'provider', amountMinor: 2390 },
  ]);
  expect(await shop.orders()).toMatchObject([{ totalMinor: 5390 }]);
});

test('a checkout that gift cards cover needs no provider, and its order is paid', async () => {
  const card = await aCard(10_000);
  const token = await aShopper(card);
  const outcome = await shop.pay(token);
  expect(outcome).toMatchObject({ kind: 'settled', outcome: { kind: 'placed' } });
  expect(await balance(card.accountId)).toBe(4610);
  expect(await shop.query('SELECT FROM payments WHERE store_id = $1')).toEqual([]);
  const [order] = await shop.query<{ status: string }>(
    'SELECT financial_status AS status FROM orders WHERE store_id = $1',
  );
  expect(order).toEqual({ status: 'paid' });
});

test('the fee of a way to pay is not charged where nobody is asked to pay by it', async () => {
  const card = await aCard(5390);
  await shop.sql(
    `UPDATE payment_accounts SET settings = settings || '{"feeMinor": 300}' WHERE store_id = $1`,
  );
  const token = await aShopper(card);
  const { quote } = await shop.read(token);
  expect([quote?.totals.totalMinor, quote?.settledBy]).toEqual([5390, 'stored_value']);
});

test('a decline gives the gift card back at once, and the next try takes it again', async () => {
  const card = await aCard(2000);
  const token = await aShopper(card);
  await shop.pay(token);
  expect(await balance(card.accountId)).toBe(0);
  await tellDue(token, declined);
  expect(await shop.settle(token)).toMatchObject({ kind: 'failed' });
  expect(await balance(card.accountId)).toBe(2000);
  await shop.pay(token);
  await tellDue(token, authorized);
  expect(await shop.settle(token)).toMatchObject({ kind: 'placed' });
  expect(await balance(card.accountId)).toBe(0);
});

test('a checkout whose time is over gives the gift card back once', async () => {
  const card = await aCard(2000);
  const token = await aShopper(card);
  await shop.pay(token);
  await shop.passTime(token);
  for (let round = 0; round < 3; round += 1) {
    await lab.get(SweepCheckouts).tick();
    await lab.drain();
  }
  expect(await shop.read(token)).toMatchObject({ state: 'expired' });
  expect(await balance(card.accountId)).toBe(2000);
});

test('late money makes an order only while the gift card can be held again', async () => {
  const late = async (leave: boolean) => {
    const card = await aCard(2000);
    const token = await aShopper(card);
    await shop.pay(token);
    const { checkoutId } = await shop.read(token);
    await shop.sql(
      `UPDATE checkouts SET state = 'expired', expires_at = now() - interval '1 hour'
       WHERE store_id = $1 AND checkout_id = $2`,
      [checkoutId],
    );
    await write((store) => lab.get(StoredValue).release(store, checkoutId));
    if (!leave)
      await write((store) =>
        lab
          .get(StoredValue)
          .hold(store, newId(), [{ accountId: card.accountId, amountMinor: 2000 }]),
      );
    await tellDue(token, authorized);
    const outcome = await shop.settle(token);
    return { kind: outcome.kind, balance: await balance(card.accountId) };
  };
  expect(await late(true)).toEqual({ kind: 'placed', balance: 0 });
  expect(await late(false)).toEqual({ kind: 'expired', balance: 0 });
  expect(await shop.orders()).toHaveLength(1);
});

test('row 23: a gift card spent in two checkouts at once never falls below 0', async () => {
  const card = await aCard(8000);
  const tokens = await Promise.all([aShopper(card), aShopper(card)]);
  const outcomes = await Promise.all(tokens.map((token) => shop.pay(token)));
  const kinds = outcomes.map((one) => (one.kind === 'settled' ? one.outcome.kind : one.kind));
  expect(kinds.sort()).toEqual(['placed', 'price-changed']);
  expect(await balance(card.accountId)).toBe(2610);
  const refused = outcomes.find(({ kind }) => kind === 'price-changed');
  expect(refused).toMatchObject({
    change: {
      lines: [],
      total: { beforeMinor: 5390, afterMinor: 5390 },
      due: { beforeMinor: 0, afterMinor: 2780 },
    },
    checkout: { state: 'open' },
  });
});

test('row 23, at random: no history of shoppers, declines and ends spends more than there is', async () => {
  const step = fc.record({
    who: fc.nat({ max: 3 }),
    verb: fc.constantFrom('pay', 'decline', 'authorize', 'expire', 'together'),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 10 }), async (steps) => {
      const cards = [await aCard(6000), await aCard(3000)];
      const tokens: string[] = [];
      for (let n = 0; n < 4; n += 1)
        tokens.push(await aShopper(...(n % 2 ? cards : cards.toReversed())));
      for (const { who, verb } of steps) await act(tokens, who, verb);
      await expectBooksToAgree();
      await expectOrdersToBePaid();
    }),
    { numRuns: 6 },
  );
}, 120_000);

async function act(tokens: readonly string[], who: number, verb: string): Promise<void> {
  const token = tokens[who]!;
  if (verb === 'together') {
    await Promise.all(tokens.map((one) => shop.pay(one)));
    return;
  }
  if (verb === 'pay') {
    await shop.pay(token);
    return;
  }
  const { state, paymentId } = await shop.read(token);
  if (state !== 'paying' || paymentId === null) return;
  if (verb === 'expire') {
    await tellDue(token, declined);
    await shop.passTime(token);
    await shop.expire(token);
  } else {
    await tellDue(token, verb === 'decline' ? declined : authorized);
    await shop.settle(token);
  }
}

/** I3: what was spent of stored value for an order is what its tenders say. */
async function expectOrdersToBePaid(): Promise<void> {
  const wrong = await shop.query(
    `SELECT o.name FROM orders o WHERE o.store_id = $1 AND (o.total_minor <>
       (SELECT sum(amount_minor) FROM order_tenders t WHERE t.store_id = o.store_id AND t.order_id = o.order_id)
       OR coalesce((SELECT sum(amount_minor) FROM stored_value_holds h
         WHERE h.store_id = o.store_id AND h.order_id = o.order_id AND h.state = 'spent'), 0) <>
       coalesce((SELECT sum(amount_minor) FROM order_tenders t
         WHERE t.store_id = o.store_id AND t.order_id = o.order_id AND t.kind <> 'provider'), 0))`,
  );
  expect(wrong).toEqual([]);
}

test('a customer’s credit pays after the cards, and a guest has none', async () => {
  const customerId = await write(async (store) => {
    const email = `${newId()}@example.com`;
    const id = await lab.get(Customers).findOrCreateByEmail(store, {
      email,
      firstName: 'Ada',
      lastName: 'Lovelace',
      phone: null,
      locale: 'en',
    });
    const money = { amountMinor: 1000, currency: 'EUR' };
    await lab.get(StoredValue).grantCredit(store, { customerId: id ?? '', money, ref: 'gift' });
    return id;
  });
  const card = await aCard(2500);
  const token = await aShopper(card);
  await shop.update(token, { useCredit: true });
  expect((await shop.read(token)).quote?.tenders).toMatchObject([
    { kind: 'gift_card', amountMinor: 2500 },
    { kind: 'provider', amountMinor: 2890 },
  ]);
  const { checkoutId } = await shop.read(token);
  await shop.sql('UPDATE checkouts SET customer_id = $2 WHERE store_id = $1 AND checkout_id = $3', [
    customerId,
    checkoutId,
  ]);
  await shop.update(token, {});
  expect((await shop.read(token)).quote?.tenders).toMatchObject([
    { kind: 'gift_card', amountMinor: 2500 },
    { kind: 'store_credit', amountMinor: 1000 },
    { kind: 'provider', amountMinor: 1890 },
  ]);
});

test('a card that was stopped meanwhile leaves the checkout, and the shopper is told what is to pay', async () => {
  const card = await aCard(2000);
  const token = await aShopper(card);
  await shop.sql('UPDATE stored_value_accounts SET disabled_at = now() WHERE store_id = $1');
  expect(await shop.pay(token)).toMatchObject({
    kind: 'price-changed',
    change: { due: { beforeMinor: 3390, afterMinor: 5390 } },
  });
  expect((await shop.read(token)).giftCards).toEqual([]);
});
