/** Longer words are a pasted paragraph. */
const most = 200;

/**
 * What a shopper typed into a search, fit to be searched, shown again and put into addresses: spaces for tabs and line
 * ends; no other control characters, no characters that turn the direction of the text after them, no halves of
 * characters.
 */
export function typedWords(query: URLSearchParams | ReadonlyMap<string, string>): string {
  return (query.get('q') ?? '')
    .replace(/[\t\n\v\f\r\u0085\u2028\u2029]+/g, ' ')
    .replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069\p{Noncharacter_Code_Point}]/gu, '')
    .slice(0, most)
    .replace(/\p{Surrogate}/gu, '')
    .trim();
}
