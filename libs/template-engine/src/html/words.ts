import type { Report } from './findings';
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

/** What is wrong with constant words in markup: most often that they are in one language only. */
export function wordsFault(text: string): string {
  if (text.includes('{%'))
    return 'this is Liquid, and printed as it is: tags are written {{#if}}, {{#each}}, {{> snippet}}';
  if (text.trimStart().startsWith('---'))
    return 'front matter is not read, and printed as it is: settings of the section say what it shows';
  return `"${text.trim().slice(0, 40)}" cannot be translated: use {{t}}`;
}

/** Reports attributes of a complete start tag that hold constant words. */
export function reportWords(state: HtmlState, report: Report): void {
  for (const name of wordsInTag(state))
    report(
      state.attrs.get(name)!.loc,
      'L_HARDCODED_TEXT',
      `words in ${name}= cannot be translated`,
    );
}

function wordsInTag(state: HtmlState): string[] {
  if (state.attrs.get('translate')?.value === 'no' || isQuiet(state.stack)) return [];
  const type = state.attrs.get('type')?.value.toLowerCase() ?? '';
  const button = state.tag === 'input' && ['submit', 'button', 'reset'].includes(type);
  return (button ? [...READ, 'value'] : READ).filter((name) => {
    const value = state.attrs.get(name)?.value ?? '';
    // What stands between two marks is the path of a value.
    const constant = value
      .split(DYNAMIC)
      .filter((_, i) => i % 2 === 0)
      .join(' ');
    return holdsWord(constant);
  });
}
