import { Inject, Injectable } from '@nestjs/common';
import { type Money, newId } from '@libs/kernel';
import type { StoreReader, StoreWriter } from '@platform/database';
import type { DisputeView } from './contract';
import { findDispute } from './disputes.queries';
import { readFacts } from './facts/fact-rows';
import { capturable, refundable, shareOut } from './facts/what-is-left';
import { openOperations, wantOperation, wasWanted } from './operations/operation-rows';
import { PaymentChecks } from './checks/payment-checks.service';
import { ExpressPayments } from './express-payments.service';
import { PaymentCalls } from './payment-calls.service';
import { PaymentLedger } from './payment-ledger.service';
import {
  type BrowserField,
  isByHand,
  type Next,
  type PayFlow,
  type PaymentMethod,
  type PaymentView,
} from './payment-views';
import { readViews } from './payment-views.queries';
import { paymentsErrors } from './payments.errors';
import { PaymentAccountRow } from './payments.entities';
import { type MethodQuestion, offeredMethod } from './accounts/offered-method';
import { Providers } from './providers/providers.service';

/** A new payment of a checkout. */
export interface NewPayment {
  checkoutId: string;
  /** Of the form that was sent: the same key is the same payment. */
  payKey: string;
  accountId: string;
  money: Money;
  /** Where the provider sends the shopper back to. */
  returnUrl: string;
  /** On the provider's page when left out. */
  flow?: PayFlow;
  /** What the shopper has agreed to already, of the flow `approved`. */
  ref?: string | null;
}

/** Payments: create and begin them, look at them, and want things of their providers. */
@Injectable()
export class Payments {
  constructor(
    @Inject(Providers) private readonly providers: Providers,
    @Inject(PaymentLedger) private readonly ledger: PaymentLedger,
    @Inject(PaymentCalls) private readonly calls: PaymentCalls,
    /** What a check of a store asks. */
    @Inject(PaymentChecks) readonly checks: PaymentChecks,
    /** What is asked of providers ahead of a sum. */
    @Inject(ExpressPayments) readonly express: ExpressPayments,
  ) {}

  /** The ways to pay this sum that the store offers, in its order, with what they cost in its currency. */
  async methods(store: StoreReader, asked: MethodQuestion): Promise<PaymentMethod[]> {
    const accounts = await store
      .rows(PaymentAccountRow)
      .find({ enabled: true }, { order: { position: 'ASC', createdAt: 'ASC', accountId: 'ASC' } });
    return accounts.flatMap((account) => {
      const provider = this.providers.find(account.provider);
      return provider ? (offeredMethod(account, provider.capabilities, asked) ?? []) : [];
    });
  }

  /** The provider's own field for this sum, by account; only of enabled accounts whose provider has one. */
  async fields(
    store: StoreReader,
    { money, accountIds }: { money: Money; accountIds: readonly string[] },
  ): Promise<ReadonlyMap<string, BrowserField>> {
    if (accountIds.length === 0) return new Map();
    const accounts = await store.rows(PaymentAccountRow).find({ enabled: true });
    const fields = accounts
      .filter(({ accountId }) => accountIds.includes(accountId))
      .flatMap((account): [string, BrowserField][] => {
        const asked = { money, capture: account.settings.capture };
        const field = this.providers.find(account.provider)?.field?.(account, asked);
        return field ? [[account.accountId, field]] : [];
      });
    return new Map(fields);
  }

