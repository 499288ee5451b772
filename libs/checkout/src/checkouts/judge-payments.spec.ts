import * as fc from 'fast-check';
import { type Due, heldMinor, judgePayments } from './judge-payments';
import type { PaymentView } from '@libs/payments';

/** A payment of 50.00 EUR that holds nothing yet. */
function aPayment(paymentId: string, more: Partial<PaymentView> = {}): PaymentView {
  return {
    paymentId,
    checkoutId: 'checkout',
    orderId: null,
    accountId: 'account',
    provider: 'test',
    title: 'Card',
    testMode: true,
    state: 'created',
    money: { amountMinor: 5000, currency: 'EUR' },
    authorizedMinor: 0,
    authorizationExpiresAt: null,
    captureRefused: false,
    capturedMinor: 0,
    refundedMinor: 0,
    capture: 'now',
    flow: 'redirect',
    placesAtOnce: false,
    mismatch: false,
    ending: false,
    unwanted: false,
    failure: null,
    ...more,
  };
}

const due: Due = { amountMinor: 5000, currency: 'EUR' };
const authorized = { state: 'authorized', authorizedMinor: 5000 } as const;
const captured = { state: 'captured', capturedMinor: 5000 } as const;

describe('what payments say about their checkout', () => {
  it('is covered by what holds exactly the sum, authorised or captured or both', () => {
    for (const held of [
      authorized,
      captured,
      { state: 'part_captured', authorizedMinor: 2000, capturedMinor: 3000 },
    ] as const) {
      const judged = judgePayments(due, [aPayment('a', held)]);
      expect(judged).toEqual({ verdict: { kind: 'covered', paymentId: 'a' }, surplus: [] });
    }
  });

  it('gives back a second success, whichever came first', () => {
    const [first, second] = [aPayment('a', captured), aPayment('b', authorized)];
    expect(judgePayments(due, [first, second])).toEqual({
      verdict: { kind: 'covered', paymentId: 'a' },
      surplus: [second],
    });
  });

  it.each([
    ['one minor unit short', { ...captured, capturedMinor: 4999 }],
    ['one minor unit over', { ...captured, capturedMinor: 5001 }],
    ['another currency', { ...captured, money: { amountMinor: 5000, currency: 'USD' } }],
    [
      'another sum asked for',
      { ...captured, money: { amountMinor: 4000, currency: 'EUR' }, capturedMinor: 4000 },
    ],
    ['what the provider calls a mismatch', { ...captured, mismatch: true }],
    ['partly given back', { ...captured, refundedMinor: 1 }],
    ['what is on its way back', { ...captured, unwanted: true }],
  ])('makes no order of %s, and gives it back', (_, held) => {
    const payment = aPayment('a', held);
    expect(judgePayments(due, [payment])).toEqual({
      verdict: { kind: 'failed', failure: null },
      surplus: [payment],
    });
  });

  it('makes no order of an authorisation that is about to be let go, until it is known what came of that', () => {
    const ending = aPayment('a', { ...authorized, ending: true });
    const part = { state: 'part_captured', authorizedMinor: 2000, capturedMinor: 3000 } as const;
    const undecided = { verdict: { kind: 'ending' }, surplus: [] };
    expect(judgePayments(due, [ending])).toEqual(undecided);
    expect(judgePayments(due, [{ ...ending, ...part }])).toEqual(undecided);
    const declined = aPayment('b', { state: 'failed' });
    expect(judgePayments(due, [ending, declined])).toEqual(undecided);
    // What was captured by then stays, and another payment needs not wait.
    const paidAll = aPayment('a', { ...captured, ending: true });
    expect(judgePayments(due, [paidAll]).verdict).toEqual({ kind: 'covered', paymentId: 'a' });
    expect(judgePayments(due, [ending, aPayment('b', authorized)])).toEqual({
      verdict: { kind: 'covered', paymentId: 'b' },
      surplus: [ending],
    });
  });

  it('waits for what may still come, longer for a bank', () => {
    const kind = (...payments: PaymentView[]) => judgePayments(due, payments).verdict;
    expect(kind(aPayment('a', { state: 'action_required' }))).toEqual({ kind: 'waiting' });
    expect(kind(aPayment('a', { state: 'failed' }), aPayment('b'))).toEqual({ kind: 'waiting' });
    expect(kind(aPayment('a', { state: 'processing' }))).toEqual({ kind: 'processing' });
    expect(kind(aPayment('a', { state: 'failed', failure: 'card_declined' }))).toEqual({
      kind: 'failed',
      failure: 'card_declined',
    });
    expect(kind()).toEqual({ kind: 'failed', failure: null });
  });

  it('asks nobody for nothing, and places at once only what the method allows', () => {
    expect(judgePayments({ ...due, amountMinor: 0 }, [])).toEqual({
      verdict: { kind: 'covered', paymentId: null },
      surplus: [],
    });
    const transfer = aPayment('a', { provider: 'manual', placesAtOnce: true });
    expect(judgePayments(due, [transfer]).verdict).toEqual({ kind: 'covered', paymentId: 'a' });
    const other = { ...transfer, money: { amountMinor: 4000, currency: 'EUR' } };
    expect(judgePayments(due, [other]).verdict).toEqual({ kind: 'waiting' });
    const stopped = { ...transfer, state: 'canceled' as const };
    expect(judgePayments(due, [stopped]).verdict).toEqual({ kind: 'failed', failure: null });
  });

  it('takes every held cent once: for the order, to be given back, or when its end is known', () => {
    const amount = fc.constantFrom(0, 1, 4999, 5000, 5001);
    const payment = fc
      .record({
        state: fc.constantFrom<PaymentView['state']>(
          'created',
          'processing',
          'authorized',
          'captured',
          'failed',
          'canceled',
        ),
        authorizedMinor: amount,
        capturedMinor: amount,
        refundedMinor: fc.constantFrom(0, 1),
        ending: fc.boolean(),
        unwanted: fc.boolean(),
        currency: fc.constantFrom('EUR', 'USD'),
      })
      .map(({ currency, ...rest }): Partial<PaymentView> => ({
        ...rest,
        money: { amountMinor: 5000, currency },
      }));
    fc.assert(
      fc.property(fc.array(payment, { maxLength: 6 }), amount, (some, amountMinor) => {
        const payments = some.map((one, index) => aPayment(String(index), one));
        const { verdict, surplus } = judgePayments({ ...due, amountMinor }, payments);
        const payer = verdict.kind === 'covered' ? verdict.paymentId : null;
        const holding = payments.filter((one) => heldMinor(one) > 0);
        const others = holding.filter(({ paymentId }) => paymentId !== payer);
        const undecided = others.filter((one) => !surplus.includes(one));
        expect(others.filter((one) => surplus.includes(one))).toEqual(surplus);
        expect(undecided).toHaveLength(verdict.kind === 'ending' ? 1 : 0);
        expect(
          undecided.every(({ ending, authorizedMinor }) => ending && authorizedMinor > 0),
        ).toBe(true);
        const paying = payments.find(({ paymentId }) => paymentId === payer);
        if (paying) {
          expect(heldMinor(paying)).toBe(amountMinor);
          expect(paying.money.currency).toBe('EUR');
          expect(paying.unwanted).toBe(false);
          expect(paying.ending && paying.authorizedMinor > 0).toBe(false);
        }
      }),
    );
  });
});
