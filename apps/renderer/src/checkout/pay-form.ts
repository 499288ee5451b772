import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { Payments } from '@libs/payments';
import {
  type CheckoutRow,
  type CheckoutView,
  type Notice,
  type PayOutcome,
  Paying,
  Settling,
  checkAddress,
  consentOf,
  namedCountries,
  paymentPage,
  payingPage,
  providerMinor,
  requiresShipping,
  say,
} from '@renderer/checkout';
import { newToken } from '@platform/secrets';
import { redirect } from '../5-send-response/plain-page';
import { jsonAnswer } from '../5-send-response/json-answer';
import type { Input } from '../actions/read-input';
import type { ShopRequest, ShopResponse } from '../shop-request';
import { browserHeader, browserOf } from './checkout-answers';
import { CheckoutDesk, type Visit } from './desk';
import { feeNotices, payNotices } from './pay-notices';
import { addressFaults, statusOf } from './step-forms';
import { textOf, typedAddress } from './typed';
import { leave, originOf } from './ways-out';

type Typed = Omit<Parameters<typeof paymentPage>[1], 'countries' | 'payKey'>;

const payKeyPattern = /^[\w-]{16,64}$/;

/** The last page: everything once more, the way to pay, and the button that binds. */
@Injectable()
export class PayForm {
  constructor(
    @Inject(CheckoutDesk) private readonly desk: CheckoutDesk,
    @Inject(Payments) private readonly payments: Payments,
    @Inject(Paying) private readonly paying: Paying,
    @Inject(Settling) private readonly settling: Settling,
  ) {}

  /** Shows the page as the checkout stands. */
  show(visit: Visit, view: CheckoutView, notices: readonly Notice[] = []): ShopResponse {
    const { checkout, token } = view;
    const sent = requiresShipping(checkout);
    const address = sent ? checkout.shippingAddress : checkout.billingAddress;
    if (checkout.email === null || address === null || checkout.quoteHash === null)
      return redirect(303, `/checkouts/${token}/information`);
    if (sent && checkout.deliveryRateId === null)
      return redirect(303, `/checkouts/${token}/delivery`);
    const { words } = visit.setting;
    const failed: Notice[] =
      checkout.failure !== null && notices.length === 0
        ? [
            checkout.failure === ''
              ? { kind: 'info', title: words.paymentLeft }
              : { kind: 'error', title: words.paymentFailed },
          ]
        : [];
    const agreed = checkout.paymentMethod;
    const ready: Notice[] =
      agreed && consentOf(checkout, agreed.accountId) !== null && notices.length === 0
        ? [{ kind: 'info', title: say(words.expressReady, { title: agreed.title }) }]
        : [];
    return this.page(visit, view, {
      accountId: agreed?.accountId ?? null,
      otherAddress: sent && checkout.billingAddress !== null,
      address: checkout.billingAddress ?? { country: address.country },
      faults: {},
      notices: [...failed, ...ready, ...notices],
    });
  }

  /**
   * Takes the form: what was chosen is kept, then it is paid. The browser that pays is known from then on; one that came
   * by a link has never been given a token.
   */
  async send(visit: Visit, view: CheckoutView, input: Input): Promise<ShopResponse> {
    const { request } = visit;
    const known = browserOf(request.headers.cookie);
    const browser = known ?? newToken();
    const answer = asAsked(request, await this.take(visit, view, { input, browser }));
    if (known !== null) return answer;
    return { ...answer, headers: { ...answer.headers, ...browserHeader(browser, request.secure) } };
  }

  /** Shows the page with what was typed on it, after something beside it has changed. */
  again(visit: Visit, view: CheckoutView, input: Input, notices: readonly Notice[]): ShopResponse {
    const plain = this.show(visit, view, notices);
    if (plain.status === 303) return plain;
    return this.page(visit, view, { ...this.typed(visit, view, input), faults: {}, notices });
  }

