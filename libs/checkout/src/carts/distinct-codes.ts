import { cleanCode, codeKey } from '../discounts/discount-codes.queries';
import { cartLimits } from './cart';

/** The longest text that is taken for a code. */
const longest = 100;

/** Codes as entered, each once whatever its capitals, the last ones of too many. */
export function distinctCodes(codes: readonly string[]): string[] {
  const trimmed = codes.map(cleanCode).filter((code) => code !== '' && code.length <= longest);
  const first = new Map<string, string>();
  for (const code of trimmed) if (!first.has(codeKey(code))) first.set(codeKey(code), code);
  return [...first.values()].slice(-cartLimits.codes);
}
