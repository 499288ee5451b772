import { fold, runsOf } from './fold';

/**
 * What a person may go on to type: their words with the last one completed by a word out of what was found.
 * @param texts what was found, best first
 * @returns at most `limit`, each once, none of them what was typed
 */
export function completions(typed: string, texts: readonly string[], limit: number): string[] {
  const last = /[\p{L}\p{N}]+$/u.exec(typed.trim())?.[0] ?? '';
  const begun = fold(last);
  // A pair of characters of an unspaced script is in the middle of a run: nothing says where its word ends.
  if (begun === '' || runsOf(begun).some(({ unspaced }) => unspaced)) return [];
  const before = typed.trim().slice(0, -last.length).toLowerCase();
  const found = new Set<string>();
  for (const text of texts) {
    for (const [word] of text.toLowerCase().matchAll(/[\p{L}\p{M}\p{N}]+/gu)) {
      if (found.size < limit && fold(word).startsWith(begun) && fold(word) !== begun)
        found.add(`${before}${word}`);
    }
  }
  return [...found];
}
