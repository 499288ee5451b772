import * as fc from 'fast-check';
import { AppError, newId, refundOrder } from '@libs/kernel';
import { type Orders, OrdersModule } from '@libs/orders';
import { Payments, PaymentsModule, StoredValue } from '@libs/payments';
import { CatalogModule } from '@libs/catalog';
import { aPayment, anAccount, tell } from '../../payments/test/payments-lab';
import { OrderChecks } from '../src/checks/order-checks.service';
import { orderSettingsInput } from '../src/contract/settings.contract';
import { OrderSettings } from '../src/orders/order-settings.service';
import { type OrderLab, openOrderLab, type Shop } from './order-lab.builder';
import { aSnapshot } from './order.builder';

/** An order of 64.80: 25.00 by gift card, 10.00 by credit, 29.80 by card (commerce.md, G9). */
interface MixedSale {
  orderId: string;
  lineId: string;
  chargeId: string;
  paymentId: string;
  cardId: string;
  creditId: string;
  customerId: string | null;
}

let lab: OrderLab;
let orders: Orders;
let shop: Shop;

beforeAll(async () => {
  lab = await openOrderLab([CatalogModule, PaymentsModule, OrdersModule]);
  orders = lab.orders;
});
beforeEach(async () => {
  shop = await lab.aShop([null]);
});
afterAll(() => lab.close());

const value = () => lab.lab.get(StoredValue);

async function aMixedSale({ guest = false, test = false } = {}): Promise<MixedSale> {
  const { storeId } = shop;
  const [orderId, checkoutId, buyer] = [newId(), newId(), newId()];
  const accountId = await anAccount(lab.lab, storeId, { provider: 'manual' });
  const paymentId = await aPayment(lab.lab, storeId, accountId, { amountMinor: 2980, checkoutId });
  await tell(lab.lab, storeId, paymentId, [
    {
      kind: 'capture',
      status: 'succeeded',
      objectId: `capture-${paymentId}`,
      at: new Date().toISOString(),
      money: { amountMinor: 2980, currency: 'EUR' },
    },
  ]);
  return shop.write(async (store) => {
    const money = (amountMinor: number) => ({ amountMinor, currency: 'EUR' });
    const card = await value().issueGiftCard(store, { money: money(5000), ref: newId() });
    const credit = await value().grantCredit(store, {
      customerId: buyer,
      money: money(1000),
      ref: 'start',
    });
    await value().hold(store, checkoutId, [
      { accountId: card.accountId, amountMinor: 2500 },
      { accountId: credit.accountId, amountMinor: 1000 },
    ]);
    await value().spend(store, checkoutId, orderId);
    await lab.lab.get(Payments).assignOrder(store, checkoutId, orderId);
    const lines = [{ variantId: shop.items[0], quantity: 1, unitMinor: 5990 }];
    await orders.create(store, {
      ...aSnapshot({ lines, shippingMinor: 490 }),
      orderId,
      checkoutId,
      test,
      customerId: guest ? null : buyer,
      tenders: [
        { kind: 'gift_card', id: card.accountId, amountMinor: 2500 },
        { kind: 'store_credit', id: credit.accountId, amountMinor: 1000 },
        { kind: 'provider', id: paymentId, amountMinor: 2980 },
      ],
      paymentIds: [paymentId],
      financial: { authorizedMinor: 0, capturedMinor: 2980 },
    });
    const [line] = await store.query<{ id: string }>(
      'SELECT order_line_id AS id FROM order_lines WHERE order_id = $1',
      [orderId],
    );
    const [charge] = await store.query<{ id: string }>(
      'SELECT order_delivery_id AS id FROM order_deliveries WHERE order_id = $1',
      [orderId],
    );
    return {
      orderId,
      paymentId,
      lineId: line?.id ?? '',
      chargeId: charge?.id ?? '',
      cardId: card.accountId,
      creditId: credit.accountId,
      customerId: guest ? null : buyer,
    };
  });
}

type Wish = Partial<Parameters<Orders['refund']>[2]>;
const refund = ({ orderId }: MixedSale, wish: Wish) =>
  shop.write((store) =>
    orders.refund(store, orderId, { key: newId(), lines: [], charges: [], freeMinor: 0, ...wish }),
  );
