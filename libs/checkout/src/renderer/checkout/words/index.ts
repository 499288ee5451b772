import { ar } from './ar';
import { de } from './de';
import { en } from './en';
import type { Words } from './words';
import { isolated } from './isolated';
import { zhCn } from './zh-cn';

export type { Words } from './words';

const arabic = isolated(ar);

/** The words of a language; English where we have none of it. */
export function wordsIn(locale: string): { words: Words; lang: string } {
  const [language = '', ...rest] = locale.toLowerCase().split('-');
  if (language === 'de') return { words: de, lang: locale };
  if (language === 'ar') return { words: arabic, lang: locale };
  const traditional = rest.some((part) => /^(hant|tw|hk|mo)$/.test(part));
  if (language === 'zh' && !traditional) return { words: zhCn, lang: locale };
  return { words: en, lang: language === 'en' ? locale : 'en' };
}

/** Fills the names in braces; a name without a value stays as it is. */
export function say(sentence: string, values: Record<string, string | number>): string {
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) =>
    name in values ? String(values[name]) : whole,
  );
}
