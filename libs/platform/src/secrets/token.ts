import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** 192 bits: beyond guessing (OWASP asks for 128 in a session id), and a whole number of base64 characters. */
const tokenBytes = 24;

/**
 * Makes a secret that a person or a machine carries.
 * @param prefix tells people and secret scanners what it is, such as `cvl`; joined by an underscore
 */
export function newToken(prefix?: string): string {
  const secret = randomBytes(tokenBytes).toString('base64url');
  return prefix === undefined ? secret : `${prefix}_${secret}`;
}

/** What the database keeps of a token: SHA-256, hexadecimal. No salt is needed, since tokens cannot be guessed. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** Compares two secrets in a time that tells nothing of their contents or lengths. */
export function sameSecret(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
