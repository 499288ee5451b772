import { type Checkout, requiresShipping } from '../../checkouts/checkout';
import { addressLines, daysText, moneyText } from './format';
import { type Child, type Html, html } from './html';
import type { CheckoutView, Notice, PageBody, PageSetting } from './page-input';
import { summary } from './summary';
import { type Words, say } from './words';
import { afterWordsIn } from '../after-sales/words';

/** What is told of an order. */
export interface OrderFacts {
  /** As it is shown: #1001. */
  name: string;
  financial: string;
  fulfilment: string;
  cancelled: boolean;
  /** What is missing of its money after it was changed, minor units, and the path by which that is paid. */
  rest?: { owedMinor: number; path: string | null };
  /** Whether the law of the buyer's country lets them withdraw by our page. */
  withdrawable: boolean;
  /** Whether something that was sent may be asked to come back. */
  returnable: boolean;
  /** Returns, the first one first. */
  returns: readonly {
    state: string;
    /** What comes back. */
    goods: readonly { title: string; units: number }[];
    declineReason: string | null;
    /** What is sent instead, where something is. */
    instead: readonly { title: string; units: number }[];
  }[];
  /** Invoices and credit notes that the store shows. */
  documents: readonly { id: string; name: string; kind: 'invoice' | 'credit_note' }[];
  /** What has gone back so far, minor units. */
  refundedMinor?: number;
  /** Parcels that have left, with what is in them. */
  parcels: readonly {
    carrier: string | null;
    number: string | null;
    url: string | null;
    goods?: readonly { title: string; units: number }[];
  }[];
}

/** What the status page knows of who looks at it. */
export interface OrderPageInput {
  order: OrderFacts;
  /** Names and addresses are shown to whoever ordered alone. */
  known: boolean;
  /** What was typed to see them, where it does not belong to the order. */
  typed?: { email: string; number: string };
  notices: readonly Notice[];
}

/** Thank you, and how the order stands. */
export function orderPage(
  view: CheckoutView,
  { order, known, typed, notices }: OrderPageInput,
  setting: PageSetting,
): PageBody {
  const { words, prefix } = setting;
  const { checkout } = view;
  const address = checkout.shippingAddress ?? checkout.billingAddress;
  const main = html`<div class="stack">
    <div>
      <p class="soft">${say(words.order, { name: order.name })}</p>
      <h1>${headline(order, known ? (address?.name ?? null) : null, words)}</h1>
    </div>
    ${known && !order.cancelled && checkout.email !== null && html`<p>${say(words.orderSent, { email: checkout.email })}</p>`}
    ${howToPay(checkout, order, words)}${known && restOf(checkout, order, setting)}
    <section class="card">
      <h2>${words.status}</h2>
      ${statusText(order, checkout, words)}${refunded(checkout, order, setting)}${!order.cancelled && promise(checkout, setting)}${known && tracking(order)}
    </section>
    ${known ? details(checkout, setting) : askWho(view, typed, setting)}
    ${known && papers(view, order, setting)}${returnsOf(order, setting)}${afterSales(view, order, setting, known)}
    <p><a class="button" href="${prefix === '' ? '/' : prefix}">${words.keepShopping}</a></p>
  </div>`;
  const title = say(words.order, { name: order.name });
  return { title, step: null, notices, main, aside: summary(view, setting, null) };
}

/** What the page says first. @param name of whoever ordered; null where it is not to be told */
function headline({ cancelled }: OrderFacts, name: string | null, words: Words): string {
  if (cancelled) return words.cancelledTitle;
  return name === null ? words.thanksPlain : say(words.thanks, { name });
}

function howToPay(
  { paymentMethod }: Checkout,
  { name, financial, cancelled }: OrderFacts,
  words: Words,
): Child {
  if (paymentMethod?.instructions === undefined || financial !== 'pending' || cancelled)
    return null;
  if (paymentMethod.instructions === '') return null;
  return html`<section class="card">
    <h2>${words.howToPay}</h2>
    <p class="pre">${paymentMethod.instructions}</p>
    <p class="soft">${say(words.payReference, { name })}</p>
  </section>`;
}

/** What is to be paid after the order was changed, with the link that leads there. */
function restOf(
  { currency }: Checkout,
  { rest, cancelled }: OrderFacts,
  { words, lang, prefix, shop }: PageSetting,
): Child {
  if (!rest || rest.owedMinor === 0 || cancelled) return null;
  const amount = moneyText(rest.owedMinor, currency, lang);
  return html`<section class="card">
    <h2>${words.due}</h2>
    <p><strong>${amount}</strong></p>
    ${
      rest.path === null
        ? html`<p class="soft">${say(words.askToPay, { shop: shop.name })}</p>`
        : html`<p class="way">
            <a class="button" href="${prefix}${rest.path}">${afterWordsIn(lang).payRest}</a>
          </p>`
    }
  </section>`;
}

/** Of what goes by no parcel it is not said that one was, or was not, shipped. */
function statusText(
  { financial, fulfilment, cancelled }: OrderFacts,
  checkout: Checkout,
  words: Words,
): Html {
  if (cancelled) return html`<p>${words['order.cancelled']}</p>`;
  const word = (key: string): string | undefined => words[key as keyof Words];
  const own = requiresShipping(checkout) ? undefined : word(`nothingSent.${fulfilment}`);
  const [paid, sent] = [`financial.${financial}`, `fulfilment.${fulfilment}`];
  return html`<p>${word(paid) ?? paid} · ${own ?? word(sent) ?? sent}</p>`;
}

