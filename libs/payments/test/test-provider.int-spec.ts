import { FactsChanged, Payments } from '@libs/payments';
import { aPayment } from './payments-lab';
import { openProviderLab, type ProviderLab } from './provider-lab';

let ground: ProviderLab;
const payments = () => ground.lab.get(Payments);
const held = { webhook: { hold: true } };

beforeAll(async () => {
  ground = await openProviderLab();
}, 60_000);
afterAll(() => ground.close());
beforeEach(() => ground.behave({ webhook: { beforeAnswer: true } }));

function write<T>(work: Parameters<typeof ground.lab.db.write<T>>[1]): Promise<T> {
  return ground.lab.db.write(ground.storeId, work);
}

async function published(name: string, paymentId: string): Promise<number> {
  const rows = await ground.lab.db.acrossStores('count events in a test', (tx) =>
    tx.query(`SELECT 1 FROM outbox_events WHERE name = $1 AND payload->>'paymentId' = $2`, [
      name,
      paymentId,
    ]),
  );
  return rows.length;
}

async function anAuthorizedPayment(amountMinor = 1000): Promise<string> {
  const { paymentId, url } = await ground.aBegunPayment({ amountMinor });
  await ground.choose(url, 'pay');
  await payments().refresh(ground.storeId, paymentId);
  expect(await ground.view(paymentId)).toMatchObject({
    state: 'authorized',
    authorizedMinor: amountMinor,
  });
  return paymentId;
}

describe('paying', () => {
  it('is authorized by webhook while the shopper is still on the way back', async () => {
    const { paymentId, url } = await ground.aBegunPayment();
    const back = await ground.choose(url, 'pay');
    expect([back.status, back.headers.get('location')]).toEqual([
      303,
      'http://shop.localhost/return',
    ]);
    expect(await ground.view(paymentId)).toMatchObject({
      state: 'authorized',
      authorizedMinor: 1000,
      testMode: true,
    });
    expect(await published(FactsChanged.name, paymentId)).toBe(1);
  });

  it('is authorized for as long as the provider says', async () => {
    const webhook = { beforeAnswer: true };
    await ground.behave({ authorizedHours: 12, webhook });
    const { paymentId, url } = await ground.aBegunPayment();
    await ground.choose(url, 'pay');
    const { authorizationExpiresAt } = await ground.view(paymentId);
    const [told] = await ground.lab.db.read(ground.storeId, (store) =>
      store.query<{ dueAt: Date }>(
        'SELECT due_at AS "dueAt" FROM payment_facts WHERE store_id = $1 AND payment_id = $2',
        [ground.storeId, paymentId],
      ),
    );
    expect(authorizationExpiresAt).toBe(told?.dueAt.toISOString());
    await ground.behave({ webhook });
    const other = await ground.aBegunPayment();
    await ground.choose(other.url, 'pay');
    expect((await ground.view(other.paymentId)).authorizationExpiresAt).toBeNull();
  });

  it('asks for a check by the bank, and is authorized once that is passed', async () => {
    const { paymentId, url } = await ground.aBegunPayment();
    expect((await ground.choose(url, 'check')).headers.get('location')).toContain('/pay/');
    expect((await ground.view(paymentId)).state).toBe('action_required');
    expect(await (await fetch(url)).text()).toContain('Check by the bank');
    await ground.choose(url, 'confirm');
    expect((await ground.view(paymentId)).state).toBe('authorized');
  });

  it('fails with the provider’s code, and can be tried again', async () => {
    const { paymentId, url } = await ground.aBegunPayment();
    await ground.choose(url, 'decline');
    expect(await ground.view(paymentId)).toMatchObject({
      state: 'failed',
      failure: 'card_declined',
    });
    await ground.choose(url, 'pay');
    expect(await ground.view(paymentId)).toMatchObject({ state: 'authorized', failure: null });
  });

  it('declines an amount that ends in 17', async () => {
    await ground.behave({});
    const { paymentId, url } = await ground.aBegunPayment({ amountMinor: 5917 });
    await ground.choose(url, 'pay');
    await payments().refresh(ground.storeId, paymentId);
    expect(await ground.view(paymentId)).toMatchObject({
      state: 'failed',
      failure: 'insufficient_funds',
    });
  });

  it('makes one payment there for one key, also when the first answer was lost', async () => {
    await ground.behave({ answers: [{ on: 'begin', fault: 'lost_after_effect', times: 1 }] });
    const paymentId = await aPayment(ground.lab, ground.storeId, ground.accountId);
    await expect(payments().begin(ground.storeId, paymentId)).rejects.toMatchObject({
      code: 'payments.provider-unreachable',
    });
    expect((await ground.view(paymentId)).state).toBe('created');
    expect(await payments().begin(ground.storeId, paymentId)).toMatchObject({ kind: 'redirect' });
    const books = ground.provider.books.list().filter((each) => each.paymentId === paymentId);
    expect(books).toHaveLength(1);
  });

  it('learns from a webhook what the lost answer would have said', async () => {
    await ground.behave({ answers: [{ on: 'begin', fault: 'lost_after_effect', times: 1 }] });
    const paymentId = await aPayment(ground.lab, ground.storeId, ground.accountId);
    await expect(payments().begin(ground.storeId, paymentId)).rejects.toThrow();
    const { id } = (await ground.books(paymentId))!;
    await ground.behave({ webhook: { beforeAnswer: true } });
    await ground.choose(`${ground.provider.url}/pay/${id}`, 'pay');
    expect((await ground.view(paymentId)).state).toBe('authorized');
    await payments().refresh(ground.storeId, paymentId);
  });

  it('answers the first payment to the same key of a form', async () => {
    const same = { checkoutId: crypto.randomUUID(), payKey: 'one' };
    const ids = await Promise.all(
      [1, 2, 3].map(() => aPayment(ground.lab, ground.storeId, ground.accountId, same)),
    );
    expect(new Set(ids).size).toBe(1);
  });
});

