import { type Html, html } from '../checkout/html';
import type { Notice, PageBody, PageSetting } from '../checkout/page-input';
import { say } from '../checkout/words';
import { unitPickers, type WithdrawnLine } from './withdraw-page';
import { afterWordsIn } from './words';

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

/** What was chosen so far. */
export interface ReturnDraft {
  token: string;
  key: string;
  lines: readonly WithdrawnLine[];
  reason: string;
  note: string;
}

/** Asks for a return: which goods, how many, why. */
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
    ${draft.lines.length === 0 ? null : form(draft, setting)}
    <p class="after back"><a href="${order}">${words.back}</a></p>`;
  return { title: words.returnGoods, step: null, notices, main, aside: null };
}

function form(draft: ReturnDraft, setting: PageSetting): Html {
  const words = afterWordsIn(setting.lang);
  const reasons = returnReasons.map(
    (reason) =>
      html`<option value="${reason}" ${reason === draft.reason && html` selected`}>
        ${words[`reason.${reason}`]}
      </option>`,
  );
  return html`<form method="post" action="${setting.prefix}/orders/${draft.token}/return">
    <input type="hidden" name="key" value="${draft.key}" />
    ${unitPickers(draft.lines)}
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
    </div>
  </form>`;
}