/** What went back, where some of the order's money did. */
function refunded(
  { currency }: Checkout,
  { refundedMinor = 0 }: OrderFacts,
  { words, lang }: PageSetting,
): Child {
  if (refundedMinor === 0) return null;
  return html`<p>${say(words.refunded, { amount: moneyText(refundedMinor, currency, lang) })}</p>`;
}

/** Where parcels are followed; whoever made the address is the merchant's carrier, so no more than a link. */
function tracking({ parcels }: OrderFacts): Child {
  // One that holds everything and cannot be followed tells nothing that the state does not.
  const told = parcels.filter(({ number }) => number !== null || parcels.length > 1);
  if (told.length === 0) return null;
  const rows = told.map(({ carrier, number, url, goods = [] }) => {
    const text = [carrier, number].filter((part) => part !== null).join(' ');
    const isWeb = number !== null && url !== null && url.startsWith('https://');
    return html`<li>
      <bdi>${isWeb ? html`<a href="${url}" rel="noreferrer">${text}</a>` : text}</bdi>
      ${goods.map(({ title, units }) => html`<p class="soft">${units} × <bdi>${title}</bdi></p>`)}
    </li>`;
  });
  return html`<ul class="plain">
    ${rows}
  </ul>`;
}

/** What became of the returns that were asked for. */
function returnsOf({ returns }: OrderFacts, { lang }: PageSetting): Child {
  if (returns.length === 0) return null;
  const words = afterWordsIn(lang);
  const rows = returns.map(({ state, goods: returned, declineReason, instead }) => {
    const word = words[`return.${state}` as keyof typeof words] ?? state;
    const goods = instead.map((one) => `${one.units} × ${one.title}`).join(', ');
    return html`<li>
      ${word}${declineReason && html`: <bdi>${declineReason}</bdi>`}
      ${returned.map(({ title, units }) => html`<p class="soft">${units} × <bdi>${title}</bdi></p>`)}
      ${goods !== '' && html`<p class="soft">${say(words.instead, { goods })}</p>`}
    </li>`;
  });
  return html`<section class="card">
    <h2>${words.returns}</h2>
    <ul class="plain">
      ${rows}
    </ul>
  </section>`;
}

/** Invoices and credit notes, to be looked at or kept. */
function papers(
  { token }: CheckoutView,
  { documents }: OrderFacts,
  { lang, prefix }: PageSetting,
): Child {
  if (documents.length === 0) return null;
  const words = afterWordsIn(lang);
  const rows = documents.map(({ id, name, kind }) => {
    const word = kind === 'invoice' ? words.invoice : words.creditNote;
    return html`<li>
      <a href="${prefix}/orders/${token}/documents/${id}">${word} <bdi>${name}</bdi> (PDF)</a>
    </li>`;
  });
  return html`<section class="card">
    <h2>${words.documents}</h2>
    <ul class="plain">
      ${rows}
    </ul>
  </section>`;
}

/** What may be done about an order later on; goods are sent back by whoever may see its address. */
function afterSales(
  { token }: CheckoutView,
  { cancelled, withdrawable, returnable }: OrderFacts,
  { lang, prefix }: PageSetting,
  known: boolean,
): Child {
  const canReturn = returnable && known;
  if (cancelled || (!withdrawable && !canReturn)) return null;
  const words = afterWordsIn(lang);
  return html`<nav class="after" aria-label="${words.afterSales}">
    ${canReturn && html`<a href="${prefix}/orders/${token}/return">${words.returnGoods}</a>`}
    ${withdrawable && html`<a href="${prefix}/withdraw?order=${token}">${words.withdraw}</a>`}
  </nav>`;
}

function promise(checkout: Checkout, { words, lang }: PageSetting): Child {
  const option = checkout.deliveryOptions.find(({ rateId }) => rateId === checkout.deliveryRateId);
  if (!option?.promised) return null;
  const sentence = option.kind === 'pickup' ? words.ready : words.arrives;
  return html`<p class="soft">${say(sentence, { range: daysText(option.promised, lang) })}</p>`;
}

function details(checkout: Checkout, { words, lang }: PageSetting): Html {
  const { shippingAddress, billingAddress, paymentMethod } = checkout;
  const card = (title: string, lines: readonly string[]): Html =>
    html`<section class="card">
      <h2>${title}</h2>
      <p class="pre">${lines.join('\n')}</p>
    </section>`;
  const billing = billingAddress ?? shippingAddress;
  return html`<div class="cards two">
    ${shippingAddress && card(words.shippingAddress, addressLines(shippingAddress, lang))}
    ${billing && card(words.billingAddress, addressLines(billing, lang))}
    ${card(words.contact, [checkout.email ?? ''])}
    ${paymentMethod && card(words.paymentMethod, [paymentMethod.title])}
  </div>`;
}

function askWho(
  { token }: CheckoutView,
  typed: OrderPageInput['typed'],
  { words, prefix }: PageSetting,
): Html {
  return html`<section class="card">
    <h2>${words.details}</h2>
    <p>${words.hiddenDetails}</p>
    <form method="post" action="${prefix}/orders/${token}">
      <div class="fields">
        <div class="field half">
          <label for="email">${words.email}</label
          ><input
            id="email"
            name="email"
            type="email"
            value="${typed?.email}"
            autocomplete="email"
            required
            dir="ltr"
          />
        </div>
        <div class="field half">
          <label for="number">${words.orderNumber}</label
          ><input
            id="number"
            name="number"
            type="text"
            value="${typed?.number}"
            inputmode="numeric"
            required
          />
        </div>
      </div>
      <button class="second" type="submit">${words.showDetails}</button>
    </form>
  </section>`;
}
