import type { DeliveryOption } from '../../checkouts/delivery-option';
import { daysText, moneyText } from './format';
import { type Html, html } from './html';
import { withFaults } from './information-page';
import type { CheckoutView, Faults, Notice, PageBody, PageSetting } from './page-input';
import { recap } from './recap';
import { stepForm, summary } from './summary';
import { say } from './words';

/** How the goods reach the shopper. */
export function deliveryPage(
  view: CheckoutView,
  { faults, notices }: { faults: Faults; notices: readonly Notice[] },
  setting: PageSetting,
): PageBody {
  const { words, prefix } = setting;
  const { checkout, token } = view;
  const { deliveryOptions } = checkout;
  const none: Notice[] =
    deliveryOptions.length > 0
      ? []
      : [{ kind: 'error', title: words.noDelivery, items: [{ text: words.noDeliveryHint }] }];
  const options = deliveryOptions.map((option) => optionRow(option, view, setting));
  const main = html`<h1>${words.delivery}</h1>
    <form id="${stepForm}" method="post" action="${prefix}/checkouts/${token}/delivery">
      <input type="hidden" name="version" value="${checkout.version}" />
      ${recap(view, setting, 'delivery')}
      ${
        options.length > 0 &&
        html`<fieldset id="delivery">
          <legend>${words.deliveryMethod}</legend>
          <ul class="options">
            ${options}
          </ul>
        </fieldset>`
      }
      <div class="forward">
        ${options.length > 0 && html`<button class="first" type="submit">${words.toPayment}</button>`}
        <a href="${prefix}/checkouts/${token}/information">${words.backToInformation}</a>
      </div>
    </form>`;
  return {
    title: words.delivery,
    step: 'delivery',
    notices: withFaults(faults, [...none, ...notices], setting),
    main,
    aside: summary(view, setting, 'delivery'),
  };
}

function optionRow(
  option: DeliveryOption,
  { checkout }: CheckoutView,
  { words, lang }: PageSetting,
): Html {
  const { rateId, title, description, priceMinor, promised, kind } = option;
  const price = priceMinor === 0 ? words.free : moneyText(priceMinor, checkout.currency, lang);
  const when =
    promised &&
    say(kind === 'pickup' ? words.ready : words.arrives, { range: daysText(promised, lang) });
  const chosen = rateId === checkout.deliveryRateId;
  return html`<li>
    <label
      ><input type="radio" name="delivery" value="${rateId}" required${chosen && html` checked`} />
      <span
        ><bdi>${title}</bdi
        >${kind === 'pickup' && html` <span class="soft">${words.pickup}</span>`}</span
      ><strong>${price}</strong>
      ${when && html`<span class="soft">${when}</span>`}${description && html`<span class="soft"><bdi>${description}</bdi></span>`}</label
    >
  </li>`;
}
