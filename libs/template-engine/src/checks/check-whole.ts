import { checkCalls } from './calls';
import { checkChoices } from './choices';
import { checkContrast } from './contrast';
import { checkCss } from './css';
import { fixJson } from './json-fixes';
import { checkLabels } from './labels';
import { checkLinks } from './links';
import { checkHtmlTexts, checkUnusedTexts } from './locale-texts';
import { checkNames } from './names';
import { checkPages } from './pages';
import { checkPlaceNames } from './places';
import { checkTextSnippets } from './text-snippets';
import type { ThemeView } from './theme';
import { checkTranslations } from './translations';
import { checkUnusedSettings } from './unused-settings';

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
  checkUnusedSettings(theme);
  checkLinks(theme);
  checkLabels(theme);
  checkTranslations(theme);
  checkChoices(theme);
  checkPlaceNames(theme);
  fixJson(theme.reporter);
}