const view = ({ orderId }: MixedSale) => shop.read((store) => orders.get(store, orderId));
const partsOf = async (sale: MixedSale) =>
  (await view(sale)).refunds.flatMap(({ tenders }) =>
    tenders.map(({ kind, amountMinor, to, state }) => [kind, amountMinor, to, state].join(' ')),
  );

async function balance(accountId: string): Promise<number> {
  const [row] = await shop.read((store) => value().balancesOf(store, [accountId]));
  return row?.balanceMinor ?? -1;
}

/** Sums agree with payments and entries, and no tender gave back more than it paid. */
async function expectBooksToAgree(sale: MixedSale): Promise<void> {
  await shop.read(async (store) => {
    expect(await lab.lab.get(OrderChecks).check(store, null)).toEqual([]);
    const wrong = await store.query(
      `SELECT account_id FROM stored_value_accounts a WHERE store_id = $1 AND (balance_minor < 0 OR balance_minor <>
         (SELECT coalesce(sum(delta_minor), 0) FROM stored_value_entries e
          WHERE e.store_id = a.store_id AND e.account_id = a.account_id))`,
      [shop.storeId],
    );
    expect(wrong).toEqual([]);
  });
  const { tenders, refunds } = await view(sale);
  for (const { paidMinor, refundedMinor } of tenders)
    expect(refundedMinor).toBeLessThanOrEqual(paidMinor);
  const decided = refunds.reduce((all, { amountMinor }) => all + amountMinor, 0);
  expect(tenders.reduce((all, row) => all + row.refundedMinor, 0)).toBe(decided);
}

test('a refund goes back to the provider, then to credit, then to the gift card', async () => {
  const sale = await aMixedSale();
  await refund(sale, { freeMinor: 4000 });
  expect(await partsOf(sale)).toEqual([
    'provider 2980 original pending',
    'store_credit 1000 original succeeded',
    'gift_card 20 original succeeded',
  ]);
  expect([await balance(sale.creditId), await balance(sale.cardId)]).toEqual([1000, 2520]);
  expect(await view(sale)).toMatchObject({
    refundedMinor: 1020,
    financialStatus: 'partially_refunded',
  });
  await shop.answer(sale);
  const order = await view(sale);
  expect(order).toMatchObject({ refundedMinor: 4000, refunds: [{ state: 'succeeded' }] });
  const kinds = order.timeline.map(({ kind }) => kind);
  expect(kinds).toEqual(['placed', 'refund_wanted', 'refunded', 'refunded']);
  await expectBooksToAgree(sale);
});

test('a store may choose another order of tenders, which staff see before', async () => {
  await shop.write((store) =>
    lab.lab.get(OrderSettings).save(store, {
      cancelUnpaid: false,
      holdDisputed: false,
      refundTenders: ['gift_card', 'provider', 'store_credit'],
    }),
  );
  const sale = await aMixedSale();
  const wish = { lines: [], charges: [], freeMinor: 3000 };
  const { plan } = await shop.read((store) => orders.proposeRefund(store, sale.orderId, wish));
  expect(plan.parts.map(({ kind, amountMinor }) => [kind, amountMinor])).toEqual([
    ['gift_card', 2500],
    ['provider', 500],
  ]);
  await refund(sale, wish);
  expect(await partsOf(sale)).toEqual([
    'gift_card 2500 original succeeded',
    'provider 500 original pending',
  ]);
  await expectBooksToAgree(sale);
});

test('who chooses no order of tenders has the usual one, which the API knows', async () => {
  const input = orderSettingsInput.parse({ cancelUnpaid: false, holdDisputed: false });
  const saved = await shop.write((store) => lab.lab.get(OrderSettings).save(store, input));
  expect(saved.refundTenders).toEqual(refundOrder);
  expect(orderSettingsInput.parse(saved)).toEqual(saved);
});

