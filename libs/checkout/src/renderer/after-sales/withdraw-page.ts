import { field } from '../checkout/fields';
import { type Child, type Html, html } from '../checkout/html';
import type { Faults, PageBody, PageSetting } from '../checkout/page-input';
import { say } from '../checkout/words';
import { type AfterWords, afterWordsIn } from './words';

/** A line that may be chosen, as many units as were bought. */
export interface WithdrawnLine {
  id: string;
  title: string;
  quantity: number;
  /** Units that are chosen; 0 for none. */
  chosen: number;
}

/** What was typed so far. */
export interface WithdrawalDraft {
  key: string;
  submittedAt: string;
  name: string;
  reference: string;
  email: string;
  goods: string;
  /** The order whose page leads here; null where it is only named. */
  order: { token: string; whole: boolean; lines: readonly WithdrawnLine[] } | null;
}

/** The first step: who withdraws from what. */
export function withdrawPage(
  draft: WithdrawalDraft,
  faults: Faults,
  setting: PageSetting,
): PageBody {
  const words = afterWordsIn(setting.lang);
  const { order } = draft;
  const items = Object.entries(faults).map(([id, text]) => ({ text, href: `#${id}` }));
  const main = html`<h1>${words.withdrawTitle}</h1>
    <p class="soft">${say(words.withdrawIntro, { shop: setting.shop.name })}</p>
    <form method="post" action="${setting.prefix}/withdraw">
      <input type="hidden" name="key" value="${draft.key}" />
      <div class="fields">
        ${textField({ id: 'name', label: words.yourName, autocomplete: 'name', draft, faults }, setting)}
        ${draft.order ? chosenOrder(draft.order, draft.reference) : referenceField(draft, faults, setting)}
        ${field(
          {
            id: 'email',
            label: words.receiptEmail,
            hint: words.receiptEmailHint,
            value: draft.email,
            fault: faults.email,
            required: true,
            type: 'email',
            autocomplete: 'email',
            dir: 'ltr',
          },
          setting.words,
        )}
        ${draft.order ? null : goodsField(draft, words, setting)}
      </div>
      ${draft.order && chooser(draft.order, words)}
      <div class="forward">
        <button class="first" type="submit" name="intent" value="review">${words.goOn}</button>
        ${order && html`<a href="${setting.prefix}/orders/${order.token}">${words.back}</a>`}
      </div>
    </form>`;
  return {
    title: words.withdrawTitle,
    step: null,
    notices: items.length === 0 ? [] : [{ kind: 'error', title: words.fixErrors, items }],
    main,
    aside: null,
  };
}

/** The second step: what will be declared, and the button that does it. */
export function confirmWithdrawalPage(draft: WithdrawalDraft, setting: PageSetting): PageBody {
  const words = afterWordsIn(setting.lang);
  const row = (label: string, value: Child): Html =>
    html`<div>
      <dt>${label}</dt>
      <dd>${value}</dd>
    </div>`;
  const main = html`<h1>${words.checkTitle}</h1>
    <dl class="recap">
      ${row(words.youWithdraw, withdrawn(draft, words))}
      ${row(words.orderNumber, html`<bdi>${draft.reference}</bdi>`)}
      ${row(words.yourName, html`<bdi>${draft.name}</bdi>`)}
      ${row(words.receiptEmail, html`<bdi>${draft.email}</bdi>`)}
    </dl>
    <form method="post" action="${setting.prefix}/withdraw">
      ${hidden(draft)}
      <div class="forward">
        <button class="first" type="submit" name="intent" value="confirm">
          ${words.confirmWithdrawal}
        </button>
        <button class="quiet" type="submit" name="intent" value="change">${words.change}</button>
      </div>
    </form>`;
  return { title: words.checkTitle, step: null, notices: [], main, aside: null };
}

/** What was received, the same for every statement. */
export function withdrawalReceivedPage(
  received: { name: string; email: string; statement: string },
  setting: PageSetting,
): PageBody {
  const words = afterWordsIn(setting.lang);
  const title = say(words.receivedTitle, { name: received.name });
  const home = setting.prefix === '' ? '/' : setting.prefix;
  const main = html`<div class="stack">
    <h1>${title}</h1>
    <p role="status">${say(words.receivedText, { email: received.email })}</p>
    <section class="card">
      <h2>${words.statement}</h2>
      <p class="pre">${received.statement}</p>
    </section>
    <p><a class="button" href="${home}">${words.toShop}</a></p>
  </div>`;
  return { title, step: null, notices: [], main, aside: null };
}

