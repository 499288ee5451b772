import { Inject, Injectable } from '@nestjs/common';
import { Stock } from '@libs/catalog';
import { Payments } from '@libs/payments';
import { faultPoint } from '@platform/config';
import { Db, type StoreWriter } from '@platform/database';
import { waits } from './checkout';
import { CheckoutExpired, MoneyCameLate } from './checkout.events';
import { CheckoutHoldings } from './checkout-holdings.service';
import { CheckoutTenders } from './checkout-tenders.service';
import { type CheckoutRow, lockCheckout, saveCheckout } from './checkout-rows.queries';
import { type Judgement, heldMinor, judgePayments } from './judge-payments';
import type { PaymentView } from '@libs/payments';
import { Placing } from './placing.service';
import { providerMinor } from './provider-minor';
import { nextState } from './state';

/** Where a checkout stands after everything that is known was looked at. */
export type SettleOutcome =
  | { kind: 'placed'; orderId: string }
  /** Something may still come. */
  | { kind: 'waiting' }
  /** Every attempt to pay has ended without money; the shopper may try again. */
  | { kind: 'failed'; failure: string | null }
  /** Its time is over; money that came too late goes back. */
  | { kind: 'expired' }
  | { kind: 'open' }
  /** Somebody else holds what it needs; ask again. */
  | { kind: 'busy' }
  | { kind: 'missing' };

/** PostgreSQL's code for a lock that was not had in time. */
const lockNotAvailable = '55P03';
/** A stuck session must not hold up shoppers (commerce.md, row 25 of the fault matrix). */
const lockTimeout = `SET LOCAL lock_timeout = '3s'`;

/** States of a payment that no money follows. */
const ended = new Set(['failed', 'canceled', 'expired', 'surplus']);

/**
 * The one door to an order: the browser's return, the provider's event, the clock and staff all come here, and each of
 * them may come at any moment, twice or at once. Reads what the payments' facts say under the checkout's lock and does
 * what follows. Never calls a provider.
 */
