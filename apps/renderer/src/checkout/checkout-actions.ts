import { Inject, Injectable } from '@nestjs/common';
import { type CheckoutView, notePage, withdrawnPage } from '@renderer/checkout';
import { AppError } from '@libs/kernel';
import { newToken } from '@platform/secrets';
import type { CheckoutAsked, CheckoutPart } from '../2-match-route/checkout-asked';
import { shopperOf } from '../3-load-page/shopper';
import { jsonAnswer } from '../5-send-response/json-answer';
import { type Input, readInput } from '../actions/read-input';
import { mayWrite } from '../actions/same-origin';
import { plainPage, redirect } from '../5-send-response/plain-page';
import type { ShopRequest, ShopResponse } from '../shop-request';
import { browserHeader, browserOf } from './checkout-answers';
import { AccountData } from '../account/account-data';
import { CodeForms } from './code-forms';
import { prefillQuery, readPrefill } from './prefill';
import { CheckoutDesk, type StoreSite, type Visit } from './desk';
import { ExpressForm } from './express-form';
import { OrderStatus } from './order-status';
import { PayForm, asAsked } from './pay-form';
import { type Step, StepForms } from './step-forms';
import { queryOf, textOf } from './typed';

/** The shopper's checkout: our own pages, whatever the theme is. Nothing here is kept by a cache. */
@Injectable()
export class CheckoutActions {
  constructor(
    @Inject(CheckoutDesk) private readonly desk: CheckoutDesk,
    @Inject(StepForms) private readonly steps: StepForms,
    @Inject(CodeForms) private readonly codeForms: CodeForms,
    @Inject(PayForm) private readonly payForm: PayForm,
    @Inject(ExpressForm) private readonly express: ExpressForm,
    @Inject(OrderStatus) private readonly orders: OrderStatus,
    @Inject(AccountData) private readonly account: AccountData,
  ) {}

  /** Answers `/checkout`, `/checkouts/<token>/…` and `/orders/<token>`. */
  async answer(site: StoreSite, asked: CheckoutAsked, request: ShopRequest): Promise<ShopResponse> {
    const isPost = request.method === 'POST';
    if (!isPost && request.method !== 'GET' && request.method !== 'HEAD') return notAllowed;
    if (isPost && !mayWrite(request)) return plainPage('foreign-form', request.id);
    const input = isPost ? await readInput(request) : {};
    if (typeof input === 'string') return plainPage('bad-form', request.id);
    const visit = await this.desk.visit(site, request, asked.at === 'start' ? '' : asked.token);
    if (!visit) return plainPage('nobody', request.id);
    if (asked.at === 'start') return this.start(visit);
    const view = await this.desk.read(visit);
    if (asked.at === 'order')
      return this.orders.answer(visit, view, { ...asked, input: isPost ? input : null });
    if (!view) return this.missing(visit);
    try {
      return await (isPost
        ? this.post(visit, view, asked.part, input)
        : this.show(visit, view, asked.part));
    } catch (error) {
      const gone = goneLines(error, view);
      if (gone.length === 0) throw error;
      return this.desk.page(visit, withdrawnPage(gone, visit.setting), { status: 409, view });
    }
  }

  /** Begins a checkout of the shopper's cart, or goes on with the one that there is. */
  private async start(visit: Visit): Promise<ShopResponse> {
    const { site, request, setting } = visit;
    const guessed = `${request.headers['sec-purpose'] ?? ''} ${request.headers.purpose ?? ''}`;
    // A browser that looks ahead must not begin to check out.
    if (guessed.includes('prefetch')) return { ...notAllowed, status: 503 };
    if (await this.desk.isTooOften('start', visit)) return tooOften(request);
    const { cartToken, customerToken = null } = shopperOf(request.headers.cookie);
    const browser = browserOf(request.headers.cookie) ?? newToken();
    const locale = setting.lang;
    const token = await this.desk.checkouts.write(site.storeId, async (store) => {
      const customerId = (await this.account.customerOf(store, customerToken))?.id ?? null;
      return this.desk.checkouts.start(store, {
        cartToken,
        browser,
        locale,
        source: null,
        customerId,
      });
    });
    if (token === null) return redirect(303, '/cart');
    const cookie = browserHeader(browser, request.secure);
    const query = queryOf(request);
    const provider = query.get('express');
    const answer = provider ? await this.startThere({ ...visit, token }, provider) : null;
    return answer
      ? { ...answer, headers: { ...answer.headers, ...cookie } }
      : redirect(303, `/checkouts/${token}${prefillQuery(readPrefill(query))}`, cookie);
  }

  /** Begins at a provider, from the cart; null where the checkout does not offer it. */
  private async startThere(visit: Visit, provider: string): Promise<ShopResponse | null> {
    const view = await this.desk.read(visit);
    const way = view?.methods.find((one) => one.provider === provider && one.express === true);
    return view && way ? this.express.send(visit, view, way.accountId) : null;
  }