function textField(
  one: {
    id: 'name';
    label: string;
    autocomplete: string;
    draft: WithdrawalDraft;
    faults: Faults;
  },
  setting: PageSetting,
): Html {
  const { id, label, autocomplete, draft, faults } = one;
  const shape = { id, label, autocomplete, required: true };
  return field({ ...shape, value: draft[id], fault: faults[id] }, setting.words);
}

function referenceField(draft: WithdrawalDraft, faults: Faults, setting: PageSetting): Html {
  const words = afterWordsIn(setting.lang);
  const shape = { id: 'reference', label: words.orderNumber, hint: words.orderNumberHint };
  return field(
    {
      ...shape,
      value: draft.reference,
      fault: faults.reference,
      required: true,
      autocomplete: 'off',
      dir: 'ltr',
    },
    setting.words,
  );
}

function goodsField(draft: WithdrawalDraft, words: AfterWords, { words: own }: PageSetting): Html {
  return html`<div class="field">
    <label for="goods">${words.goods} <span class="soft">(${own.optional})</span></label>
    <textarea id="goods" name="goods" rows="3" maxlength="1000" aria-describedby="goods-hint">
${draft.goods}</textarea>
    <p class="soft hint" id="goods-hint">${words.goodsHint}</p>
  </div>`;
}

function chosenOrder(order: NonNullable<WithdrawalDraft['order']>, reference: string): Html {
  return html`<input type="hidden" name="order" value="${order.token}" />
    <input type="hidden" name="reference" value="${reference}" />`;
}

/** Everything, or some of it; the quantities count only for the second. */
function chooser(order: NonNullable<WithdrawalDraft['order']>, words: AfterWords): Html {
  const option = (value: string, label: string, checked: boolean): Html =>
    html`<label class="check"
      ><input
        type="radio"
        name="scope"
        value="${value}"
        id="scope-${value}"
        ${checked && html` checked`}
      /><span>${label}</span></label
    >`;
  return html`<fieldset>
    <legend>${words.which}</legend>
    ${option('whole', words.everything, order.whole)}${option('some', words.onlySome, !order.whole)}
    <div class="other" data-scope="some">${unitPickers(order.lines)}</div>
  </fieldset>`;
}

/** A list of goods with how many of each. @param lines what there is to choose */
function unitPickers(lines: readonly WithdrawnLine[]): Html {
  const rows = lines.map(
    (line) =>
      html`<li>
        <label for="units-${line.id}"><bdi>${line.title}</bdi></label>
        <select id="units-${line.id}" name="units[${line.id}]">
          ${unitOptions(line)}
        </select>
      </li>`,
  );
  return html`<ul class="units">
    ${rows}
  </ul>`;
}

/** How many units of a line may be chosen, none among them. */
export function unitOptions({
  quantity,
  chosen,
}: Pick<WithdrawnLine, 'quantity' | 'chosen'>): Html[] {
  const numbers = Array.from({ length: quantity + 1 }, (_, count) => count);
  return numbers.map(
    (count) =>
      html`<option value="${count}" ${count === chosen && html` selected`}>${count}</option>`,
  );
}

function withdrawn({ order, goods }: WithdrawalDraft, words: AfterWords): Child {
  if (!order) return goods === '' ? words.everything : html`<span class="pre">${goods}</span>`;
  if (order.whole) return words.everything;
  const chosen = order.lines.filter((line) => line.chosen > 0);
  return html`<span class="pre"
    >${chosen.map((line) => `${line.chosen} × ${line.title}`).join('\n')}</span
  >`;
}

function hidden({ order, ...draft }: WithdrawalDraft): Html[] {
  const values: [string, string][] = [
    ['key', draft.key],
    ['submitted_at', draft.submittedAt],
    ['name', draft.name],
    ['reference', draft.reference],
    ['email', draft.email],
    ['goods', draft.goods],
  ];
  if (order) {
    values.push(['order', order.token], ['scope', order.whole ? 'whole' : 'some']);
    for (const { id, chosen } of order.lines) values.push([`units[${id}]`, String(chosen)]);
  }
  return values.map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`,
  );
}
