import { fieldBox } from './field';
import { html } from './html';
import { say } from './words';
import type { CheckoutView, Notice, PageBody, PageSetting } from './page-input';
import { summary } from './summary';

/** A payment is under way: go on with it, or pay otherwise. */
export function payingPage(
  view: CheckoutView,
  input: { payKey: string; notices: readonly Notice[]; givingUp: boolean },
  { words, ...rest }: PageSetting,
): PageBody {
  const setting = { words, ...rest };
  const base = `${rest.prefix}/checkouts/${view.token}`;
  if (input.givingUp) return givingUpPage(view, input.notices, setting);
  const fields = [...view.fields.values()];
  const main = html`<h1>${words.paying}</h1>
    <p>${words.payingText}</p>
    <form method="post" action="${base}/payment" ${fields.length > 0 && html` data-field-form`}>
      <input type="hidden" name="pay_key" value="${input.payKey}" />
      <input type="hidden" name="quote_hash" value="${view.checkout.quoteHash}" />
      ${fields.map(fieldBox)}
      <div class="forward">
        <button
          class="first${fields.length > 0 && ' scripts'}"
          type="submit"
          name="intent"
          value="pay"
        >
          ${words.continuePayment}
        </button>
        <button class="quiet" type="submit" name="intent" value="give-up">
          ${words.payOtherwise}
        </button>
      </div>
    </form>`;
  return {
    title: words.paying,
    step: 'payment',
    notices: input.notices,
    main,
    aside: summary(view, setting, null),
    fields,
  };
}

/** Waits until the provider has ended the attempt. */
function givingUpPage(
  view: CheckoutView,
  notices: readonly Notice[],
  setting: PageSetting,
): PageBody {
  const { words, prefix } = setting;
  const base = `${prefix}/checkouts/${view.token}`;
  const main = html`<div class="alone">
    <span class="wait" aria-hidden="true"></span>
    <h1>${words.payOtherwise}</h1>
    <p role="status">${words.givingUp}</p>
  </div>`;
  return {
    title: words.payment,
    step: 'payment',
    notices,
    main,
    aside: summary(view, setting, null),
    refresh: { seconds: 3, url: `${base}/payment` },
    poll: `${base}/state`,
  };
}

/** On the way to a provider's own page. */
export function leavingPage(url: string, { words }: PageSetting): PageBody {
  const main = html`<div class="alone">
    <span class="wait" aria-hidden="true"></span>
    <h1>${words.redirecting}</h1>
    <p><a class="button" href="${url}">${words.redirectLink}</a></p>
  </div>`;
  return {
    title: words.payment,
    step: null,
    notices: [],
    main,
    aside: null,
    refresh: { seconds: 0, url },
  };
}

/** A page that has nothing but a word and a way on. */
export function notePage(
  note: { title: string; text: string; link: { label: string; href: string } },
  notices: readonly Notice[] = [],
): PageBody {
  const { title, text, link } = note;
  const main = html`<div class="alone">
    <h1>${title}</h1>
    <p>${text}</p>
    <p><a class="button" href="${link.href}">${link.label}</a></p>
  </div>`;
  return { title, step: null, notices, main, aside: null };
}

/** The order is not there yet: asks again by itself, less and less often. */
export function confirmingPage(
  view: CheckoutView,
  { words, ...rest }: PageSetting,
  round: number,
): PageBody {
  const url = `${rest.prefix}/orders/${view.token}`;
  const seconds = Math.min(2 ** Math.min(round, 5), 30);
  const main = html`<div class="alone">
    <span class="wait" aria-hidden="true"></span>
    <h1>${words.confirming}</h1>
    <p role="status">${words.confirmingText}</p>
  </div>`;
  return {
    title: words.confirming,
    step: null,
    notices: [],
    main,
    aside: summary(view, { words, ...rest }, null),
    refresh: { seconds, url: `${url}?round=${round + 1}` },
    poll: `${url}/state`,
  };
}

/** Names what was withdrawn while somebody was checking out; the cart has the rest. */
export function withdrawnPage(titles: readonly string[], setting: PageSetting): PageBody {
  const { words, prefix } = setting;
  const items = titles.map((title) => ({ text: say(words.withdrawnLine, { title }) }));
  const action = { label: words.adjustCart, href: `${prefix}/cart` };
  const page = notePage({ title: words.withdrawn, text: words.withdrawnText, link: action });
  return { ...page, notices: [{ kind: 'error', title: words.withdrawn, items }] };
}