describe('webhooks', () => {
  it('change nothing when they come three times, and apply once', async () => {
    await ground.behave({ webhook: { beforeAnswer: true, times: 3 } });
    const { paymentId, url } = await ground.aBegunPayment();
    await ground.choose(url, 'pay');
    expect((await ground.view(paymentId)).state).toBe('authorized');
    expect(await published(FactsChanged.name, paymentId)).toBe(1);
  });

  it.each([1, 2, 3, 4])('end in the same state shuffled (%i)', async (seed) => {
    await ground.behave(held);
    const { paymentId, url } = await ground.aBegunPayment();
    await ground.choose(url, 'decline');
    await ground.choose(url, 'check');
    await ground.choose(url, 'confirm');
    expect((await ground.view(paymentId)).state).toBe('created');
    await ground.provider.sender.release(seed);
    expect(await ground.view(paymentId)).toMatchObject({
      state: 'authorized',
      authorizedMinor: 1000,
    });
  });

  it.each(['bad_signature', 'old_timestamp', 'wrong_account'] as const)(
    'are refused: %s',
    async (fault) => {
      await ground.behave({ webhook: { beforeAnswer: true, fault } });
      const refused = ground.webhooks[400] ?? 0;
      const { paymentId, url } = await ground.aBegunPayment();
      await ground.choose(url, 'pay');
      expect(ground.webhooks[400]).toBe(refused + 1);
      expect((await ground.view(paymentId)).state).toBe('created');
    },
  );

  it('about nothing of ours are kept aside', async () => {
    const { paymentId, url } = await ground.aBegunPayment();
    const book = (await ground.books(paymentId))!;
    book.paymentId = crypto.randomUUID();
    await ground.choose(url, 'pay');
    const rows = await write((store) =>
      store.query(
        `SELECT error, applied_at FROM provider_events WHERE store_id = $1 AND error IS NOT NULL`,
        [ground.storeId],
      ),
    );
    expect(rows).toContainEqual({ error: 'unknown_payment', applied_at: null });
    expect((await ground.view(paymentId)).state).toBe('created');
  });

  it('that never come are made up for by the clock', async () => {
    await ground.behave({ webhook: { never: true } });
    const { paymentId, url } = await ground.aBegunPayment();
    await ground.choose(url, 'pay');
    await ground.makeDue();
    await ground.tick();
    await ground.lab.drain();
    expect((await ground.view(paymentId)).state).toBe('authorized');
  });
});

