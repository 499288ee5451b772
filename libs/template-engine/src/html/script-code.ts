import type { HtmlState } from './state';

/**
 * Follows the strings and comments of a script. `code` is what is open, the innermost last: a quote, a backtick, `*` and
 * `/` for the two kinds of comment, `{` for an expression within a template. Regular expressions are not known: a quote
 * in one is taken for a string that ends with its line.
 */
export function readCode(state: HtmlState, char: string): void {
  const before = state.codeBefore;
  const open = state.code.at(-1) ?? '';
  state.codeBefore = char;
  switch (open) {
    case "'":
    case '"':
      if (before === '\\') state.codeBefore = '';
      else if (char === open || char === '\n') close(state);
      return;
    case '`':
      if (before === '\\') state.codeBefore = '';
      else if (char === '`') close(state);
      else if (before === '$' && char === '{') state.code += '{';
      return;
    case '/':
      if (char === '\n') close(state);
      return;
    case '*':
      if (before === '*' && char === '/') close(state);
      return;
    default:
      if (char === "'" || char === '"' || char === '`') state.code += char;
      else if (before === '/' && (char === '/' || char === '*')) begin(state, char);
      else if (char === '{' && open === '{') state.code += char;
      else if (char === '}' && open === '{') close(state);
  }
}

/** A value is printed: no sign that stood before it belongs to what follows. */
export function passValue(state: HtmlState): void {
  state.codeBefore = '';
}

/** Why a value cannot be printed here although it is JSON; null when it can. */
export function codeAround({ code }: HtmlState): string | null {
  switch (code.at(-1)) {
    case "'":
    case '"':
    case '`':
      return 'a string';
    case '*':
      return 'a comment';
    default:
      return null;
  }
}

function begin(state: HtmlState, kind: string): void {
  state.code += kind;
  state.codeBefore = '';
}

function close(state: HtmlState): void {
  state.code = state.code.slice(0, -1);
  state.codeBefore = '';
}