  private async take(
    visit: Visit,
    view: CheckoutView,
    { input, browser }: { input: Input; browser: string },
  ): Promise<ShopResponse> {
    const payKey = textOf(input, 'pay_key');
    const { state } = view.checkout;
    if (state === 'completed') return redirect(303, `/orders/${visit.token}`);
    const typed = this.typed(visit, view, input);
    if (state === 'open') {
      if (input.intent === 'country') return this.page(visit, view, { ...typed, faults: {} });
      if (input.intent === 'method') return this.choose(visit, input);
      if (Object.keys(typed.faults).length > 0) return this.page(visit, view, typed);
      if (view.checkout.useCredit && view.credit === null) return this.dropCredit(visit);
    }
    if (!payKeyPattern.test(payKey)) return redirect(303, `/checkouts/${visit.token}/payment`);
    const { request, token, site, setting } = visit;
    const outcome = await this.paying.pay(site.storeId, {
      token,
      payKey,
      quoteHash: textOf(input, 'quote_hash'),
      returnUrl: `${originOf(request)}${setting.prefix}/checkouts/${token}/return`,
      flow: input.field === '1' ? 'browser' : 'redirect',
      ipCountry: request.country ?? null,
      browser,
      ...(state === 'open' ? { change: changeOf(view, typed) } : {}),
    });
    const fee = outcome.kind === 'price-changed' ? feeChange(view, outcome.checkout) : null;
    if (fee === null || textOf(input, 'quote_hash') !== view.checkout.quoteHash)
      return this.answer(visit, outcome);
    const shown = await this.desk.view(visit, fee.checkout);
    return this.again(visit, shown, input, feeNotices(fee, setting));
  }

  /** The browser came back from a provider: what it says of itself is not believed, the provider is asked. */
  async comeBack(visit: Visit, { checkout }: CheckoutView): Promise<ShopResponse> {
    const { storeId } = visit.site;
    const { request, token } = visit;
    if (checkout.paymentId !== null && checkout.state !== 'completed') {
      // The provider may be slow; the order page asks again.
      await this.payments.refresh(storeId, checkout.paymentId).catch(() => undefined);
    }
    const { kind } = await this.settling.settle(storeId, checkout.checkoutId);
    // A script that was told of a failure goes on with another attempt; who left the provider's page may return to it.
    const query = new URLSearchParams(request.target.split('?')[1] ?? '');
    const asks = wantsJson(request);
    if (asks && (kind === 'failed' || kind === 'open'))
      return jsonAnswer(200, { payKey: randomUUID() });
    if (kind === 'waiting' && query.get('left') === 'over') return this.giveUp(visit, checkout);
    const left = kind === 'waiting' && (asks || query.has('left'));
    const answer =
      !left && (kind === 'placed' || kind === 'waiting' || kind === 'busy')
        ? redirect(303, `/orders/${token}`)
        : redirect(303, `/checkouts/${token}${left ? '' : '/payment'}`);
    return asAsked(request, answer);
  }

  /** Waits while the provider is asked to end the attempt. */
  async giveUp({ site, token }: Visit, { checkoutId }: { checkoutId: string }) {
    await this.settling.giveUp(site.storeId, checkoutId);
    return redirect(303, `/checkouts/${token}/payment?otherwise=1`);
  }

  /** Shows an attempt that is under way, or where it has led. */
  async underWay(visit: Visit, view: CheckoutView): Promise<ShopResponse> {
    const { storeId } = visit.site;
    const outcome = await this.settling.settle(storeId, view.checkout.checkoutId);
    if (outcome.kind === 'placed') return redirect(303, `/orders/${visit.token}`);
    if (outcome.kind === 'failed' || outcome.kind === 'open')
      return redirect(303, `/checkouts/${visit.token}/payment`);
    const query = new URLSearchParams(visit.request.target.split('?')[1] ?? '');
    const payKey = view.checkout.payKey ?? '';
    const input = { payKey, notices: [], givingUp: query.has('otherwise') };
    return this.desk.page(visit, payingPage(view, input, visit.setting), { view });
  }

  private async answer(visit: Visit, outcome: PayOutcome): Promise<ShopResponse> {
    const orders = redirect(303, `/orders/${visit.token}`);
    switch (outcome.kind) {
      case 'missing':
      case 'expired':
      case 'incomplete':
        return redirect(303, `/checkouts/${visit.token}`);
      case 'begun':
        return outcome.next.kind === 'redirect'
          ? leave(this.desk, visit, outcome.next.url)
          : this.field(visit, outcome.next.publicData);
      case 'settled': {
        const { kind } = outcome.outcome;
        const isHere = kind === 'placed' || kind === 'waiting' || kind === 'busy';
        return isHere ? orders : redirect(303, `/checkouts/${visit.token}/payment`);
      }
      case 'provider-failed': {
        return redirect(303, `/checkouts/${visit.token}/payment`);
      }
      default: {
        const view = await this.desk.view(visit, outcome.checkout);
        return this.show(visit, view, payNotices(outcome, visit.setting));
      }
    }
  }

