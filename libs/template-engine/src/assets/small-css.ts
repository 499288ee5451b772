import { tokenize, tokenTypes } from 'css-tree';

/** Behind these, white space says nothing. */
const OPEN: ReadonlySet<number> = new Set([
  tokenTypes.Semicolon,
  tokenTypes.Comma,
  tokenTypes.Colon,
  tokenTypes.LeftCurlyBracket,
  tokenTypes.RightCurlyBracket,
  tokenTypes.LeftParenthesis,
  tokenTypes.Function,
]);
/** Before these, white space says nothing. */
const CLOSING: ReadonlySet<number> = new Set([
  tokenTypes.Semicolon,
  tokenTypes.Comma,
  tokenTypes.LeftCurlyBracket,
  tokenTypes.RightCurlyBracket,
  tokenTypes.RightParenthesis,
]);

const NOTHING = '/**/';
/** A text or an address that its line ended: the white space behind it is what ends it. */
const BROKEN: ReadonlySet<number> = new Set([tokenTypes.BadString, tokenTypes.BadUrl]);

/**
 * A style sheet without comments, without white space that says nothing and without the last semicolon of a block: it
 * means what it meant, and no word of it is written anew. Linear in the text.
 * @returns the text itself when something in it is broken
 */
export function smallCss(css: string): string {
  const out: string[] = [];
  let last = -1;
  let gap = false;
  let broken = false;
  tokenize(css, (type, start, end) => {
    const open = last === -1 || OPEN.has(last);
    if (type === tokenTypes.WhiteSpace) gap = true;
    else if (type === tokenTypes.Comment) {
      // What only a comment keeps apart stays apart.
      if (!gap && !open && out.at(-1) !== NOTHING) out.push(NOTHING);
    } else {
      if (gap && !open && !CLOSING.has(type)) out.push(' ');
      if (type === tokenTypes.RightCurlyBracket && last === tokenTypes.Semicolon) out.pop();
      out.push(css.slice(start, end));
      broken ||= BROKEN.has(type);
      [last, gap] = [type, false];
    }
  });
  return broken ? css : out.join('');
}
