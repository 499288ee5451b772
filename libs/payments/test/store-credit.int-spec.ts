import { newId } from '@libs/kernel';
import { PaymentsModule, StoredValue } from '@libs/payments';
import { type Lab, openLab } from '@testing';
import { StoreCredit } from '../src/stored-value/store-credit.service';

let lab: Lab;
let storeId: string;
let customerId: string;

beforeAll(async () => {
  lab = await openLab({ modules: [PaymentsModule] });
}, 60_000);
beforeEach(async () => {
  storeId = await lab.aStore();
  customerId = newId();
  await lab.db.write(storeId, (store) =>
    store.execute(
      `INSERT INTO customers (store_id, customer_id, email, first_name, last_name, locale)
       VALUES ($1, $2, 'ada@example.test', 'Ada', 'Lovelace', 'en')`,
      [storeId, customerId],
    ),
  );
});
afterAll(() => lab.close());

const credit = () => lab.get(StoreCredit);
const adjust = (amountMinor: number, key = newId(), reason = 'because') =>
  lab.db.write(storeId, (store) =>
    credit().adjust(store, customerId, { amountMinor, currency: 'EUR', reason }, key),
  );
const balance = async () =>
  (await lab.db.read(storeId, (store) => credit().list(store, customerId)))[0]?.balanceMinor;

test('credit is given and taken once a key, never below 0, and the history says why', async () => {
  await adjust(1000, 'late', 'Late parcel');
  expect(await adjust(1000, 'late', 'Late parcel')).toMatchObject({ balanceMinor: 1000 });
  await adjust(-400, 'oops', 'Too much');
  expect(await adjust(-400, 'oops', 'Too much')).toMatchObject({ balanceMinor: 600 });
  await expect(adjust(-601)).rejects.toMatchObject({
    code: 'payments.stored-value-short',
    issues: [{ field: 'amountMinor' }],
  });
  expect(await balance()).toBe(600);
  const page = (before: string | null) =>
    lab.db.read(storeId, (store) => credit().history(store, customerId, { limit: 1, before }));
  const [newest] = await page(null);
  expect(newest).toMatchObject({ kind: 'adjust', amountMinor: -400, reason: 'Too much' });
  expect(await page(newest?.id ?? null)).toMatchObject([
    { kind: 'issue', amountMinor: 1000, currency: 'EUR', reason: 'Late parcel', orderId: null },
  ]);
});

test('taken by many at once, and by a checkout, it ends at 0', async () => {
  const { id } = await adjust(1000);
  const all = await Promise.allSettled([
    ...Array.from({ length: 6 }, () => adjust(-300)),
    lab.db.write(storeId, (store) =>
      lab.get(StoredValue).hold(store, newId(), [{ accountId: id, amountMinor: 300 }]),
    ),
  ]);
  expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
  expect(await balance()).toBe(100);
});

test('a customer who is not there has none', async () => {
  const list = lab.db.read(storeId, (store) => credit().list(store, newId()));
  await expect(list).rejects.toMatchObject({ code: 'payments.customer-missing' });
});
