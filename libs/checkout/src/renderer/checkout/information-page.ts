import type { TypedAddress } from '../../addresses/check-address';
import { requiresShipping } from '../../checkouts/checkout';
import { addressForm } from './address-form';
import { expressSlot } from './express-slot';
import { enterSends, field } from './fields';
import { type Html, html } from './html';
import type { CheckoutView, Faults, Notice, PageBody, PageSetting } from './page-input';
import { stepForm, summary } from './summary';
import type { Words } from './words';

/** What was typed on the first page. */
export interface InformationInput {
  email: string;
  marketing: boolean;
  address: TypedAddress;
  /** The VAT number as it was typed; null where none changes anything. */
  vatNumber: string | null;
  faults: Faults;
  notices: readonly Notice[];
  countries: readonly { code: string; name: string }[];
}

/** Who orders, and where it goes. */
export function informationPage(
  view: CheckoutView,
  input: InformationInput,
  setting: PageSetting,
): PageBody {
  const { words, prefix } = setting;
  const { email, marketing, address, faults, countries } = input;
  const sent = requiresShipping(view.checkout);
  const group = sent ? ('shipping' as const) : ('billing' as const);
  const contact = emailField(email, faults, words);
  const main = html`<h1>${words.information}</h1>
    ${expressSlot(view, setting)}
    <form id="${stepForm}" method="post" action="${prefix}/checkouts/${view.token}/information">
      ${enterSends('continue')}
      <input type="hidden" name="version" value="${view.checkout.version}" />
      <fieldset>
        <legend>${words.contact}</legend>
        ${contact}
        <label class="check"
          ><input type="checkbox" name="marketing" value="1" ${marketing && html` checked`} /><span
            >${words.marketing}</span
          ></label
        >
      </fieldset>
      <fieldset>
        <legend>${sent ? words.shippingAddress : words.billingAddress}</legend>
        ${addressForm({ group, typed: address, faults, countries }, setting)}
        ${input.vatNumber !== null && vatField(input.vatNumber, faults, words)}
      </fieldset>
      <div class="forward">
        <button class="first" type="submit" name="intent" value="continue">
          ${sent ? words.toDelivery : words.toPayment}
        </button>
        <a href="${prefix}/cart">${words.backToCart}</a>
      </div>
    </form>`;
  return {
    title: words.information,
    step: 'information',
    notices: withFaults(faults, input.notices, setting),
    main,
    aside: summary(view, setting, 'information'),
  };
}

/** The notices of a page, what is wrong with its fields first. */
export function withFaults(
  faults: Faults,
  notices: readonly Notice[],
  { words }: PageSetting,
): Notice[] {
  const items = Object.entries(faults).map(([id, text]) => ({ text, href: `#${id}` }));
  if (items.length === 0) return [...notices];
  return [{ kind: 'error', title: words.fixErrors, items }, ...notices];
}

function emailField(value: string, { email: fault }: Faults, words: Words): Html {
  const shape = { id: 'email', label: words.email, required: true, hint: words.emailHint };
  return field({ ...shape, value, fault, type: 'email', autocomplete: 'email', dir: 'ltr' }, words);
}

/** For companies that buy from another member state. */
function vatField(value: string, { vat_number: fault }: Faults, words: Words): Html {
  const shape = { id: 'vat_number', label: words.vatNumber, required: false, hint: words.vatHint };
  return html`<div class="fields">
    ${field({ ...shape, value, fault, autocomplete: 'off', dir: 'ltr' }, words)}
  </div>`;
}
