import { isolated } from '../../checkout/words/isolated';
import { ar } from './ar';
import { de } from './de';
import { en } from './en';
import type { AfterWords } from './words';
import { zhCn } from './zh-cn';

export type { AfterWords } from './words';

const byLanguage: Record<string, AfterWords> = { en, de, ar: isolated(ar), zh: zhCn };

/** The words of a language that the checkout's pages have words in; English for any other. */
export function afterWordsIn(lang: string): AfterWords {
  return byLanguage[lang.toLowerCase().split('-')[0] ?? ''] ?? en;
}
