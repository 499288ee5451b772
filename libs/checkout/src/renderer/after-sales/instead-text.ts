import { moneyText } from '../checkout/format';
import { say } from '../checkout/words';
import { afterWordsIn } from './words';

/** A variant that may be chosen instead of what comes back. */
export interface InsteadOffer {
  variantId: string;
  /** The variant's own title: `M / Blue`. */
  title: string;
  /** Units that can be sold now; null when there is no limit. */
  available: number | null;
  /** What one costs more, in minor units; less where it is below 0. */
  differenceMinor: number;
}

/**
 * An offer as an option of a list says it: which variant, what it costs more or less, whether it is there.
 * @param units how many come back at most: fewer that are there are told
 */
export function insteadText(
  { title, available, differenceMinor }: InsteadOffer,
  { units, currency, lang }: { units: number; currency: string; lang: string },
): string {
  const words = afterWordsIn(lang);
  const amount = isolated(moneyText(Math.abs(differenceMinor), currency, lang));
  const parts = [say(words.exchangeFor, { variant: isolated(title) })];
  if (differenceMinor > 0) parts.push(say(words.dearer, { amount }));
  if (differenceMinor < 0) parts.push(say(words.cheaper, { amount }));
  if (available === 0) parts.push(words.soldOut);
  else if (available !== null && available < units) parts.push(say(words.onlyLeft, { available }));
  return parts.join(' · ');
}

/** Keeps a text together whatever the direction of the sentence around it: an option holds no markup. */
function isolated(text: string): string {
  return `\u2068${text}\u2069`;
}
