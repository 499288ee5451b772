/** In JSON text: an escaped NUL or half of a surrogate pair that stands alone, behind no other backslash. */
const unstorable = /(?<!\\)((?:\\\\)*)\\u(?:0000|d[89a-f][0-9a-f]{2})/g;

/**
 * The same value with U+FFFD where text holds what PostgreSQL has no characters for: NUL and lone surrogates.
 * @param value plain JSON
 */
export function storableJson<T>(value: T): T {
  const text = JSON.stringify(value);
  const safe = text.replace(unstorable, '$1\ufffd');
  return safe === text ? value : (JSON.parse(safe) as T);
}
