import { ar } from './ar';
import { de } from './de';
import { en } from './en';
import type { DocumentWords } from './words';
import { zhCn } from './zh-cn';

export type { DocumentWords } from './words';

/** The words of a language and how it is written; English where there are none of its own. */
export interface Language {
  words: DocumentWords;
  /** For numbers, money and days, with Latin digits, which every tax office reads. */
  locale: string;
  rightToLeft: boolean;
}

/** @param locale of the order, such as `de-AT` */
export function languageOf(locale: string): Language {
  const [language = '', ...rest] = locale.toLowerCase().split('-');
  const speaks = (words: DocumentWords, own = locale): Language => ({
    words,
    locale: `${own}-u-ca-gregory-nu-latn`,
    rightToLeft: words === ar,
  });
  if (language === 'de') return speaks(de);
  if (language === 'ar') return speaks(ar);
  const traditional = rest.some((part) => /^(hant|tw|hk|mo)$/.test(part));
  if (language === 'zh' && !traditional) return speaks(zhCn);
  return speaks(en, language === 'en' ? locale : 'en');
}

/** Fills values in, each of which is read in its own direction. */
export function fill(sentence: string, values: Readonly<Record<string, string>>): string {
  return sentence.replaceAll(/\{(\w+)\}/g, (_, name: string) => isolate(values[name] ?? ''));
}

/** A text that what stands around it does not turn round. */
export function isolate(text: string): string {
  return `\u2068${text}\u2069`;
}
