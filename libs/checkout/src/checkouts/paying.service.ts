import { Inject, Injectable } from '@nestjs/common';
import { type Next, type PayFlow, Payments } from '@libs/payments';
import { faultPoint } from '@platform/config';
import { Db, type StoreWriter } from '@platform/database';
import { hashToken } from '@platform/secrets';
import { Log } from '@platform/telemetry';
import type { Quote } from '../quote';
import { type Checkout, consentOf, waits } from './checkout';
import { type CheckoutChange, applyChange } from './checkout-change';
import { CheckoutPaying } from './checkout.events';
import { CheckoutHoldings, type NotHeld, type Shortage } from './checkout-holdings.service';
import { CheckoutQuotes, type Priced } from './checkout-quotes.service';
import {
  type CheckoutRow,
  findCheckout,
  lockCheckout,
  readCheckout,
  saveCheckout,
} from './checkout-rows.queries';
import { type Missing, missingOf } from './missing';
import type { PaymentMethod } from '@libs/payments';
import { PlacingGate } from './placing-gate';
import { lostDiscount, type PriceChange, priceChange } from './price-change';
import { methodQuestion, providerMinor } from './provider-minor';
import { type SettleOutcome, Settling } from './settling.service';

/** What a shopper sends to pay. */
export interface PayInput {
  token: string;
  /** Of the form: a double click or a reload is one attempt. */
  payKey: string;
  /** What the form that pays changes; kept whatever becomes of the attempt. */
  change?: CheckoutChange;
  /** Of the amounts that the shopper saw. */
  quoteHash: string;
  /** Where a provider sends the shopper back to: an absolute address. */
  returnUrl: string;
  /** The token of the cookie of the browser that pays: the order is that browser's then. */
  browser?: string;
  /** Whether the provider's field stands on the shopper's page; on the provider's page when left out. */
  flow?: PayFlow;
  /** Where the shopper's address on the internet is, ISO 3166-1 alpha-2; null where nobody knows. */
  ipCountry?: string | null;
}

/** A line of which there is less than wanted. */
export interface ShortLine {
  lineId: string;
  wanted: number;
  /** For the address that it is sent to. */
  available: number;
  /** Whether there would be more of it for another address. */
  elsewhere: boolean;
}

/** What became of an attempt to pay. */
export type PayOutcome =
  | { kind: 'missing' }
  | ((
      | { kind: 'incomplete'; missing: Missing[] }
      /** Nothing was begun; the checkout has the amounts of now. */
      | { kind: 'price-changed'; change: PriceChange }
      | { kind: 'out-of-stock'; short: ShortLine[] }
      /** A discount was used up meanwhile; the checkout is priced without it. */
      | { kind: 'discount-gone'; change: PriceChange }
      | { kind: 'method-gone' }
      /** Its time is over. */
      | { kind: 'expired' }
      /** The provider did not answer: the same key again goes on with the same payment. */
      | { kind: 'provider-failed' }
      /** The shopper goes on at the provider. */
      | { kind: 'begun'; next: Exclude<Next, { kind: 'none' | 'instructions' }> }
      | { kind: 'settled'; outcome: SettleOutcome }
    ) & { checkout: CheckoutRow });

/** What the transaction of an attempt came to. */
type Held = { kind: 'held'; checkout: CheckoutRow } | PayOutcome;

/** Ends the transaction of an attempt without keeping anything of it. */
class Undone extends Error {
  constructor(readonly why: NotHeld) {
    super('the attempt is undone');
  }
}

/**
 * Paying a checkout (commerce.md, 2.1). One transaction takes what the form changes, compares the price, writes the
 * payment and holds what is bought; the provider is called after the commit; whatever comes of it goes through `settle`.
 */
