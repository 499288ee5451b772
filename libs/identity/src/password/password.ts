import * as argon2 from '@node-rs/argon2';
import { identityErrors } from '../identity.errors';
import { commonPasswords } from './common-passwords';

/** OWASP's password storage cheat sheet, 2025: argon2id, the package's default, with 19 MiB, two passes, one lane. */
const cost = { memoryCost: 19 * 1024, timeCost: 2, parallelism: 1 };

/** NIST SP 800-63B asks for length and for a list of known passwords, and against rules on characters. */
const merchantLength = 10;

/**
 * @param password plain text, checked first
 * @param minimumLength in characters
 * @returns the encoded argon2id hash
 * @throws identity.weak-password
 */
export async function hashPassword(
  password: string,
  minimumLength = merchantLength,
): Promise<string> {
  const tooCommon = commonPasswords.has(password.toLowerCase());
  if ([...password].length < minimumLength || tooCommon) {
    throw identityErrors.error('weak-password', { length: minimumLength }, { field: 'password' });
  }
  return argon2.hash(password.normalize('NFKC'), cost);
}

let decoy: Promise<string> | undefined;

/**
 * Compares in the same time whether or not there is a hash, so that sign-in does not tell who has an account.
 * @param hash the stored hash, or null when there is no such person
 */
export async function verifyPassword(hash: string | null, password: string): Promise<boolean> {
  decoy ??= argon2.hash('nobody has this password', cost);
  const matches = await argon2.verify(hash ?? (await decoy), password.normalize('NFKC'));
  return hash !== null && matches;
}
