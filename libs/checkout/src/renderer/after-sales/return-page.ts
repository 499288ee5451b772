import { type Html, html } from '../checkout/html';
import type { Notice, PageBody, PageSetting } from '../checkout/page-input';
import { say } from '../checkout/words';
import { insteadText, type InsteadOffer } from './instead-text';
import { unitOptions, type WithdrawnLine } from './withdraw-page';
import { type AfterWords, afterWordsIn } from './words';

/** Why something may come back, as the form sends it. */
export const returnReasons = [
  'mind',
  'small',
  'large',
  'damaged',
  'wrong',
  'described',
  'other',
] as const;

/** A line that may come back. */
export interface ReturnedLine extends WithdrawnLine {
  /** What may be sent instead; none where only the money can go back. */
  offers: readonly InsteadOffer[];
  /** The variant that is wanted instead; empty for the money. */
  instead: string;
  /** What is wrong with what was chosen. */
  fault?: string;
}

/** What was chosen so far. */
export interface ReturnDraft {
  token: string;
  key: string;
  /** Of the order. */
  currency: string;
  lines: readonly ReturnedLine[];
  reason: string;
  note: string;
}

/** Asks for a return: which goods, how many, why, and what is wanted instead. */
export function returnPage(
  draft: ReturnDraft,
  notices: readonly Notice[],
  setting: PageSetting,
): PageBody {
  const words = afterWordsIn(setting.lang);
  const order = `${setting.prefix}/orders/${draft.token}`;
  const main = html`<h1>${words.returnGoods}</h1>
    <p class="soft">
      ${draft.lines.length === 0 ? words.nothing : say(words.returnIntro, { shop: setting.shop.name })}
    </p>
    ${
      draft.lines.length === 0
        ? html`<p class="after back"><a href="${order}">${words.back}</a></p>`
        : form(draft, order, setting)
    }`;
  return { title: words.returnGoods, step: null, notices, main, aside: null };
}

function form(draft: ReturnDraft, order: string, setting: PageSetting): Html {
  const words = afterWordsIn(setting.lang);
  const reasons = returnReasons.map(
    (reason) =>
      html`<option value="${reason}" ${reason === draft.reason && html` selected`}>
        ${words[`reason.${reason}`]}
      </option>`,
  );
  return html`<form method="post" action="${setting.prefix}/orders/${draft.token}/return">
    <input type="hidden" name="key" value="${draft.key}" />
    <ul class="units">
      ${draft.lines.map((line) => lineRow(line, draft.currency, setting))}
    </ul>
    <div class="fields">
      <div class="field">
        <label for="reason">${words.reason}</label>
        <select id="reason" name="reason">
          ${reasons}
        </select>
      </div>
      <div class="field">
        <label for="note"
          >${words.note} <span class="soft">(${setting.words.optional})</span></label
        >
        <textarea id="note" name="note" rows="3" maxlength="1000">${draft.note}</textarea>
      </div>
    </div>
    <div class="forward">
      <button class="first" type="submit">${words.sendReturn}</button>
      <a href="${order}">${words.back}</a>
    </div>
  </form>`;
}

/** How many of a line come back, and what is wanted for them. */
function lineRow(line: ReturnedLine, currency: string, setting: PageSetting): Html {
  const { id, title, fault } = line;
  return html`<li ${fault !== undefined && html` class="wrong"`}>
    <label for="units-${id}"><bdi>${title}</bdi></label>
    <select id="units-${id}" name="units[${id}]">
      ${unitOptions(line)}
    </select>
    ${line.offers.length > 0 && instead(line, currency, setting)}
    ${fault !== undefined && html`<p class="fault wide" id="fault-${id}">${fault}</p>`}
  </li>`;
}

/** A choice between the money and a variant; what is sold out is told and cannot be chosen. */
function instead(line: ReturnedLine, currency: string, { lang }: PageSetting): Html {
  const words: AfterWords = afterWordsIn(lang);
  const { id, title, fault } = line;
  const faulty = fault !== undefined && html` aria-invalid="true" aria-describedby="fault-${id}"`;
  const options = line.offers.map((offer) => {
    const { variantId, available } = offer;
    const isChosen = variantId === line.instead;
    return html`<option
      value="${variantId}"
      ${isChosen && html` selected`}
      ${available === 0 && !isChosen && html` disabled`}
    >
      ${insteadText(offer, { units: line.quantity, currency, lang })}
    </option>`;
  });
  return html`<div class="wide">
    <label for="instead-${id}"
      >${words.wanted}<span class="visually-hidden">: ${title}</span></label
    >
    <select id="instead-${id}" name="instead[${id}]" ${faulty}>
      <option value="">${words.moneyBack}</option>
      ${options}
    </select>
  </div>`;
}