@Injectable()
export class Paying {
  private readonly gate = new PlacingGate();

  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(Log) private readonly log: Log,
    @Inject(CheckoutQuotes) private readonly quotes: CheckoutQuotes,
    @Inject(Payments) private readonly payments: Payments,
    @Inject(CheckoutHoldings) private readonly holdings: CheckoutHoldings,
    @Inject(Settling) private readonly settling: Settling,
  ) {}

  /** Pays; the same key again is the same attempt, and so is another while one is under way. */
  async pay(storeId: string, input: PayInput): Promise<PayOutcome> {
    const found = await this.db.read(storeId, (store) => findCheckout(store, input.token));
    if (!found) return { kind: 'missing' };
    const items = found.lines.map(({ variantId }) => variantId);
    // Whoever waits for a service keeps nobody else from paying.
    const held = await this.quotes.answers.asking(storeId, () =>
      this.gate.pass(storeId, items, () => this.hold(storeId, found.checkoutId, input)),
    );
    return held.kind === 'held' ? this.goOn(storeId, held.checkout) : held;
  }

  /** The first transaction: all of it, or nothing but the amounts of now. */
  private async hold(storeId: string, checkoutId: string, input: PayInput): Promise<Held> {
    try {
      return await this.db.write(storeId, (store) => this.holdLocked(store, checkoutId, input));
    } catch (error) {
      if (!(error instanceof Undone)) throw error;
      const { why } = error;
      return this.db.write(storeId, (store) => this.explain(store, { checkoutId, why }, input));
    }
  }

  private async holdLocked(store: StoreWriter, checkoutId: string, input: PayInput): Promise<Held> {
    const found = await lockCheckout(store, checkoutId);
    if (!found) return { kind: 'missing' };
    if (found.state === 'paying' || found.state === 'completed')
      return { kind: 'held', checkout: found };
    if (found.state === 'expired' || found.overdue) return { kind: 'expired', checkout: found };
    const fresh = await this.price(store, found, input);
    const keep = () => saveCheckout(store, fresh, waitOf(found, input));
    const { paymentMethod } = fresh;
    // A way to pay that was chosen and is gone is not one that nobody chose.
    const chosen = paymentMethod ?? found.paymentMethod;
    const missing = missingOf({ ...fresh, paymentMethod: chosen });
    if (missing.length > 0) return { kind: 'incomplete', missing, checkout: await keep() };
    if (fresh.quote.hash !== input.quoteHash) {
      const change = priceChange(found.quote, fresh.quote);
      const isLost = lostDiscount(found.quote, fresh.quote);
      const kind = isLost ? 'discount-gone' : 'price-changed';
      return { kind, change, checkout: await keep() };
    }
    if (providerMinor(fresh) > 0 && paymentMethod === null)
      return { kind: 'method-gone', checkout: await keep() };
    // What stored value covers is paid by no method.
    const paidBy = providerMinor(fresh) > 0 ? paymentMethod : null;
    return this.begin(store, { ...found, ...fresh, paymentMethod: paidBy }, input);
  }

  /**
   * A locked checkout with what the form changes, and its amounts of now: the one quote of an attempt. It is compared with
   * what the shopper saw and held in this transaction, so that nothing can change between.
   */
  private async price(
    store: StoreWriter,
    found: CheckoutRow,
    { change = {} }: PayInput,
  ): Promise<Priced['checkout']> {
    const checkout = applyChange(found, change);
    const accountId = change.paymentAccountId ?? found.paymentMethod?.accountId;
    const paymentMethod = await this.methodOf(store, checkout, accountId);
    return (await this.quotes.price(store, { ...checkout, paymentMethod })).checkout;
  }

  /** In the order of locks that holds everywhere: checkout, payment, discounts, stored value, and stock last. */
  private async begin(
    store: StoreWriter,
    checkout: CheckoutRow & { quote: Quote },
    { payKey, returnUrl, flow, browser, ipCountry = null }: PayInput,
  ): Promise<Held> {
    const { checkoutId, currency, paymentMethod, quote } = checkout;
    const money = { amountMinor: providerMinor(checkout), currency };
    const agreed = consentOf(checkout, paymentMethod?.accountId);
    const created =
      money.amountMinor > 0 && paymentMethod
        ? await this.payments.create(store, {
            checkoutId,
            payKey,
            accountId: paymentMethod.accountId,
            money,
            returnUrl,
            ...(agreed === null ? { flow } : { flow: 'approved', ref: agreed }),
          })
        : null;
    const paymentId = created?.paymentId ?? null;
    const browserHash = browser === undefined ? checkout.browserHash : hashToken(browser);
    const begun = { payKey, paymentId, ipCountry, browserHash, failure: null };
    const paying = { ...checkout, ...begun, state: 'paying' as const };
    const saved = await saveCheckout(store, paying, waits.payingMinutes);
    store.publish(CheckoutPaying, { checkoutId });
    const refused = await this.holdings.take(store, { ...saved, quote });
    if (refused) throw new Undone(refused);
    return { kind: 'held', checkout: saved };
  }

  /** Says why an attempt was undone, with the amounts of now. */
  private async explain(
    store: StoreWriter,
    { checkoutId, why }: { checkoutId: string; why: NotHeld },
    input: PayInput,
  ): Promise<PayOutcome> {
    const checkout = await lockCheckout(store, checkoutId);
    if (!checkout) return { kind: 'missing' };
    if (checkout.state !== 'open') return { kind: 'expired', checkout };
    const fresh = await this.price(store, checkout, input);
    const saved = await saveCheckout(store, fresh, waitOf(checkout, input));
    if ('short' in why) {
      const short = shortLines(checkout, why.short);
      return { kind: 'out-of-stock', short, checkout: saved };
    }
    const change = priceChange(checkout.quote, fresh.quote);
    const kind = 'balance' in why ? 'price-changed' : 'discount-gone';
    return { kind, change, checkout: saved };
  }

  /** Begins at the provider what the database knows already, and settles what needs nothing of it. */
  private async goOn(storeId: string, checkout: CheckoutRow): Promise<PayOutcome> {
    const { checkoutId, paymentId } = checkout;
    faultPoint('checkout.held');
    if (checkout.state === 'paying' && paymentId !== null) {
      const next = await this.beginAtProvider(storeId, checkoutId, paymentId);
      if (next === null) return this.notBegun(storeId, checkout);
      if (next.kind === 'redirect' || next.kind === 'browser')
        return { kind: 'begun', next, checkout };
    }
    const outcome = await this.settling.settle(storeId, checkoutId);
    return { kind: 'settled', outcome, checkout: await this.again(storeId, checkout) };
  }

  /** Null when the provider refused or did not answer. */
  private async beginAtProvider(
    storeId: string,
    checkoutId: string,
    paymentId: string,
  ): Promise<Next | null> {
    try {
      const next = await this.payments.begin(storeId, paymentId);
      if (next.kind === 'instructions') await this.keep(storeId, checkoutId, next.text);
      return next;
    } catch (error) {
      this.log.warn({ err: error, storeId, checkoutId, paymentId }, 'a payment was not begun');
      return null;
    }
  }

  /** A refusal is a fact and opens the checkout again; without an answer the attempt goes on. */
  private async notBegun(storeId: string, checkout: CheckoutRow): Promise<PayOutcome> {
    const outcome = await this.settling.settle(storeId, checkout.checkoutId);
    const after = await this.again(storeId, checkout);
    return outcome.kind === 'waiting'
      ? { kind: 'provider-failed', checkout: after }
      : { kind: 'settled', outcome, checkout: after };
  }

  /** How to pay is told on the status page, too. */
  private async keep(storeId: string, checkoutId: string, instructions: string): Promise<void> {
    await this.db.write(storeId, (store) =>
      store.execute(
        `UPDATE checkouts SET payment_method = payment_method || jsonb_build_object('instructions', $3::text)
         WHERE store_id = $1 AND checkout_id = $2`,
        [storeId, checkoutId, instructions],
      ),
    );
  }

  private async again(storeId: string, checkout: CheckoutRow): Promise<CheckoutRow> {
    const { checkoutId } = checkout;
    return (await this.db.read(storeId, (store) => readCheckout(store, checkoutId))) ?? checkout;
  }

  /** The chosen method as it is offered now; null when it is not. */
  private async methodOf(
    store: StoreWriter,
    checkout: Checkout,
    chosen: string | undefined,
  ): Promise<PaymentMethod | null> {
    if (chosen === undefined) return null;
    const offered = await this.payments.methods(store, methodQuestion(checkout));
    return offered.find(({ accountId }) => accountId === chosen) ?? null;
  }
}

/** Minutes that a checkout stays open: a form that was filled in prolongs what staff set no time for. */
function waitOf({ terms }: Checkout, { change }: PayInput): number | null {
  return change === undefined || terms ? null : waits.openHours * 60;
}

/** Lines of an item that is short; the last of them are the ones that do not fit. */
function shortLines({ lines }: CheckoutRow, short: readonly Shortage[]): ShortLine[] {
  return short.flatMap(({ itemId, available, elsewhere }) => {
    let left = Math.max(0, available);
    return lines
      .filter(({ variantId }) => variantId === itemId)
      .map(({ id, quantity }) => {
        const fits = Math.min(left, quantity);
        left -= fits;
        return { lineId: id, wanted: quantity, available: fits, elsewhere: elsewhere > 0 };
      })
      .filter(({ wanted, available: fits }) => fits < wanted);
  });
}
