import { type Child, type Html, html } from './html';
import type { Words } from './words';

/** A field of a form with what was typed and what is wrong with it. */
export interface Field {
  id: string;
  label: string;
  value: string;
  required: boolean;
  autocomplete: string;
  type?: 'text' | 'email' | 'tel';
  inputmode?: 'text' | 'email' | 'tel' | 'numeric';
  hint?: string;
  fault?: string;
  /** How wide it is beside its neighbours. */
  width?: 'half' | 'third';
  choices?: readonly { code: string; name: string }[] | null;
  dir?: 'ltr';
}

/** A labelled input or a list to choose from. */
export function field(one: Field, words: Words): Html {
  const { id, label, required, hint, fault, width } = one;
  const describedBy = [fault && `${id}-fault`, hint && `${id}-hint`].filter(Boolean).join(' ');
  const mark = required ? null : html` <span class="soft">(${words.optional})</span>`;
  return html`<div class="field${width ? ` ${width}` : ''}${fault ? ' wrong' : ''}">
    <label for="${id}">${label}${mark}</label>
    ${one.choices ? choiceOf(one, describedBy, words) : inputOf(one, describedBy)}
    ${fault && html`<p class="fault" id="${id}-fault">${fault}</p>`}
    ${hint && html`<p class="soft hint" id="${id}-hint">${hint}</p>`}
  </div>`;
}

/**
 * What Enter in a field does: a form is sent by its first button, which would be the one that shows another country's
 * fields. Nobody else meets this one.
 */
export function enterSends(intent: 'continue' | 'pay'): Html {
  return html`<input
    class="enter"
    type="submit"
    name="intent"
    value="${intent}"
    tabindex="-1"
    aria-hidden="true"
  />`;
}

function inputOf(one: Field, describedBy: string): Html {
  const { id, value, autocomplete, type = 'text', inputmode } = one;
  return html`<input
    id="${id}"
    name="${id}"
    type="${type}"
    value="${value}"
    autocomplete="${autocomplete}"
    ${inputmode && html` inputmode="${inputmode}"`}${one.dir && html` dir="${one.dir}"`}
    maxlength="255"
    ${states(one, describedBy)}
  />`;
}

/** A list with something chosen is never empty: HTML wants the empty choice, that only a new one has, in what is required. */
function choiceOf(one: Field, describedBy: string, words: Words): Html {
  const { id, value, autocomplete, choices } = one;
  const options = (choices ?? []).map(
    ({ code, name }) =>
      html`<option value="${code}" ${code === value && html` selected`}>${name}</option>`,
  );
  const known = (choices ?? []).some(({ code }) => code === value);
  return html`<select
    id="${id}"
    name="${id}"
    autocomplete="${autocomplete}"
    ${states({ ...one, required: one.required && !known }, describedBy)}
  >
    ${!known && html`<option value="" selected>${words.choose}</option>`}${options}
  </select>`;
}

function states({ required, fault }: Field, describedBy: string): Child {
  return [
    required && html` required`,
    fault !== undefined && html` aria-invalid="true"`,
    describedBy !== '' && html` aria-describedby="${describedBy}"`,
  ];
}