  /**
   * Writes the payment before any provider hears of it, in the transaction of whoever starts paying. A second call with
   * the same key answers the first payment. Throws `payments.method-gone`, `payments.bad-currency`.
   */
  async create(store: StoreWriter, input: NewPayment): Promise<{ paymentId: string }> {
    const {
      checkoutId,
      payKey,
      accountId,
      money,
      returnUrl,
      flow = 'redirect',
      ref = null,
    } = input;
    const account = await store.rows(PaymentAccountRow).findOne({ accountId });
    const provider = account?.enabled ? this.providers.find(account.provider) : null;
    if (!account || !provider) throw paymentsErrors.error('method-gone');
    const { takes, separateCapture } = provider.capabilities;
    if (!takes(money.currency)) {
      const params = { provider: provider.title, currency: money.currency };
      throw paymentsErrors.error('bad-currency', params);
    }
    const capture = separateCapture ? account.settings.capture : 'now';
    const [made] = await store.query<{ paymentId: string }>(
      `INSERT INTO payments AS p (store_id, payment_id, account_id, provider, test_mode, checkout_id, pay_key,
         amount_minor, currency, capture, return_url, flow, provider_ref)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
       ON CONFLICT (store_id, checkout_id, pay_key) DO UPDATE SET pay_key = p.pay_key
       RETURNING payment_id AS "paymentId"`,
      [
        store.storeId,
        newId(),
        accountId,
        account.provider,
        account.testMode,
        checkoutId,
        payKey,
        money.amountMinor,
        money.currency,
        capture,
        returnUrl,
        flow,
        ref,
      ],
    );
    return made!;
  }

  /**
   * Begins at the provider, outside of transactions; after a lost answer a second call gets the same payment there.
   * Throws `payments.payment-missing`, `payments.payment-stopped`, `payments.provider-refused`,
   * `payments.provider-unreachable`.
   */
  begin(storeId: string, paymentId: string): Promise<Next> {
    return this.calls.begin(storeId, paymentId);
  }

  /** Asks the provider what it knows, outside of transactions. Throws as `begin` does. */
  refresh(storeId: string, paymentId: string): Promise<void> {
    return this.calls.refresh(storeId, paymentId, 'return');
  }

  /** Payments of a checkout, oldest first. */
  ofCheckout(store: StoreReader, checkoutId: string): Promise<PaymentView[]> {
    return readViews(store, { checkoutId });
  }

  /** A dispute of a payment as it is now, or null. */
  dispute(
    store: StoreReader,
    named: { paymentId: string; disputeId: string },
  ): Promise<DisputeView | null> {
    return findDispute(store, named);
  }

  /** Payments of an order, oldest first. */
  ofOrder(store: StoreReader, orderId: string): Promise<PaymentView[]> {
    return readViews(store, { orderId });
  }

  /** One payment. Throws `payments.payment-missing`. */
  async get(store: StoreReader, paymentId: string): Promise<PaymentView> {
    const [view] = await readViews(store, { paymentId });
    if (!view) throw paymentsErrors.error('payment-missing');
    return view;
  }

  /** The order takes these payments of its checkout: they are its from here on, whatever happens to them. */
  async assignOrder(
    store: StoreWriter,
    checkoutId: string,
    orderId: string,
    paymentIds?: readonly string[],
  ): Promise<void> {
    await store.execute(
      `UPDATE payments SET order_id = $3, mismatch = false, updated_at = now()
       WHERE store_id = $1 AND checkout_id = $2 AND order_id IS NULL AND unwanted_at IS NULL
         AND ($4::uuid[] IS NULL OR payment_id = ANY ($4))`,
      [store.storeId, checkoutId, orderId, paymentIds ?? null],
    );
  }

  /**
   * Wants a part of what is authorized to be captured; the provider is called after the commit.
   * Throws `payments.payment-missing`, `payments.capture-too-large`.
   */
  async wantCapture(
    store: StoreWriter,
    input: { paymentId: string; amountMinor: number; key: string; final?: boolean },
  ): Promise<void> {
    const { paymentId, amountMinor, key, final = true } = input;
    const payment = await this.ledger.lock(store, paymentId);
    if (await wasWanted(store, input)) return;
    const facts = [...(await readFacts(store, paymentId)).values()];
    const available = capturable(facts, await openOperations(store, paymentId), payment.currency);
    if (amountMinor > available) throw paymentsErrors.error('capture-too-large', { available });
    const { currency } = payment;
    await wantOperation(store, { paymentId, kind: 'capture', key, amountMinor, currency, final });
  }

