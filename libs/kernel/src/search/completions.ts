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

/**
 * Where what a person typed ends in a completion of it: the two parts of one of `completions`.
 * @returns what was typed, as the completion writes it, and what was added
 */
export function splitCompletion(typed: string, completion: string): [string, string] {
  const last = /[\p{L}\p{N}]+$/u.exec(typed.trim())?.[0] ?? '';
  const start = typed.trim().slice(0, -last.length).toLowerCase().length;
  const begun = fold(last);
  let end = start;
  // A letter with its marks is one step: ß is two letters when it is compared.
  for (const [letter] of completion.slice(start).matchAll(/.\p{M}*/gsu)) {
    if (fold(completion.slice(start, end)).startsWith(begun)) break;
    end += letter.length;
  }
  return [completion.slice(0, end), completion.slice(end)];
}

/** The words of a question with which a word of a text begins, folded; characters of unspaced scripts anywhere in it. */
export function matchedWords(typed: string, text: string): string[] {
  const there = runsOf(text);
  const matched = runsOf(typed.slice(0, 500)).filter((word) =>
    there.some((run) =>
      word.unspaced ? run.text.includes(word.text) : run.text.startsWith(word.text),
    ),
  );
  return matched.map((word) => word.text);
}
