import { newId } from '@libs/kernel';
import { PaymentsModule, StoredValue } from '@libs/payments';
import { type Lab, openLab } from '@testing';
import { GiftCards } from '../src/stored-value/gift-cards.service';

let lab: Lab;
let storeId: string;

beforeAll(async () => {
  lab = await openLab({ modules: [PaymentsModule] });
  storeId = await lab.aStore();
}, 60_000);
afterAll(() => lab.close());

const value = () => lab.get(StoredValue);
type Store = Parameters<Parameters<Lab['db']['write']>[1]>[0];
const write = <T>(work: (store: Store) => Promise<T>) => lab.db.write(storeId, work);

function aGiftCard(amountMinor: number) {
  const money = { amountMinor, currency: 'EUR' };
  return write((store) => value().issueGiftCard(store, { money, ref: newId() }));
}

async function balance(accountId: string): Promise<number> {
  const [row] = await lab.db.read(storeId, (store) => value().balancesOf(store, [accountId]));
  return row?.balanceMinor ?? -1;
}

/** Every balance is the sum of its entries. */
async function expectBooksToAgree(): Promise<void> {
  const wrong = await lab.db.read(storeId, (store) =>
    store.query(
      `SELECT account_id FROM stored_value_accounts a WHERE store_id = $1 AND balance_minor <>
         (SELECT coalesce(sum(delta_minor), 0) FROM stored_value_entries e
          WHERE e.store_id = a.store_id AND e.account_id = a.account_id)`,
      [storeId],
    ),
  );
  expect(wrong).toEqual([]);
}

afterEach(expectBooksToAgree);

test('a gift card is found by its code however it is typed, and the code is kept nowhere', async () => {
  const { accountId, code } = await aGiftCard(2500);
  expect(code).toMatch(/^[3-9A-Y]{4}(-[3-9A-Y]{4}){3}$/);
  const typed = code.toLowerCase().replaceAll('-', ' ');
  const found = await lab.db.read(storeId, (store) => value().findGiftCard(store, typed));
  expect(found).toEqual({
    accountId,
    kind: 'gift_card',
    lastCharacters: code.slice(-4),
    currency: 'EUR',
    balanceMinor: 2500,
  });
  const rows = await lab.db.read(storeId, (store) =>
    store.query(
      'SELECT to_jsonb(a)::text AS row FROM stored_value_accounts a WHERE account_id = $1',
      [accountId],
    ),
  );
  expect(JSON.stringify(rows)).not.toContain(code.replaceAll('-', ''));
});

test('one that has expired or was disabled is found by nobody', async () => {
  const { code } = await aGiftCard(100);
  await write((store) =>
    store.execute(
      `UPDATE stored_value_accounts SET expires_at = now() - interval '1 second' WHERE store_id = $1`,
      [storeId],
    ),
  );
  expect(await lab.db.read(storeId, (store) => value().findGiftCard(store, code))).toBeNull();
  await write((store) =>
    store.execute('UPDATE stored_value_accounts SET expires_at = NULL WHERE store_id = $1', [
      storeId,
    ]),
  );
});