  /**
   * Wants the payment to be paid no more: an open attempt ends, what is authorized is let go. What was captured by then
   * stays. Throws `payments.payment-missing`.
   */
  async wantCancel(store: StoreWriter, input: { paymentId: string; key: string }): Promise<void> {
    const { paymentId, key } = input;
    const { currency } = await this.ledger.lock(store, paymentId);
    await store.execute(
      `UPDATE payments SET stopped_at = coalesce(stopped_at, now()) WHERE store_id = $1 AND payment_id = $2`,
      [store.storeId, paymentId],
    );
    await wantOperation(store, { paymentId, kind: 'cancel', key, amountMinor: 0, currency });
  }

  /**
   * Wants a part of what was captured to be given back, from its captures in turn.
   * Throws `payments.payment-missing`, `payments.refund-too-large`.
   */
  async wantRefund(
    store: StoreWriter,
    input: { paymentId: string; amountMinor: number; key: string },
  ): Promise<void> {
    const { paymentId, amountMinor, key } = input;
    const { currency } = await this.ledger.lock(store, paymentId);
    if (await wasWanted(store, input)) return;
    const facts = [...(await readFacts(store, paymentId)).values()];
    const left = refundable(facts, await openOperations(store, paymentId));
    const own = left.filter((part) => part.currency === currency);
    const parts = shareOut(own, amountMinor);
    if (parts === null) {
      const available = own.reduce((sum, part) => sum + part.amountMinor, 0);
      throw paymentsErrors.error('refund-too-large', { available });
    }
    for (const [part, { captureId: targetId, ...taken }] of parts.entries()) {
      await wantOperation(store, { ...taken, paymentId, kind: 'refund', key, part, targetId });
    }
  }

  /**
   * Nobody wants the payment's money: it came too late or twice. What is authorized is let go, what was captured goes
   * back in full, and so does whatever shows up later; each object once. Throws `payments.payment-missing`.
   */
  refuseMoney(store: StoreWriter, paymentId: string): Promise<void> {
    return this.ledger.refuseMoney(store, paymentId);
  }

  /**
   * Asks for another sum that people look after, since what it is for costs something else by now.
   * Throws `payments.payment-missing`, `payments.not-by-hand`.
   */
  async askByHand(store: StoreWriter, paymentId: string, amountMinor: number): Promise<void> {
    const payment = await this.ledger.lock(store, paymentId);
    const { provider } = payment;
    if (!isByHand(provider)) throw paymentsErrors.error('not-by-hand', { provider });
    await store.execute(
      `UPDATE payments SET amount_minor = $3, updated_at = now() WHERE store_id = $1 AND payment_id = $2`,
      [store.storeId, paymentId, amountMinor],
    );
    const facts = [...(await readFacts(store, paymentId)).values()];
    await this.ledger.derive(store, { ...payment, amountMinor }, facts);
  }

  /**
   * Staff say that money came which people look after. Throws `payments.payment-missing`, `payments.not-by-hand`,
   * `payments.other-money`.
   * @param key the same key is the same money, however often it is told
   */
  async markPaid(
    store: StoreWriter,
    paymentId: string,
    money: Money,
    key = newId(),
  ): Promise<void> {
    const { provider, currency } = await this.ledger.lock(store, paymentId);
    if (!isByHand(provider)) throw paymentsErrors.error('not-by-hand', { provider });
    if (money.currency !== currency) throw paymentsErrors.error('other-money', { currency });
    const at = new Date().toISOString();
    const objectId = `${paymentId}:${key}`;
    const fact = { kind: 'capture', objectId, status: 'succeeded', money, at } as const;
    await this.ledger.tell(store, paymentId, [fact], 'staff');
  }
}
