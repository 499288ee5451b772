import type { BrowserField, PaymentMethod } from '@libs/payments';
import type { TypedAddress } from '../../addresses/check-address';
import { requiresShipping } from '../../checkouts/checkout';
import { providerMinor } from '../../checkouts/provider-minor';
import { addressForm } from './address-form';
import { fieldBox } from './field';
import { moneyText } from './format';
import { enterSends } from './fields';
import { type Child, type Html, html, raw } from './html';
import { withFaults } from './information-page';
import type { CheckoutView, Faults, Notice, PageBody, PageSetting } from './page-input';
import { recap } from './recap';
import { stepForm, summary } from './summary';
import { agreement } from './policy-links';
import { say } from './words';

/** What was typed on the last page. */
export interface PaymentInput {
  /** Of this attempt: sending the form twice is one. */
  payKey: string;
  accountId: string | null;
  /** Whether the bill goes elsewhere, and where. */
  otherAddress: boolean;
  address: TypedAddress;
  faults: Faults;
  notices: readonly Notice[];
  countries: readonly { code: string; name: string }[];
  /** The way to pay was chosen a moment ago, and the page is shown again with what it costs. */
  justChosen?: boolean;
}

/** Everything once more, the way to pay, and the button that binds. */
export function paymentPage(
  view: CheckoutView,
  input: PaymentInput,
  setting: PageSetting,
): PageBody {
  const { words, prefix } = setting;
  const { checkout, token, methods } = view;
  const due = providerMinor(checkout);
  const fields = due > 0 ? [...view.fields.values()] : [];
  const main = html`<h1>${words.payment}</h1>
    <form
      id="${stepForm}"
      method="post"
      action="${prefix}/checkouts/${token}/payment"
      ${fields.length > 0 && html` data-field-form`}
    >
      ${enterSends('pay')}
      <input type="hidden" name="version" value="${checkout.version}" /><input
        type="hidden"
        name="pay_key"
        value="${input.payKey}"
      />
      <input type="hidden" name="quote_hash" value="${checkout.quoteHash}" />
      ${recap(view, setting, 'payment')}
      ${due > 0 ? methodList(view, input, setting) : html`<p>${words.noPayment}</p>`}
      ${requiresShipping(checkout) && billing(input, setting)}
      ${!isRest(checkout) && agreement(setting)}
      <div class="forward">
        ${(due === 0 || methods.length > 0) && payButton(view, setting)}
        <a
          href="${prefix}/checkouts/${token}/${requiresShipping(checkout) ? 'delivery' : 'information'}"
          >${requiresShipping(checkout) ? words.backToDelivery : words.backToInformation}</a
        >
      </div>
    </form>`;
  return {
    title: words.payment,
    step: 'payment',
    notices: withFaults(input.faults, input.notices, setting),
    main,
    aside: summary(view, setting, 'payment'),
    fields,
  };
}

/** Whether the order is there already, and only the rest of its money is paid: nothing is ordered by that. */
function isRest({ terms }: CheckoutView['checkout']): boolean {
  return terms?.kind === 'balance';
}

function payButton({ checkout }: CheckoutView, { words, lang }: PageSetting): Html {
  const due = providerMinor(checkout);
  const amount = moneyText(due, checkout.currency, lang);
  const binding = isRest(checkout) ? words.payRest : words.pay;
  const label = due > 0 ? say(binding, { amount }) : words.place;
  return html`<button class="first" type="submit" name="intent" value="pay">${label}</button>`;
}

function methodList(
  { methods, fields, checkout }: CheckoutView,
  { accountId, justChosen = false }: PaymentInput,
  { words, lang }: PageSetting,
): Child {
  if (methods.length === 0)
    return html`<div class="notice error" role="alert"><p>${words.noMethods}</p></div>`;
  const chosen = methods.some((one) => one.accountId === accountId)
    ? accountId
    : methods[0]?.accountId;
  const rows = methods.map((method) => {
    const fee = method.feeMinor > 0 && moneyText(method.feeMinor, checkout.currency, lang);
    return methodRow(method, fee, {
      chosen: method.accountId === chosen,
      focus: justChosen && method.accountId === chosen,
      badge: words.testBadge,
      feeText: words.fee,
      field: fields.get(method.accountId),
    });
  });
  const paid = methods.find((one) => one.accountId === checkout.paymentMethod?.accountId);
  return html`<fieldset id="payment">
    <legend>${words.paymentMethod}</legend>
    <ul class="options">
      ${rows}
    </ul>
    <input
      class="enter"
      type="submit"
      name="intent"
      value="method"
      formnovalidate
      tabindex="-1"
      aria-hidden="true"
      data-paid-fee="${paid?.feeMinor ?? 0}"
    />
    <p class="soft hint">${words.secure}</p>
  </fieldset>`;
}

interface RowLook {
  chosen: boolean;
  /** Where the keyboard goes on from. */
  focus: boolean;
  badge: string;
  feeText: string;
  field: BrowserField | undefined;
}

function methodRow(
  { accountId, title, description, testMode, feeMinor }: PaymentMethod,
  fee: string | false,
  { chosen, focus, badge, feeText, field }: RowLook,
): Html {
  return html`<li>
    <label
      ><input
        type="radio"
        name="payment"
        value="${accountId}"
        data-fee="${feeMinor}"
        required${chosen && html` checked`}${focus && html` autofocus`}
      />
      <span><bdi>${title}</bdi>${testMode && html` <span class="badge">${badge}</span>`}</span
      ><span></span>
      ${description !== '' && html`<span class="soft"><bdi>${description}</bdi></span>`}
      ${fee !== false && html`<span class="soft">${say(feeText, { amount: fee })}</span>`}</label
    >${field && fieldBox(field)}
  </li>`;
}

function billing(input: PaymentInput, setting: PageSetting): Html {
  const { words } = setting;
  const { otherAddress, address, faults, countries } = input;
  const option = (value: string, label: string, checked: boolean): Html =>
    html`<li>
      <label
        ><input
          type="radio"
          id="billing-${value}"
          name="billing"
          value="${value}"
          ${checked && html` checked`}
        /><span>${label}</span></label
      >
    </li>`;
  // Hidden fields are not sent to be filled in: their rules are the server's alone.
  return html`<fieldset>
    <legend>${words.billingAddress}</legend>
    <ul class="options">
      ${option('same', words.sameAddress, !otherAddress)}${option('other', words.otherAddress, otherAddress)}
    </ul>
    <div class="other">
      ${optional(addressForm({ group: 'billing', typed: address, faults, countries }, setting))}
    </div>
  </fieldset>`;
}

/** The browser must not ask for fields that it does not show. */
function optional(form: Html): Html {
  return raw(form.text.replaceAll(' required', ''));
}
