import { randomInt } from 'node:crypto';

/** Without what people take for each other: 0 O, 1 I L, 2 Z, 5 S, 8 B, U V. */
const alphabet = '34679ACDEFGHJKMNPQRTWXY';

/** Sixteen characters of 23 are 72 bits: beyond guessing at a door that counts tries. */
const length = 16;

/** A new code in groups of four, as it is printed and mailed. */
export function newGiftCardCode(): string {
  const characters = Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('');
  return characters.replace(/(.{4})(?!$)/g, '$1-');
}

/** A code as it is compared: whatever a shopper puts between, in whatever case. */
export function plainCode(code: string): string {
  return code.toUpperCase().replace(/[^A-Z0-9]/g, '');
}