@Injectable()
export class Settling {
  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(Payments) private readonly payments: Payments,
    @Inject(Stock) private readonly stock: Stock,
    @Inject(CheckoutHoldings) private readonly holdings: CheckoutHoldings,
    @Inject(Placing) private readonly placing: Placing,
    @Inject(CheckoutTenders) private readonly tenders: CheckoutTenders,
  ) {}

  /** Settles a checkout by what the facts of its payments say. Throws only for faults of ours. */
  settle(storeId: string, checkoutId: string): Promise<SettleOutcome> {
    return this.locked(storeId, checkoutId, (store, checkout, payments) => {
      switch (checkout.state) {
        case 'completed':
          return this.settleCompleted(store, checkout, payments);
        case 'paying':
          return this.settlePaying(store, checkout, payments);
        case 'expired':
          return this.settleExpired(store, checkout, payments);
        default:
          return this.settleOpen(store, checkout, payments);
      }
    });
  }

  /**
   * Ends a checkout whose time is over by the database's clock. One that somebody may still be paying is asked to be
   * paid no more, and stays until that is certain: its attempts are cancelled first.
   * @returns `waiting` when it has to be asked again
   */
  expire(storeId: string, checkoutId: string): Promise<SettleOutcome> {
    return this.locked(storeId, checkoutId, async (store, checkout, payments) => {
      if (checkout.state === 'open' && checkout.reservedOver) await this.letGo(store, checkout);
      if (nextState(checkout.state, 'expire') === null || !checkout.overdue)
        return stands(checkout);
      const { verdict } = judge(checkout, payments);
      const isPaying = checkout.state === 'paying';
      if (isPaying && ['covered', 'processing', 'ending'].includes(verdict.kind))
        return this.settlePaying(store, checkout, payments);
      // A declined attempt that holds its money by now is an order, or its money goes back: never both.
      if (!isPaying && (verdict.kind === 'ending' || payerOf(verdict, payments))) {
        const settled = await this.settleOpen(store, checkout, payments);
        return settled.kind === 'placed' ? settled : { kind: 'waiting' };
      }
      const open = payments.filter(({ state }) => !ended.has(state));
      for (const { paymentId } of open)
        await this.payments.wantCancel(store, { paymentId, key: `expire:${paymentId}` });
      if (open.length > 0) return { kind: 'waiting' };
      await this.holdings.free(store, checkout.checkoutId);
      faultPoint('checkout.freed');
      // Whoever tried to pay what was agreed on, and left, may try again until that time is over.
      if (isPaying && (checkout.agreedMinutes ?? 0) > 0) {
        await saveCheckout(store, { ...checkout, state: 'open' }, checkout.agreedMinutes);
        return { kind: 'open' };
      }
      await saveCheckout(store, { ...checkout, state: 'expired' });
      store.publish(CheckoutExpired, { checkoutId });
      return { kind: 'expired' };
    });
  }

  /** The shopper wants to pay otherwise: attempts are asked to end, and the checkout opens once they have. */
  giveUp(storeId: string, checkoutId: string): Promise<SettleOutcome> {
    return this.locked(storeId, checkoutId, async (store, checkout, payments) => {
      if (checkout.state !== 'paying') return stands(checkout);
      const { verdict } = judge(checkout, payments);
      if (verdict.kind !== 'waiting') return this.settlePaying(store, checkout, payments);
      for (const { paymentId } of payments.filter(({ state }) => !ended.has(state)))
        await this.payments.wantCancel(store, { paymentId, key: `give-up:${paymentId}` });
      return { kind: 'waiting' };
    });
  }

  /** Goods that were held though nobody pays are for sale again. */
  private async letGo(store: StoreWriter, checkout: CheckoutRow): Promise<void> {
    const { terms, checkoutId } = checkout;
    if (!terms) return;
    await saveCheckout(store, { ...checkout, terms: { ...terms, reservedUntil: null } });
    await this.stock.release(store, checkoutId);
  }

  private async locked(
    storeId: string,
    checkoutId: string,
    work: (
      store: StoreWriter,
      checkout: CheckoutRow,
      payments: readonly PaymentView[],
    ) => Promise<SettleOutcome>,
  ): Promise<SettleOutcome> {
    try {
      const outcome = await this.db.write<SettleOutcome>(storeId, async (store) => {
        await store.execute(lockTimeout);
        const checkout = await lockCheckout(store, checkoutId);
        if (!checkout) return { kind: 'missing' };
        return work(store, checkout, await this.payments.ofCheckout(store, checkoutId));
      });
      faultPoint('checkout.settled');
      return outcome;
    } catch (error) {
      if ((error as { code?: unknown }).code === lockNotAvailable) return { kind: 'busy' };
      throw error;
    }
  }

  /** Whatever else was begun pays nothing any more, however late it is. */
  private async settleCompleted(
    store: StoreWriter,
    checkout: CheckoutRow,
    payments: readonly PaymentView[],
  ): Promise<SettleOutcome> {
    await this.refuse(
      store,
      payments.filter(({ paymentId }) => paymentId !== checkout.paymentId),
    );
    return stands(checkout);
  }

  /**
   * The last attempt was declined and has succeeded after all: shoppers try another card on the provider's page, and
   * events overtake each other. It pays if the amount is still the one that is due and everything can be held. What else
   * holds money belongs to an attempt that was given up.
   */
  private async settleOpen(
    store: StoreWriter,
    checkout: CheckoutRow,
    payments: readonly PaymentView[],
  ): Promise<SettleOutcome> {
    const { verdict } = judge(checkout, payments);
    if (verdict.kind === 'ending') return { kind: 'open' };
    const payer = payerOf(verdict, payments);
    const wasDeclined = payer?.paymentId === checkout.paymentId && checkout.failure;
    if (payer && wasDeclined && (await this.placing.holdAgain(store, checkout)))
      return this.place(store, checkout, payments, []);
    await this.refuse(store, payments);
    return { kind: 'open' };
  }

  private async settlePaying(
    store: StoreWriter,
    checkout: CheckoutRow,
    payments: readonly PaymentView[],
  ): Promise<SettleOutcome> {
    const { verdict, surplus } = judge(checkout, payments);
    if (verdict.kind === 'covered') return this.place(store, checkout, payments, []);
    await this.refuse(store, surplus);
    if (verdict.kind === 'failed') {
      // Stock and discounts stay held until the time is over: the shopper tries again with them. Gift cards and credit
      // are the shopper's own, to be spent elsewhere too.
      await this.tenders.release(store, checkout.checkoutId);
      // Empty for an attempt that was given up: only a declined one may succeed after all.
      const declined = payments.at(-1)?.state === 'failed' ? 'declined' : '';
      const failure = verdict.failure ?? declined;
      // What was agreed to ahead of it came to nothing, too.
      const again = { ...checkout, state: 'open' as const, failure, express: null };
      await saveCheckout(store, again, checkout.agreedMinutes);
      return { kind: 'failed', failure: verdict.failure };
    }
    if (verdict.kind === 'processing') {
      const minutes = waits.processingDays * 24 * 60;
      const { expiresAt } = await saveCheckout(store, checkout, minutes);
      await this.stock.extend(store, checkout.checkoutId, expiresAt);
    }
    return { kind: 'waiting' };
  }

  /** A late success: everything is tried to be held again; if it cannot, the money goes back (commerce.md, 7.4). */
  private async settleExpired(
    store: StoreWriter,
    checkout: CheckoutRow,
    payments: readonly PaymentView[],
  ): Promise<SettleOutcome> {
    const { verdict } = judge(checkout, payments);
    if (verdict.kind === 'ending') return { kind: 'expired' };
    // A method that needs no money has nothing that could be late.
    const isLate = payerOf(verdict, payments) !== undefined;
    if (isLate && checkout.revivable && (await this.placing.holdAgain(store, checkout)))
      return this.place(store, checkout, payments, ['late']);
    for (const late of payments.filter((one) => !one.unwanted && heldMinor(one) > 0))
      this.sayTooLate(store, checkout, late);
    await this.refuse(store, payments);
    return { kind: 'expired' };
  }

  /** The shopper is told, once; the log keeps it for staff, since there is no order to stand on. */
  private sayTooLate(
    store: StoreWriter,
    { checkoutId }: CheckoutRow,
    { paymentId, money }: PaymentView,
  ): void {
    const target = { kind: 'checkout', id: checkoutId };
    store.record({ action: 'checkout.money-came-late', target, after: { paymentId, ...money } });
    store.publish(MoneyCameLate, { checkoutId, paymentId });
  }

  private async place(
    store: StoreWriter,
    checkout: CheckoutRow,
    payments: readonly PaymentView[],
    risk: readonly string[],
  ): Promise<SettleOutcome> {
    const { verdict } = judge(checkout, payments);
    const payerId = verdict.kind === 'covered' ? verdict.paymentId : null;
    const payer = payments.find(({ paymentId }) => paymentId === payerId) ?? null;
    await this.refuse(
      store,
      payments.filter((payment) => payment !== payer),
    );
    const orderId =
      checkout.terms?.kind === 'balance'
        ? await this.placing.payRest(store, checkout, payer)
        : await this.placing.place(store, checkout, payer, risk);
    faultPoint('checkout.order-written');
    return { kind: 'placed', orderId };
  }

  private async refuse(store: StoreWriter, payments: readonly PaymentView[]): Promise<void> {
    for (const payment of payments) {
      // One that ended without money and one whose money is on its way back have nothing to refuse.
      if (ended.has(payment.state) && heldMinor(payment) <= 0) continue;
      await this.payments.refuseMoney(store, payment.paymentId);
    }
  }
}

function judge(checkout: CheckoutRow, payments: readonly PaymentView[]): Judgement {
  const due = { amountMinor: providerMinor(checkout), currency: checkout.currency };
  return judgePayments(due, payments);
}

/** The payment that holds what is due; none where nothing is due, or where an order may come before its money. */
function payerOf(verdict: Judgement['verdict'], payments: readonly PaymentView[]) {
  if (verdict.kind !== 'covered') return undefined;
  return payments.find((one) => one.paymentId === verdict.paymentId && heldMinor(one) > 0);
}

/** What a checkout is when nothing is to be done about it. */
function stands({ state, orderId }: CheckoutRow): SettleOutcome {
  if (state === 'completed') return { kind: 'placed', orderId: orderId ?? '' };
  if (state === 'paying') return { kind: 'waiting' };
  return { kind: state };
}
