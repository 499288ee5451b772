/**
 * Sentences that are written from right to left, with every value that is filled in set apart from them: a name or an
 * address in Latin letters would else drag brackets and full stops to the wrong side (Unicode annex 9, isolates).
 */
export function isolated<T extends Record<string, string>>(words: T): T {
  const apart = Object.entries(words).map(([key, sentence]) => [
    key,
    sentence.replace(/\{\w+\}/g, (value) => `\u2068${value}\u2069`),
  ]);
  return Object.fromEntries(apart) as T;
}