describe('operations', () => {
  it('capture once, though two answers are lost', async () => {
    const paymentId = await anAuthorizedPayment();
    await ground.behave({
      answers: [{ on: 'capture', fault: 'lost_after_effect', times: 2 }],
      webhook: { never: true },
    });
    await write((store) =>
      payments().wantCapture(store, { paymentId, amountMinor: 1000, key: 'all' }),
    );
    await write((store) =>
      payments().wantCapture(store, { paymentId, amountMinor: 1000, key: 'all' }),
    );
    for (let round = 0; round < 3; round += 1) {
      await ground.lab.drain();
      await ground.makeDue();
    }
    expect(await ground.view(paymentId)).toMatchObject({
      state: 'captured',
      capturedMinor: 1000,
      authorizedMinor: 0,
    });
    const { objects } = (await ground.books(paymentId))!;
    expect(objects.filter(({ kind }) => kind === 'capture')).toHaveLength(1);
    expect(await ground.operations(paymentId)).toMatchObject([
      { state: 'done', tries: 3, round: 1 },
    ]);
  });

  it('capture a part, void the rest, and take a capture that is told late', async () => {
    const paymentId = await anAuthorizedPayment();
    await ground.behave(held);
    await write((store) =>
      payments().wantCapture(store, { paymentId, amountMinor: 400, key: 'part', final: false }),
    );
    await ground.lab.drain();
    await write((store) => payments().wantCancel(store, { paymentId, key: 'rest' }));
    await ground.lab.drain();
    await ground.provider.sender.release(3);
    expect(await ground.view(paymentId)).toMatchObject({
      state: 'part_captured',
      authorizedMinor: 0,
      capturedMinor: 400,
    });
  });

  it('never capture more than was authorized, or refund more than was captured', async () => {
    const paymentId = await anAuthorizedPayment();
    const capture = (amountMinor: number, key: string) =>
      write((store) =>
        payments().wantCapture(store, { paymentId, amountMinor, key, final: false }),
      );
    await capture(700, 'a');
    await expect(capture(301, 'b')).rejects.toMatchObject({ code: 'payments.capture-too-large' });
    await capture(300, 'c');
    await ground.lab.drain();
    const refund = (amountMinor: number, key: string) =>
      write((store) => payments().wantRefund(store, { paymentId, amountMinor, key }));
    await refund(800, 'x');
    await expect(refund(201, 'y')).rejects.toMatchObject({ code: 'payments.refund-too-large' });
    await ground.lab.drain();
    expect(await ground.view(paymentId)).toMatchObject({
      state: 'captured',
      capturedMinor: 1000,
      refundedMinor: 800,
    });
    const { objects } = (await ground.books(paymentId))!;
    expect(objects.filter(({ kind }) => kind === 'refund')).toHaveLength(2);
  });

  it('keep to one sum when refunds are wanted at once', async () => {
    const paymentId = await anAuthorizedPayment();
    await write((store) =>
      payments().wantCapture(store, { paymentId, amountMinor: 1000, key: 'all' }),
    );
    await ground.lab.drain();
    const asked = await Promise.allSettled(
      [1, 2, 3, 4, 5].map((n) =>
        write((store) =>
          payments().wantRefund(store, { paymentId, amountMinor: 300, key: `r${n}` }),
        ),
      ),
    );
    expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
    await ground.lab.drain();
    expect((await ground.view(paymentId)).refundedMinor).toBe(900);
  });

  it('try a refused capture again under a new key, and say so', async () => {
    const paymentId = await anAuthorizedPayment();
    await ground.behave({ capture: 'fail', webhook: { never: true } });
    await write((store) =>
      payments().wantCapture(store, { paymentId, amountMinor: 1000, key: 'all' }),
    );
    await ground.lab.drain();
    expect(await ground.operations(paymentId)).toMatchObject([
      { state: 'wanted', round: 2, failure: 'card_declined' },
    ]);
    const failure = { kind: 'capture', reason: 'card_declined' };
    expect(ground.failures(paymentId)).toEqual([{ ...failure, last: false }]);
    await ground.behave({ webhook: { beforeAnswer: true } });
    await ground.makeDue();
    await ground.lab.drain();
    expect(await ground.operations(paymentId)).toMatchObject([{ state: 'done', round: 2 }]);
    expect((await ground.view(paymentId)).state).toBe('captured');
  });

  it('give a capture up after the last try', async () => {
    const paymentId = await anAuthorizedPayment();
    await ground.behave({ capture: 'fail' });
    await write((store) =>
      payments().wantCapture(store, { paymentId, amountMinor: 1000, key: 'all' }),
    );
    for (let round = 0; round < 5; round += 1) {
      await ground.lab.drain();
      await ground.makeDue();
    }
    expect(await ground.operations(paymentId)).toMatchObject([
      { state: 'failed', failure: 'card_declined' },
    ]);
    expect(ground.failures(paymentId).map(({ last }) => last)).toEqual([false, false, false, true]);
    expect((await ground.view(paymentId)).state).toBe('authorized');
  });

  it('leave a pending refund pending until it is told how it ended', async () => {
    const paymentId = await anAuthorizedPayment();
    await write((store) =>
      payments().wantCapture(store, { paymentId, amountMinor: 1000, key: 'all' }),
    );
    await ground.lab.drain();
    await ground.behave({ refund: 'pending', settleMs: null, webhook: { beforeAnswer: true } });
    await write((store) => payments().wantRefund(store, { paymentId, amountMinor: 300, key: 'r' }));
    await ground.lab.drain();
    expect((await ground.view(paymentId)).refundedMinor).toBe(0);
    ground.provider.counter.settle();
    await waitFor(async () => (await ground.view(paymentId)).refundedMinor === 300);
  });

  it('are taken up by the clock when their job is lost', async () => {
    const paymentId = await anAuthorizedPayment();
    await write((store) =>
      payments().wantCapture(store, { paymentId, amountMinor: 1000, key: 'all' }),
    );
    await ground.lab.db.acrossStores('lose the jobs of a test', (tx) =>
      tx.execute(`DELETE FROM jobs WHERE name = 'payments.run-operation'`),
    );
    await ground.makeDue();
    await ground.tick();
    await ground.lab.drain();
    expect((await ground.view(paymentId)).state).toBe('captured');
  });

  it('wait for new keys when the account’s are not taken', async () => {
    const paymentId = await anAuthorizedPayment();
    await ground.behave({ answers: [{ on: 'capture', fault: 'unauthorized', times: 1 }] });
    await write((store) =>
      payments().wantCapture(store, { paymentId, amountMinor: 1000, key: 'all' }),
    );
    await ground.lab.drain();
    expect(await ground.operations(paymentId)).toMatchObject([
      { state: 'sent', failure: 'bad_key' },
    ]);
    await ground.makeDue();
    await ground.lab.drain();
    expect((await ground.view(paymentId)).state).toBe('captured');
  });
});