test('of many checkouts at once, no more is held than there is', async () => {
  const { accountId } = await aGiftCard(1000);
  const checkouts = Array.from({ length: 20 }, () => newId());
  const held = await Promise.allSettled(
    checkouts.map((id) =>
      write((store) => value().hold(store, id, [{ accountId, amountMinor: 300 }])),
    ),
  );
  expect(held.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
  expect(await balance(accountId)).toBe(100);
  const refused = held.find(({ status }) => status === 'rejected') as PromiseRejectedResult;
  expect(refused.reason).toMatchObject({ code: 'payments.stored-value-short' });
});

test('two cards held by two checkouts in other orders lock nobody out', async () => {
  const cards = [await aGiftCard(5000), await aGiftCard(5000)].map(({ accountId }) => accountId);
  const wanted = cards.map((accountId) => ({ accountId, amountMinor: 100 }));
  const all = Array.from({ length: 20 }, (_, n) =>
    write((store) => value().hold(store, newId(), n % 2 ? wanted : wanted.toReversed())),
  );
  await Promise.all(all);
  for (const id of cards) expect(await balance(id)).toBe(3000);
});

test('what is held is spent or released once, and can be held again after a release', async () => {
  const { accountId } = await aGiftCard(1000);
  const checkoutId = newId();
  const hold = () =>
    write((store) => value().hold(store, checkoutId, [{ accountId, amountMinor: 400 }]));
  await hold();
  await hold();
  expect(await balance(accountId)).toBe(600);
  await write((store) => value().release(store, checkoutId));
  await write((store) => value().release(store, checkoutId));
  expect(await balance(accountId)).toBe(1000);
  await hold();
  const orderId = newId();
  expect(await write((store) => value().spend(store, checkoutId, orderId))).toEqual([
    { accountId, amountMinor: 400 },
  ]);
  expect(await write((store) => value().spend(store, checkoutId, orderId))).toEqual([]);
  await write((store) => value().release(store, checkoutId));
  expect(await balance(accountId)).toBe(600);
  expect(await lab.db.read(storeId, (store) => value().ofOrder(store, orderId))).toEqual([
    { accountId, amountMinor: 400 },
  ]);
});

test('an order gets back what it spent and no more, each refund once', async () => {
  const { accountId } = await aGiftCard(1000);
  const [checkoutId, orderId] = [newId(), newId()];
  await write((store) => value().hold(store, checkoutId, [{ accountId, amountMinor: 400 }]));
  await write((store) => value().spend(store, checkoutId, orderId));
  const refund = (amountMinor: number, ref: string) =>
    write((store) => value().refund(store, { orderId, accountId, amountMinor, ref }));
  await refund(250, 'one');
  await refund(250, 'one');
  await expect(refund(151, 'two')).rejects.toMatchObject({ code: 'payments.refund-too-large' });
  const raced = await Promise.allSettled(['a', 'b', 'c'].map((ref) => refund(100, ref)));
  expect(raced.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(await balance(accountId)).toBe(950);
});

test('credit is given once for each reason, and is the customer’s in that currency', async () => {
  const customerId = newId();
  const money = { amountMinor: 700, currency: 'EUR' };
  const grant = (ref: string) =>
    write((store) => value().grantCredit(store, { customerId, money, ref }));
  await Promise.all(['a', 'a', 'b'].map(grant));
  const credit = (currency: string) =>
    lab.db.read(storeId, (store) => value().creditOf(store, customerId, currency));
  expect(await credit('EUR')).toMatchObject({ kind: 'store_credit', balanceMinor: 1400 });
  expect(await credit('USD')).toBeNull();
});

test('a card of staff is made once under its name, and a lost answer is given with another code', async () => {
  const money = { amountMinor: 2500, currency: 'EUR' };
  const issue = (amountMinor = 2500, ref = 'card:eve:first') =>
    write((store) =>
      lab.get(GiftCards).issue(store, { money: { ...money, amountMinor }, expiresAt: null, ref }),
    );
  const [first, again, other] = [
    await issue(),
    await issue(),
    await issue(2500, 'card:eve:second'),
  ];
  expect([again.id, again.balanceMinor]).toEqual([first.id, 2500]);
  expect(again.lastCharacters).toBe(again.code.slice(-4));
  expect(other.id).not.toBe(first.id);
  const find = (code: string) => lab.db.read(storeId, (store) => value().findGiftCard(store, code));
  expect(await find(first.code)).toBeNull();
  expect(await find(again.code)).toMatchObject({ accountId: first.id });
  const reused = { code: 'http.idempotency-key-reused' };
  await expect(issue(2600)).rejects.toMatchObject(reused);
  await write((store) => value().hold(store, newId(), [{ accountId: first.id, amountMinor: 100 }]));
  await expect(issue()).rejects.toMatchObject(reused);
  expect(await find(again.code)).toMatchObject({ balanceMinor: 2400 });
});

test('the history cannot be rewritten', async () => {
  await aGiftCard(100);
  const rewrite = write((store) =>
    store.execute('UPDATE stored_value_entries SET delta_minor = 0 WHERE store_id = $1', [storeId]),
  );
  await expect(rewrite).rejects.toMatchObject({ code: '42501' });
});
