import { moneyText } from '../checkout/format';
import { type Child, type Html, html } from '../checkout/html';
import type { Notice, PageBody, PageSetting } from '../checkout/page-input';
import type { ReturnDraft } from './return-page';
import { type AfterWords, afterWordsIn } from './words';

/** What an exchange comes to, as the shopper is shown it before they ask for it; minor units. */
export interface ShownExchange {
  currency: string;
  creditMinor: number;
  addedMinor: number;
  /** The second less the first. */
  differenceMinor: number;
  /** What goes back at once; less than the difference where not all of the order is paid. */
  refundMinor: number;
  /** By line, as it was chosen. */
  lines: readonly { title: string; quantity: number; instead: string | null }[];
}

/** Shows what is exchanged for what, and what is paid or goes back; the wish is sent from here. */
export function exchangePage(
  draft: ReturnDraft,
  { shown, notices }: { shown: ShownExchange; notices: readonly Notice[] },
  setting: PageSetting,
): PageBody {
  const words = afterWordsIn(setting.lang);
  const goods = (lines: readonly { title: string; quantity: number }[]): Html =>
    html`<ul>
      ${lines.map(({ title, quantity }) => html`<li>${quantity} × <bdi>${title}</bdi></li>`)}
    </ul>`;
  const instead = shown.lines.flatMap(({ quantity, instead: title }) =>
    title === null ? [] : [{ quantity, title }],
  );
  const row = (label: string, value: Child): Html =>
    html`<div>
      <dt>${label}</dt>
      <dd>${value}</dd>
    </div>`;
  const main = html`<div class="stack">
    <h1>${words.checkExchange}</h1>
    <dl class="recap">
      ${row(words.youSend, goods(shown.lines))} ${row(words.youGet, goods(instead))}
    </dl>
    ${sums(shown, words, setting)}
    <p class="soft">${words.exchangeHint}</p>
    <form method="post" action="${setting.prefix}/orders/${draft.token}/return">
      ${hidden(draft, shown.differenceMinor)}
      <div class="forward">
        <button class="first" type="submit" name="intent" value="confirm">
          ${words.sendExchange}
        </button>
        <button class="quiet" type="submit" name="intent" value="change">${words.change}</button>
      </div>
    </form>
  </div>`;
  return { title: words.checkExchange, step: null, notices, main, aside: null };
}

function sums(shown: ShownExchange, words: AfterWords, { lang }: PageSetting): Html {
  const money = (minor: number): string => moneyText(minor, shown.currency, lang);
  const [label, amount] = outcome(shown, words);
  return html`<dl class="amounts">
    <div>
      <dt>${words.replacementCosts}</dt>
      <dd>${money(shown.addedMinor)}</dd>
    </div>
    <div>
      <dt>${words.returnWorth}</dt>
      <dd>${money(-shown.creditMinor)}</dd>
    </div>
    <div class="total">
      <dt>${label}</dt>
      <dd>${money(amount)}</dd>
    </div>
  </dl>`;
}

/** What is left of the two sums, and what becomes of it. */
function outcome(
  { differenceMinor, refundMinor }: ShownExchange,
  words: AfterWords,
): [string, number] {
  if (differenceMinor >= 0) return [words.youPay, differenceMinor];
  return refundMinor > 0 ? [words.youGetBack, refundMinor] : [words.lessToPay, -differenceMinor];
}

/** @param seen the difference that is shown: another one is shown first */
function hidden({ key, reason, note, lines }: ReturnDraft, seen: number): Html[] {
  const values: [string, string][] = [
    ['key', key],
    ['reason', reason],
    ['note', note],
    ['seen', String(seen)],
    ...lines.flatMap(({ id, chosen, instead }): [string, string][] => [
      [`units[${id}]`, String(chosen)],
      [`instead[${id}]`, instead],
    ]),
  ];
  return values.map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`,
  );
}