  /** Only a script has a field to go on with; whoever has none is offered to pay otherwise. */
  private field(visit: Visit, publicData: Record<string, string>): ShopResponse {
    return wantsJson(visit.request)
      ? jsonAnswer(200, { data: publicData })
      : redirect(303, `/checkouts/${visit.token}`);
  }

  private typed(visit: Visit, view: CheckoutView, input: Input): Typed {
    const otherAddress = requiresShipping(view.checkout) && input.billing === 'other';
    const address = typedAddress(input, 'billing');
    const checked = checkAddress(address);
    const { setting } = visit;
    const where = { ...setting, country: address.country };
    const accountId = textOf(input, 'payment') || null;
    const needsMethod =
      view.methods.length > 0 && accountId === null && providerMinor(view.checkout) > 0;
    return {
      accountId,
      otherAddress,
      address: otherAddress
        ? address
        : { country: view.checkout.shippingAddress?.country ?? setting.shop.country },
      faults: {
        ...(needsMethod ? { payment: setting.words['fault.payment'] } : {}),
        ...(otherAddress ? addressFaults(checked, 'billing', where) : {}),
      },
      notices: [],
    };
  }

  /** Whoever has the link of a checkout and is not signed in does not spend the customer's credit. */
  private async dropCredit(visit: Visit): Promise<ShopResponse> {
    const saved = await this.desk.checkouts.write(visit.site.storeId, (store) =>
      this.desk.checkouts.update(store, visit.token, { useCredit: false }),
    );
    if (saved.kind !== 'done') return redirect(303, `/checkouts/${visit.token}`);
    const view = await this.desk.view(visit, saved.checkout);
    return this.show(visit, view, [{ kind: 'error', title: visit.setting.words.creditSignIn }]);
  }

  /** Shows what is to pay with the way that was just chosen; nothing is agreed to by that. */
  private async choose(visit: Visit, input: Input): Promise<ShopResponse> {
    const paymentAccountId = textOf(input, 'payment') || undefined;
    const saved = await this.desk.checkouts.write(visit.site.storeId, (store) =>
      this.desk.checkouts.update(store, visit.token, { paymentAccountId }),
    );
    if (saved.kind !== 'done') return redirect(303, `/checkouts/${visit.token}`);
    const shown = await this.desk.view(visit, saved.checkout);
    const typed = { ...this.typed(visit, shown, input), faults: {}, justChosen: true };
    return this.page(visit, shown, typed);
  }

  private page(visit: Visit, view: CheckoutView, typed: Typed): ShopResponse {
    const countries = namedCountries(visit.setting.lang);
    const body = paymentPage(view, { ...typed, countries, payKey: randomUUID() }, visit.setting);
    return this.desk.page(visit, body, { status: statusOf(typed), view });
  }
}

/** What the form changes of the checkout; to send it is to agree to the terms. */
function changeOf({ checkout }: CheckoutView, { accountId, otherAddress, address }: Typed) {
  const checked = otherAddress ? checkAddress(address) : null;
  const billingAddress = checked && 'address' in checked ? checked.address : null;
  return {
    paymentAccountId: accountId ?? undefined,
    ...(requiresShipping(checkout) ? { billingAddress } : {}),
    consent: { marketing: checkout.consent?.marketing ?? false, terms: true },
  };
}

/** The totals with and without the fee of the way to pay, where that has changed them. */
function feeChange(
  { checkout }: CheckoutView,
  kept: CheckoutRow,
): { checkout: CheckoutRow; currency: string; before: number; after: number } | null {
  const [before, after] = [checkout, kept].map(({ quote }) => quote?.totals);
  if (!before || !after || before.feesMinor === after.feesMinor) return null;
  const { currency } = kept;
  return { checkout: kept, currency, before: before.totalMinor, after: after.totalMinor };
}

/** The answer as who asks can use it: a browser that goes where it is led, or a script that wants to know. */
export function asAsked(request: ShopRequest, answer: ShopResponse): ShopResponse {
  return wantsJson(request) ? forScript(answer) : answer;
}

function wantsJson({ headers }: ShopRequest): boolean {
  return headers.accept === 'application/json';
}

/** What a script does with an answer that is meant for a browser: it goes where it leads, or sends the form itself. */
function forScript(answer: ShopResponse): ShopResponse {
  const { location } = answer.headers;
  if (typeof location === 'string') return jsonAnswer(200, { go: location });
  const isPage = String(answer.headers['content-type']).startsWith('text/html');
  return isPage ? jsonAnswer(200, { page: true }) : answer;
}