  private async show(visit: Visit, view: CheckoutView, part: CheckoutPart): Promise<ShopResponse> {
    const { checkout } = view;
    if (part === 'state') return jsonAnswer(200, { state: stateOf(view) });
    if (part === 'return') return this.payForm.comeBack(visit, view);
    if (checkout.state === 'completed') return redirect(303, `/orders/${visit.token}`);
    if (checkout.state === 'expired' || checkout.overdue) return this.expired(visit, view);
    if (checkout.state === 'paying') return this.payForm.underWay(visit, view);
    if (part === 'page' || part === 'codes') return this.toNext(visit, view);
    if (part === 'express') return this.express.comeBack(visit, view);
    return part === 'payment' ? this.payForm.show(visit, view) : this.steps.show(visit, view, part);
  }

  /** Leads to the first page that is not complete; what a link says of the shopper is for the one that asks for it. */
  private toNext({ token, request }: Visit, view: CheckoutView): ShopResponse {
    const step = this.steps.next(view);
    const said = step === 'information' ? prefillQuery(readPrefill(queryOf(request))) : '';
    return redirect(303, `/checkouts/${token}/${step}${said}`);
  }

  private async post(
    visit: Visit,
    view: CheckoutView,
    part: CheckoutPart,
    input: Input,
  ): Promise<ShopResponse> {
    if (part === 'codes' || entersCode(view, part, input))
      return asAsked(visit.request, await this.codes(visit, view, input));
    if (part === 'payment') {
      return input.intent === 'give-up'
        ? this.payForm.giveUp(visit, view.checkout)
        : this.payForm.send(visit, view, input);
    }
    if (part === 'express') return this.express.send(visit, view, textOf(input, 'account'));
    if (part !== 'information' && part !== 'delivery') return notAllowed;
    return this.steps.send(visit, view, part, input);
  }

  private async codes(visit: Visit, view: CheckoutView, input: Input): Promise<ShopResponse> {
    const taken = await this.codeForms.take(visit, view, input);
    if ('status' in taken) return taken;
    const [fault] = taken.notices;
    const notices = taken.notices.map((notice) => ({ ...notice, beside: true }));
    const after = { ...taken.view, ...(fault ? { codeFault: fault.title } : {}) };
    const there = isStep(input.step) ? input.step : this.steps.next(after);
    if (there === 'payment' && isStep(input.step))
      return this.payForm.again(visit, after, input, notices);
    if (there === 'information' && isStep(input.step))
      return this.steps.again(visit, after, input, notices);
    // Where there is nothing to tell and nothing was typed, a reload must not send the form again.
    if (notices.length === 0) return redirect(303, `/checkouts/${visit.token}/${there}`);
    return there === 'payment'
      ? this.payForm.show(visit, after, notices)
      : this.steps.show(visit, after, there, notices);
  }

  private expired(visit: Visit, { checkout }: CheckoutView): ShopResponse {
    const { words, prefix } = visit.setting;
    // What staff agreed on with somebody is in no cart.
    if (checkout.terms) {
      const link = { label: words.toShop, href: prefix === '' ? '/' : prefix };
      const body = notePage({ title: words.linkEnded, text: words.linkEndedText, link });
      return this.desk.page(visit, body, { status: 410 });
    }
    const link = { label: words.restart, href: `${prefix}/checkout` };
    const body = notePage({ title: words.expired, text: words.expiredText, link });
    return this.desk.page(visit, body, { status: 410 });
  }

  private missing(visit: Visit): ShopResponse {
    const { words, prefix } = visit.setting;
    const link = { label: words.toShop, href: prefix === '' ? '/' : prefix };
    const body = notePage({ title: words.missing, text: words.missingText, link });
    return this.desk.page(visit, body, { status: 404 });
  }
}

/** The titles of the lines that are not sold any more, as far as that is what went wrong. */
function goneLines(error: unknown, { checkout }: CheckoutView): string[] {
  if (!(error instanceof AppError) || error.code !== 'assemble.line-gone') return [];
  const fields = new Set(error.issues.map(({ field }) => field));
  return checkout.lines.filter(({ id }) => fields.has(`lines.${id}`)).map(({ title }) => title);
}

function isStep(name: unknown): name is Step | 'payment' {
  return name === 'information' || name === 'delivery' || name === 'payment';
}

/** Whether a code was typed and not applied when a page was sent: it is looked at before anything is agreed to. */
function entersCode({ checkout }: CheckoutView, part: CheckoutPart, input: Input): boolean {
  const goesOn = input.intent !== 'country' && input.intent !== 'give-up';
  return checkout.state === 'open' && isStep(part) && goesOn && textOf(input, 'code').trim() !== '';
}

/** What a waiting page asks for. */
function stateOf({ checkout }: CheckoutView): string {
  return checkout.state === 'paying' ? 'waiting' : checkout.state;
}

function tooOften(request: ShopRequest): ShopResponse {
  return { ...plainPage('unreachable', request.id), status: 429 };
}

const notAllowed: ShopResponse = {
  status: 405,
  headers: { allow: 'GET, HEAD, POST', 'cache-control': 'no-store' },
  body: Buffer.alloc(0),
};
