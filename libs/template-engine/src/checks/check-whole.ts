import { checkCalls } from './calls';
import { checkContrast } from './contrast';
import { checkCss } from './css';
import { fixJson } from './json-fixes';
import { checkHtmlTexts, checkUnusedTexts } from './locale-texts';
import { checkNames } from './names';
import { checkPages } from './pages';
import { checkTextSnippets } from './text-snippets';
import type { ThemeView } from './theme';

/** Every check that looks at more than one file, or at files of other languages. */
export function checkWhole(theme: ThemeView): void {
  checkCss(theme);
  checkContrast(theme);
  checkHtmlTexts(theme);
  checkUnusedTexts(theme);
  checkPages(theme);
  checkTextSnippets(theme);
  checkCalls(theme);
  checkNames(theme);
  fixJson(theme.reporter);
}