describe('stopping', () => {
  it('ends a payment that never began without asking anybody', async () => {
    const paymentId = await aPayment(ground.lab, ground.storeId, ground.accountId);
    await write((store) => payments().wantCancel(store, { paymentId, key: 'expire' }));
    await ground.lab.drain();
    expect((await ground.view(paymentId)).state).toBe('canceled');
    await expect(payments().begin(ground.storeId, paymentId)).rejects.toMatchObject({
      code: 'payments.payment-stopped',
    });
    expect(await ground.books(paymentId)).toBeUndefined();
  });

  it('closes at the provider what began with a lost answer', async () => {
    await ground.behave({ answers: [{ on: 'begin', fault: 'lost_after_effect', times: 1 }] });
    const paymentId = await aPayment(ground.lab, ground.storeId, ground.accountId);
    await expect(payments().begin(ground.storeId, paymentId)).rejects.toThrow();
    await write((store) => payments().wantCancel(store, { paymentId, key: 'expire' }));
    await ground.lab.drain();
    expect((await ground.books(paymentId))?.page).toBe('canceled');
    expect((await ground.view(paymentId)).state).toBe('canceled');
  });
});

describe('money that was not asked for', () => {
  it.each([
    ['short by one', { amountDelta: -1 }],
    ['over by one', { amountDelta: 1 }],
    ['in another currency', { currencySwap: 'USD' }],
  ])('authorized %s is let go by itself', async (_, wish) => {
    await ground.behave({ ...wish, webhook: { beforeAnswer: true } });
    const { paymentId, url } = await ground.aBegunPayment();
    await ground.choose(url, 'pay');
    expect((await ground.view(paymentId)).mismatch).toBe(true);
    await ground.lab.drain();
    const { objects } = (await ground.books(paymentId))!;
    expect(objects.map(({ status }) => status)).toEqual(['voided']);
    expect(await ground.view(paymentId)).toMatchObject({
      state: 'canceled',
      authorizedMinor: 0,
      mismatch: false,
    });
  });

  it('paid twice goes back once when it is refused', async () => {
    const paymentId = await anAuthorizedPayment();
    await write((store) =>
      payments().wantCapture(store, { paymentId, amountMinor: 1000, key: 'all' }),
    );
    await ground.lab.drain();
    await write((store) => payments().refuseMoney(store, paymentId));
    await write((store) => payments().refuseMoney(store, paymentId));
    expect((await ground.view(paymentId)).state).toBe('surplus');
    await ground.lab.drain();
    expect(await ground.view(paymentId)).toMatchObject({ state: 'captured', refundedMinor: 1000 });
    const { objects } = (await ground.books(paymentId))!;
    expect(objects.filter(({ kind }) => kind === 'refund')).toHaveLength(1);
  });

  it('goes back when it shows up after it was refused', async () => {
    const { paymentId, url } = await ground.aBegunPayment();
    await write((store) => payments().refuseMoney(store, paymentId));
    await ground.choose(url, 'pay');
    await ground.lab.drain();
    expect(await ground.view(paymentId)).toMatchObject({ state: 'canceled', authorizedMinor: 0 });
  });
});

describe('disputes', () => {
  it('are rows with what they are about', async () => {
    await ground.behave({ dispute: { afterMs: 10, end: 'lost' }, webhook: { beforeAnswer: true } });
    const { paymentId, url } = await ground.aBegunPayment();
    await ground.choose(url, 'pay');
    const read = () =>
      write((store) =>
        store.query<{ status: string; due: boolean }>(
          `SELECT status, evidence_due_at IS NOT NULL AS due FROM disputes WHERE store_id = $1 AND payment_id = $2`,
          [ground.storeId, paymentId],
        ),
      );
    await waitFor(async () => (await read())[0]?.status === 'lost');
    expect(await read()).toEqual([{ status: 'lost', due: true }]);
    expect(await published('payments.dispute-changed', paymentId)).toBe(2);
  });
});

async function waitFor(condition: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    if (await condition()) return;
    await new Promise((done) => {
      setTimeout(done, 25);
    });
  }
  throw new Error('It did not come about in five seconds.');
}