test('all of it can become store credit at once, whatever paid', async () => {
  const sale = await aMixedSale();
  await refund(sale, {
    lines: [{ lineId: sale.lineId, quantity: 1, restock: 'no_restock' }],
    charges: [{ chargeId: sale.chargeId, amountMinor: 490 }],
    refundTo: 'store_credit',
  });
  expect(await partsOf(sale)).toEqual([
    'provider 2980 store_credit succeeded',
    'store_credit 1000 original succeeded',
    'gift_card 2500 store_credit succeeded',
  ]);
  expect([await balance(sale.creditId), await balance(sale.cardId)]).toEqual([6480, 2500]);
  expect(await view(sale)).toMatchObject({ refundedMinor: 6480, financialStatus: 'refunded' });
  await shop.answer(sale);
  await expectBooksToAgree(sale);
  await expect(refund(sale, { freeMinor: 1 })).rejects.toMatchObject({ code: 'money.over-refund' });
});

test('staff may spread it otherwise, within what each tender paid, and to the sum', async () => {
  const sale = await aMixedSale();
  const parts = [
    { tenderId: sale.cardId, amountMinor: 2500 },
    { tenderId: sale.paymentId, amountMinor: 500, to: 'store_credit' as const },
  ];
  await expect(refund(sale, { freeMinor: 2999, parts })).rejects.toMatchObject({
    code: 'orders.split-not-the-sum',
  });
  await refund(sale, { freeMinor: 3000, parts });
  expect([await balance(sale.creditId), await balance(sale.cardId)]).toEqual([500, 5000]);
  await expect(
    refund(sale, { freeMinor: 1, parts: [{ tenderId: sale.cardId, amountMinor: 1 }] }),
  ).rejects.toMatchObject({
    code: 'orders.tender-too-small',
    issues: [{ field: 'parts.0.amountMinor' }],
  });
  await expect(
    refund(sale, { freeMinor: 1, parts: [{ tenderId: newId(), amountMinor: 1 }] }),
  ).rejects.toMatchObject({ code: 'orders.tender-not-found' });
  await expectBooksToAgree(sale);
});

test('nobody, and no order of test money, gets credit', async () => {
  for (const sale of [await aMixedSale({ guest: true }), await aMixedSale({ test: true })])
    await expect(refund(sale, { freeMinor: 100, refundTo: 'store_credit' })).rejects.toMatchObject({
      code: 'orders.no-credit',
      issues: [{ field: 'refundTo' }],
    });
});

test('a cancelled order gives every tender its own back', async () => {
  const sale = await aMixedSale();
  await shop.write((store) =>
    orders.cancel(store, sale.orderId, { reason: 'customer', refund: true, restock: true }),
  );
  await shop.answer(sale);
  expect([await balance(sale.creditId), await balance(sale.cardId)]).toEqual([1000, 5000]);
  expect(await view(sale)).toMatchObject({ refundedMinor: 6480, financialStatus: 'refunded' });
  await expectBooksToAgree(sale);
});

test('of refunds at once, and the same one twice, no tender gives back more than it paid', async () => {
  const sale = await aMixedSale();
  const wishes: Wish[] = [
    { key: 'same', freeMinor: 3000 },
    { key: 'same', freeMinor: 3000 },
    { freeMinor: 3000, refundTo: 'store_credit' },
    { freeMinor: 3000 },
  ];
  const all = await Promise.allSettled(wishes.map((wish) => refund(sale, wish)));
  expect(all.some(({ status }) => status === 'rejected')).toBe(true);
  expect((await view(sale)).refunds).toHaveLength(2);
  await shop.answer(sale);
  await expectBooksToAgree(sale);
});

test('any history of refunds keeps every tender within what it paid', async () => {
  const step = fc.record({
    free: fc.integer({ min: 1, max: 3000 }),
    to: fc.constantFrom('original' as const, 'store_credit' as const),
    from: fc.constantFrom(null, 'cardId' as const, 'creditId' as const, 'paymentId' as const),
    answer: fc.boolean(),
  });
  let done = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 6 }), async (steps) => {
      const sale = await aMixedSale();
      for (const { free, to, from, answer } of steps) {
        const parts = from && [{ tenderId: sale[from], amountMinor: free, to }];
        const wish = { freeMinor: free, refundTo: to, ...(parts && { parts }) };
        const refusal = await refund(sale, wish).then(
          () => null,
          (error: unknown) => error,
        );
        if (refusal === null) done += 1;
        else expect(refusal).toBeInstanceOf(AppError);
        if (answer) await shop.answer(sale);
        await expectBooksToAgree(sale);
      }
    }),
    { numRuns: 8, seed: 912 },
  );
  expect(done).toBeGreaterThan(5);
}, 120_000);
