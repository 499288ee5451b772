import type { Quote } from '../../quote';
import { giftFieldOf } from '../../carts/gift-wish';
import type { CheckoutLine } from '../../checkouts/checkout';
import { providerMinor } from '../../checkouts/provider-minor';
import { moneyText, percentText } from './format';
import { type Child, type Html, html } from './html';
import type { CheckoutView, PageSetting, Step } from './page-input';
import { type Words, say } from './words';

/** What the form of a page is called, for what stands beside it and is sent with it. */
export const stepForm = 'step';

/**
 * The lines and amounts beside every page.
 * @param step the page whose form takes codes along; null where nothing can be entered any more
 */
export function summary(view: CheckoutView, setting: PageSetting, step: Step | null): Html {
  const { words, lang } = setting;
  const { checkout } = view;
  const { quote, currency } = checkout;
  const total = quote ? moneyText(shownMinor(checkout, quote), currency, lang) : '';
  return html`<details class="summary" ${view.codeFault !== undefined && html` open`}>
    <summary><span>${words.summary}</span><strong>${total}</strong></summary>
    <section aria-label="${words.summary}">
      <h2 class="visually-hidden">${words.summary}</h2>
      <ul class="lines">
        ${checkout.lines.map((line) => lineRow(line, view, setting))}
      </ul>
      ${step !== null && checkout.state === 'open' && [codeFields(view, setting, step), creditField(view, setting)]}
      ${quote && amounts(quote, view, setting)}
    </section>
  </details>`;
}

/** What stands above a summary that is folded: what is still to pay on the way to an order, what it came to afterwards. */
function shownMinor({ state }: CheckoutView['checkout'], quote: Quote): number {
  return state === 'completed' ? quote.totals.totalMinor : providerMinor({ quote });
}

function lineRow(line: CheckoutLine, view: CheckoutView, { words, lang }: PageSetting): Html {
  const { quote, currency } = view.checkout;
  const row = quote?.lines.find(({ id }) => id === line.id);
  const image = view.images.get(line.id);
  const money = (minor: number) => moneyText(minor, currency, lang);
  const own = line.properties.filter(([name]) => !name.startsWith('_'));
  const lowered = row !== undefined && row.totalMinor < row.subtotalMinor;
  return html`<li>
    <div class="thumb">
      ${image ? html`<img src="${image}" alt="" width="64" height="64" />` : html`<span></span>`}
      <span class="count"
        ><span class="visually-hidden">${words.quantity}: </span>${line.quantity}</span
      >
    </div>
    <div class="what">
      <p><bdi>${line.title}</bdi></p>
      ${line.variantTitle !== null && html`<p class="soft"><bdi>${line.variantTitle}</bdi></p>`}
      ${own.map(([name, value]) => html`<p class="soft"><bdi>${labelOf(name, line, words)}: ${value}</bdi></p>`)}
    </div>
    <div class="price">
      ${lowered && html`<s class="soft">${money(row.subtotalMinor)}</s> `}${row && money(row.totalMinor)}
    </div>
  </li>`;
}

/** Whom a gift is for is said in the shopper's language; what a theme asks for is called what the theme calls it. */
function labelOf(property: string, { giftCard }: CheckoutLine, words: Words): string {
  const field = giftCard ? giftFieldOf(property) : null;
  return field === null ? property : words[`gift.${field}`];
}

/** Codes go with the form of the page, so that nothing that was typed there is lost. */
function codeFields(
  { token, checkout, codeFault }: CheckoutView,
  { words, prefix }: PageSetting,
  step: Step,
): Html {
  const wrong = codeFault !== undefined;
  const sends = sendsCodes(prefix, token);
  return html`<div class="codes${wrong && ' wrong'}">
    <input type="hidden" name="step" value="${step}" form="${stepForm}" />
    <label for="code">${words.discountCode}</label>
    <div class="row">
      <input
        id="code"
        name="code"
        type="text"
        form="${stepForm}"
        autocomplete="off"
        autocapitalize="characters"
        maxlength="100"
        dir="ltr"
        ${wrong && html` aria-invalid="true" aria-describedby="code-fault" autofocus`}
      />
      <button class="second" type="submit" ${sends} data-apply>${words.apply}</button>
    </div>
    ${wrong && html`<p class="fault" id="code-fault" role="alert">${codeFault}</p>`}
    ${entered(checkout, words, sends)}
  </div>`;
}

/** What makes a button send the page's form to the codes; nothing has to be complete for that. */
function sendsCodes(prefix: string, token: string): Html {
  return html`form="${stepForm}" formaction="${prefix}/checkouts/${token}/codes" formmethod="post"
  formnovalidate`;
}

/** What was entered, each with a button that takes it out. */
function entered({ codes, giftCards }: CheckoutView['checkout'], words: Words, sends: Html): Child {
  if (codes.length + giftCards.length === 0) return null;
  const tag = (text: string, button: { name: string; value: string; label: string }): Html =>
    html`<li>
      <span dir="ltr">${text}</span
      ><button
        type="submit"
        name="${button.name}"
        value="${button.value}"
        ${sends}
        aria-label="${button.label}"
      >
        ×
      </button>
    </li>`;
  return html`<ul class="tags">
    ${codes.map((code) => tag(code, { name: 'remove', value: code, label: say(words.removeCode, { code }) }))}
    ${giftCards.map(({ accountId, lastCharacters: last }) => tag(masked(last), { name: 'remove_card', value: accountId, label: say(words.removeCard, { last }) }))}
  </ul>`;
}

