import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

const bytes = 32;

/** Hashes the password that a store asks its shoppers for: `<salt>.<hash>`, both base64url (scrypt, Node's costs). */
export async function hashStorePassword(password: string): Promise<string> {
  const salt = randomBytes(16).toString('base64url');
  return `${salt}.${(await derive(password, salt)).toString('base64url')}`;
}

/** Whether the password is the one that was hashed. */
export async function isStorePassword(password: string, hash: string): Promise<boolean> {
  const [salt = '', kept = ''] = hash.split('.');
  const expected = Buffer.from(kept, 'base64url');
  return expected.length === bytes && timingSafeEqual(expected, await derive(password, salt));
}

function derive(password: string, salt: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, bytes, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}
