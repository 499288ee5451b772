import { Inject, Injectable } from '@nestjs/common';
import { AppError } from '@libs/kernel';
import { Payments } from '@libs/payments';
import {
  type CheckoutChange,
  type CheckoutView,
  type Notice,
  type TypedAddress,
  checkAddress,
  checkEmail,
  providerMinor,
  requiresShipping,
  say,
} from '@renderer/checkout';
import { redirect } from '../5-send-response/plain-page';
import type { ShopResponse } from '../shop-request';
import { CheckoutDesk, type Visit } from './desk';
import { PayForm } from './pay-form';
import { StepForms, addressFaults } from './step-forms';
import { leave, originOf } from './ways-out';

/** What a shopper has said at a provider. */
type Approval = Awaited<ReturnType<Payments['express']['answerOf']>>;

/**
 * Checking out at a provider that tells us who the shopper is: they agree there, and come back to see the delivery and
 * the sum. Nothing is taken before they pay here, in the way of every other payment.
 */
@Injectable()
export class ExpressForm {
  constructor(
    @Inject(CheckoutDesk) private readonly desk: CheckoutDesk,
    @Inject(Payments) private readonly payments: Payments,
    @Inject(StepForms) private readonly steps: StepForms,
    @Inject(PayForm) private readonly payForm: PayForm,
  ) {}

  /** Sends the shopper to the provider of an account, if the checkout offers that. */
  async send(visit: Visit, view: CheckoutView, accountId: string): Promise<ShopResponse> {
    const { checkout } = view;
    const { site, request, setting, token } = visit;
    const way = view.methods.find((one) => one.accountId === accountId && one.express === true);
    const amountMinor = providerMinor(checkout);
    if (checkout.state !== 'open' || !way || amountMinor === 0 || !requiresShipping(checkout))
      return redirect(303, `/checkouts/${token}`);
    if (await this.desk.isTooOften('pay', visit))
      return this.again(visit, view, { kind: 'error', title: setting.words.tooOften });
    try {
      const { ref, url } = await this.payments.express.ask(site.storeId, {
        accountId,
        money: { amountMinor, currency: checkout.currency },
        returnUrl: `${originOf(request)}${setting.prefix}/checkouts/${token}/express`,
        key: `express:${checkout.checkoutId}:${checkout.version}`,
      });
      const express = { accountId, ref, approved: false, at: new Date().toISOString() };
      const kept = await this.keep(visit, { express });
      return kept ? leave(this.desk, visit, url) : redirect(303, `/checkouts/${token}`);
    } catch (error) {
      return this.silent(visit, view, { error, title: way.title });
    }
  }

  /** The browser came back: what it says of itself is not believed, the provider is asked. */
  async comeBack(visit: Visit, view: CheckoutView): Promise<ShopResponse> {
    const { express } = view.checkout;
    if (!express) return redirect(303, `/checkouts/${visit.token}`);
    const way = view.methods.find(({ accountId }) => accountId === express.accountId);
    let answer: Approval;
    try {
      answer = await this.payments.express.answerOf(visit.site.storeId, express);
    } catch (error) {
      return this.silent(visit, view, { error, title: way?.title ?? '' });
    }
    if (!answer.approved) {
      const left = await this.keep(visit, { express: null });
      const notice: Notice = { kind: 'info', title: visit.setting.words.paymentLeft };
      return this.again(visit, left ?? view, notice);
    }
    return this.take(visit, view, { ...express, answer });
  }

  /** Takes over what the provider tells; an address that does not do here is shown with what is missing. */
  private async take(
    visit: Visit,
    view: CheckoutView,
    { answer, accountId, ref }: { answer: Approval; accountId: string; ref: string },
  ): Promise<ShopResponse> {
    const typed = answer.address ?? {};
    const checked = checkLoosely(typed);
    const email = view.checkout.email ?? checkEmail(answer.email ?? '');
    const change: CheckoutChange = {
      email,
      express: { accountId, ref, approved: true, at: new Date().toISOString() },
      paymentAccountId: accountId,
      ...('address' in checked ? { shippingAddress: checked.address } : {}),
    };
    const kept = await this.keep(visit, change);
    if (!kept) return redirect(303, `/checkouts/${visit.token}`);
    const { country } = typed;
    const faults = addressFaults(checked, 'shipping', { ...visit.setting, country });
    if (!('address' in checked)) return this.steps.filled(visit, kept, { address: typed, faults });
    // One way to deliver is no choice, none is to be told.
    const step = kept.checkout.deliveryOptions.length === 1 ? this.steps.next(kept) : 'delivery';
    return redirect(303, `/checkouts/${visit.token}/${email === null ? 'information' : step}`);
  }

  /** The checkout as it is after a change; null where it cannot be changed any more. */
  private async keep(visit: Visit, change: CheckoutChange): Promise<CheckoutView | null> {
    const saved = await this.desk.checkouts.write(visit.site.storeId, (store) =>
      this.desk.checkouts.update(store, visit.token, change),
    );
    return saved.kind === 'done' ? this.desk.view(visit, saved.checkout) : null;
  }

  /** The page where the shopper goes on without it. @throws what is not the provider's failure */
  private silent(
    visit: Visit,
    view: CheckoutView,
    { error, title }: { error: unknown; title: string },
  ): ShopResponse {
    if (!(error instanceof AppError) || !error.code.startsWith('payments.')) throw error;
    const sentence = say(visit.setting.words.expressFailed, { title });
    return this.again(visit, view, { kind: 'error', title: sentence });
  }

  private again(visit: Visit, view: CheckoutView, notice: Notice): ShopResponse {
    const step = this.steps.next(view);
    return step === 'payment'
      ? this.payForm.show(visit, view, [notice])
      : this.steps.show(visit, view, step, [notice]);
  }
}

/** As an address of ours; a province that our list does not have is left out where none is needed. */
function checkLoosely(typed: TypedAddress): ReturnType<typeof checkAddress> {
  const checked = checkAddress(typed);
  if ('address' in checked || !checked.faults.province) return checked;
  const without = checkAddress({ ...typed, province: undefined });
  return 'address' in without ? without : checked;
}