/** A gift card as its owner knows it again, and nobody else can use it. */
function masked(lastCharacters: string): string {
  return `•••• ${lastCharacters}`;
}

function creditField({ token, checkout, credit }: CheckoutView, setting: PageSetting): Child {
  if (credit === null) return null;
  const { words, lang, prefix } = setting;
  const amount = moneyText(credit.balanceMinor, checkout.currency, lang);
  const used = checkout.useCredit;
  return html`<div class="codes">
    <div class="row between">
      <span>${say(words.creditAvailable, { amount })}</span>
      <button
        class="second"
        type="submit"
        name="credit"
        value="${used ? '0' : '1'}"
        ${sendsCodes(prefix, token)}
      >
        ${used ? words.dropCredit : words.useCredit}
      </button>
    </div>
  </div>`;
}

/** Every amount that is charged, to the last cent. */
export function amounts(
  quote: Quote,
  { checkout, returnedMinor = 0 }: Pick<CheckoutView, 'checkout' | 'returnedMinor'>,
  setting: PageSetting,
): Html {
  const { words, lang } = setting;
  const money = (minor: number): string => moneyText(minor, quote.currency, lang);
  const less = (minor: number): string => moneyText(-minor, quote.currency, lang);
  const row = (label: Child, value: Child, kind = ''): Html =>
    html`<div class="${kind}">
      <dt>${label}</dt>
      <dd>${value}</dd>
    </div>`;
  const { totals, discounts, shipping, fees } = quote;
  const stored = quote.tenders.filter(({ kind }) => kind !== 'provider');
  const sent = checkout.lines.some(({ requiresShipping }) => requiresShipping);
  // An order that was edited has no charge for what is sent for nothing.
  const known = shipping.length > 0 || checkout.state === 'completed';
  const shippingBefore = shipping.reduce((sum, { priceMinor }) => sum + priceMinor, 0);
  return html`<dl class="amounts">
      ${row(words.subtotal, money(totals.subtotalMinor))}
      ${discounts.map(({ title, code, amountMinor }) =>
        row(html`${words.discount} <bdi class="soft">${code ?? title}</bdi>`, less(amountMinor)),
      )}
      ${sent && row(words.shipping, known ? priceText(shippingBefore, money, words) : html`<span class="soft">${words.shippingLater}</span>`)}
      ${fees.map(({ title, totalMinor }) => row(html`<bdi>${title}</bdi>`, money(totalMinor)))}
      ${!totals.taxIncluded && taxRows(quote, money, setting).map(({ name, amount }) => row(html`<bdi>${name}</bdi>`, amount))}
      ${row(words.total, money(totals.totalMinor), 'total')}
      ${totals.taxIncluded && taxRows(quote, money, setting).map(({ name, amount }) => row(say(words.taxIncluded, { name }), amount, 'soft tax'))}
      ${returnedMinor > 0 && [row(words.returned, less(returnedMinor)), row(words.newTotal, money(totals.totalMinor - returnedMinor), 'total')]}
      ${stored.map((tender) => row(tenderLabel(tender, checkout, words), less(tender.amountMinor)))}
      ${stored.length > 0 && row(restLabel(checkout, words), money(providerMinor({ quote })), 'total')}
    </dl>
    ${vatLine(quote, checkout, words)}`;
}

/** What stored value does not pay: of an order it says by what it is paid, whether that has come or not. */
function restLabel({ state, paymentMethod }: CheckoutView['checkout'], words: Words): Child {
  if (state !== 'completed' || !paymentMethod) return words.due;
  return html`<bdi>${paymentMethod.title}</bdi>`;
}

/** What became of a company's VAT number. */
function vatLine({ tax }: Quote, { vatNumber }: CheckoutView['checkout'], words: Words): Child {
  if (!vatNumber) return null;
  const { number, check } = vatNumber;
  if (check === 'unreachable')
    return html`<p class="soft tax">${say(words.vatUnchecked, { number })}</p>`;
  return (
    tax.scheme === 'reverse_charge' &&
    html`<p class="soft tax">${say(words.vatReversed, { number })}</p>`
  );
}

function priceText(minor: number, money: (minor: number) => string, words: Words): string {
  return minor === 0 ? words.free : money(minor);
}

function tenderLabel(
  { kind, id }: Quote['tenders'][number],
  { giftCards }: CheckoutView['checkout'],
  words: Words,
): Child {
  if (kind !== 'gift_card') return words.tenderCredit;
  const card = giftCards.find(({ accountId }) => accountId === id);
  return html`${words.tenderGiftCard}
  ${card && html`<span class="soft" dir="ltr">${masked(card.lastCharacters)}</span>`}`;
}

/** A row for each tax and rate; what several lines bear is one sum. */
function taxRows(
  { taxes }: Quote,
  money: (minor: number) => string,
  { words, lang }: PageSetting,
): { name: string; amount: string }[] {
  const sums = new Map<string, number>();
  for (const { name, ppm, taxMinor } of taxes) {
    // Taxes are named by their laws, the commonest one in the shopper's language.
    const label = `${name === 'VAT' ? words.vat : name} ${percentText(ppm, lang)}`;
    sums.set(label, (sums.get(label) ?? 0) + taxMinor);
  }
  return [...sums]
    .filter(([, minor]) => minor !== 0)
    .map(([name, minor]) => ({ name, amount: money(minor) }));
}
