import { Inject, Injectable } from '@nestjs/common';
import { Payments } from '@libs/payments';
import { type Actor } from '@platform/audit';
import type { StoreWriter } from '@platform/database';
import { CheckoutHoldings } from '../checkouts/checkout-holdings.service';
import { CheckoutPaying } from '../checkouts/checkout.events';
import { CheckoutQuotes } from '../checkouts/checkout-quotes.service';
import { lockCheckout, saveCheckout } from '../checkouts/checkout-rows.queries';
import { waits } from '../checkouts/checkout';
import { providerMinor } from '../checkouts/provider-minor';
import { type SettleOutcome, Settling } from '../checkouts/settling.service';
import { draftsErrors } from './drafts.errors';

/** Staff say that what was agreed on is paid: by bank transfer, in cash. */
@Injectable()
export class PaidByHand {
  constructor(
    @Inject(CheckoutQuotes) private readonly quotes: CheckoutQuotes,
    @Inject(CheckoutHoldings) private readonly holdings: CheckoutHoldings,
    @Inject(Payments) private readonly payments: Payments,
    @Inject(Settling) private readonly settling: Settling,
  ) {}

  /**
   * Notes the money and makes the order, by the door that every checkout goes through. The same key again is the same
   * money.
   * @throws drafts.draft-not-found, drafts.not-open, drafts.no-manual-method, drafts.out-of-stock
   */
  async mark(
    storeId: string,
    checkoutId: string,
    { key, actor }: { key: string; actor: Actor },
  ): Promise<SettleOutcome> {
    await this.quotes.answers.write(storeId, (store) => this.hold(store, checkoutId, key), {
      actor,
    });
    return this.settling.settle(storeId, checkoutId);
  }

  /** In the order of locks that holds everywhere: checkout, payment, what it holds. */
  private async hold(store: StoreWriter, checkoutId: string, payKey: string): Promise<void> {
    const checkout = await lockCheckout(store, checkoutId);
    if (!checkout?.terms) throw draftsErrors.error('draft-not-found');
    if (checkout.payKey === payKey && checkout.state !== 'open') return;
    if (checkout.state !== 'open' || checkout.overdue)
      throw draftsErrors.error('not-open', { state: checkout.state });
    const { checkout: priced } = await this.quotes.price(store, {
      ...checkout,
      paymentMethod: null,
    });
    const money = { amountMinor: providerMinor(priced), currency: priced.currency };
    const method = money.amountMinor > 0 ? await this.manualMethod(store, money) : null;
    const created = method
      ? await this.payments.create(store, {
          checkoutId,
          payKey,
          accountId: method.accountId,
          money,
          returnUrl: '',
        })
      : null;
    const paymentId = created?.paymentId ?? null;
    const paying = { ...priced, state: 'paying' as const, payKey, paymentId, failure: null };
    const saved = await saveCheckout(store, paying, waits.payingMinutes);
    store.publish(CheckoutPaying, { checkoutId });
    if (paymentId !== null) await this.payments.markPaid(store, paymentId, money, payKey);
    const refused = await this.holdings.take(store, { ...saved, quote: priced.quote });
    if (refused === null) return;
    const short = 'short' in refused ? refused.short[0] : undefined;
    const title = saved.lines.find(({ variantId }) => variantId === short?.itemId)?.title ?? '';
    const { wanted = 0, available = 0 } = short ?? {};
    throw draftsErrors.error('out-of-stock', { title, wanted, available }, { field: 'lines' });
  }

  private async manualMethod(store: StoreWriter, money: { amountMinor: number; currency: string }) {
    const offered = await this.payments.methods(store, { money, country: null });
    const manual = offered.find(({ provider }) => provider === 'manual');
    if (!manual) throw draftsErrors.error('no-manual-method');
    return manual;
  }
}
