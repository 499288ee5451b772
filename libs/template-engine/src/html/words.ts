import { DYNAMIC, type HtmlState, type OpenElement } from './state';

/** Attributes that people read or hear. */
const READ = [
  'alt',
  'title',
  'placeholder',
  'aria-label',
  'aria-description',
  'aria-roledescription',
];

/** Elements whose text is no sentence of the shop. */
const QUIET = new Set(['code', 'pre', 'kbd', 'samp', 'svg', 'script', 'style', 'math']);

/** Says whether text holds a word: two letters in a row, entities and computed parts left aside. */
export function holdsWord(text: string): boolean {
  return /\p{L}{2,}/u.test(text.replace(/&#?\w+;/g, ' '));
}

/** Says whether words in an element of this stack are left alone. */
export function isQuiet(stack: readonly OpenElement[]): boolean {
  return stack.some(
    (element) => QUIET.has(element.name) || element.attrs.get('translate')?.value === 'no',
  );
}

/** The attributes of a complete start tag that hold constant words, by name. */
export function wordsInTag(state: HtmlState): string[] {
  if (state.attrs.get('translate')?.value === 'no' || isQuiet(state.stack)) return [];
  return READ.filter((name) => {
    const value = state.attrs.get(name)?.value ?? '';
    // What stands between two marks is the path of a value.
    const constant = value
      .split(DYNAMIC)
      .filter((_, i) => i % 2 === 0)
      .join(' ');
    return holdsWord(constant);
  });
}
