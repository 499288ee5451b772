import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { Keyring, type KeyringOptions, type WrappingKey } from './keyring';
import { secretsErrors } from './secrets.errors';
import { sameSecret } from './token';

/** The record that a sealed value belongs to; it opens nowhere else. */
export interface SealContext {
  /** What the value is for; a purpose may have a key of its own: `cert`, `acct`, `answer`. */
  purpose: string;
  table: string;
  rowId: string;
  /** Empty for records that belong to no store. */
  storeId: string;
}

const form = 'v1';
/** NIST SP 800-38D: 96-bit nonces, 128-bit tags. */
const nonceBytes = 12;
const tagBytes = 16;
const dataKeyBytes = 32;

/**
 * Seals values for the database: each record has a data key of its own, and a key-encryption key wraps that.
 * The sealed form is `v1.<key id>.<wrapped data key>.<value>`, each part base64url of nonce, ciphertext, tag.
 */
export class Secrets {
  private readonly keyring: Keyring;

  /** @throws Error when a given key has the wrong form */
  constructor(options: KeyringOptions) {
    this.keyring = new Keyring(options);
  }

  /** Returns printable text that only `open` with the same context can read. */
  seal(plaintext: Buffer | string, context: SealContext): string {
    const dataKey = randomBytes(dataKeyBytes);
    const body = encrypt(Buffer.from(plaintext), dataKey, bind(context));
    return [form, ...wrap(dataKey, this.keyring.current(context.purpose), context), body].join('.');
  }

  /**
   * @returns the plaintext
   * @throws AppError `secrets.refused` for a changed value or another record's, `secrets.unknown-key`
   */
  open(sealed: string, context: SealContext): Buffer {
    const { keyId, wrapped, body } = parse(sealed);
    const dataKey = this.unwrap(keyId, wrapped, context);
    return decrypt(body, dataKey, bind(context));
  }

  /** Whether the value should be wrapped again, since a newer key has come. */
  isStale(sealed: string, purpose: string): boolean {
    return parse(sealed).keyId !== this.keyring.current(purpose).id;
  }

  /** Wraps the data key with the current key; the value itself stays as it is. Throws as `open` does. */
  rewrap(sealed: string, context: SealContext): string {
    const { keyId, wrapped, body } = parse(sealed);
    const dataKey = this.unwrap(keyId, wrapped, context);
    const current = this.keyring.current(context.purpose);
    return [form, ...wrap(dataKey, current, context), body].join('.');
  }

  /**
   * Signs what the platform must know again as its own work (HMAC-SHA-256, RFC 2104).
   * @param purpose what the signature is for; it holds for nothing else
   * @returns `v1.<key id>.<mac>`
   */
  sign(text: string, purpose: string): string {
    const { id, key } = this.keyring.current(signing(purpose));
    return [form, id, mac(text, key, purpose)].join('.');
  }

  /** Whether `sign` made the signature of this text for this purpose, by any key that this process has. */
  verify(text: string, signature: string, purpose: string): boolean {
    const [version, keyId = '', given = '', ...more] = signature.split('.');
    if (version !== form || more.length > 0) return false;
    const key = this.keyring.find(keyId, signing(purpose));
    return key !== null && sameSecret(given, mac(text, key.key, purpose));
  }

  private unwrap(keyId: string, wrapped: string, context: SealContext): Buffer {
    const { key } = this.keyring.byId(keyId, context.purpose);
    return decrypt(wrapped, key, bind(context, keyId));
  }
}

/** A key that signs seals nothing: the purpose's name keeps the two apart. */
function signing(purpose: string): string {
  return `sign:${purpose}`;
}

function mac(text: string, key: Buffer, purpose: string): string {
  return createHmac('sha256', key)
    .update(JSON.stringify([form, purpose, text]))
    .digest('base64url');
}

function wrap(dataKey: Buffer, { id, key }: WrappingKey, context: SealContext): [string, string] {
  return [id, encrypt(dataKey, key, bind(context, id))];
}

/** The authenticated data; JSON keeps the parts apart, whatever characters they hold. */
function bind({ purpose, table, rowId, storeId }: SealContext, keyId = ''): Buffer {
  return Buffer.from(JSON.stringify([form, keyId, purpose, table, rowId, storeId]));
}

function encrypt(plaintext: Buffer, key: Buffer, aad: Buffer): string {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes });
  cipher.setAAD(aad);
  const parts = [nonce, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()];
  return Buffer.concat(parts).toString('base64url');
}

function decrypt(text: string, key: Buffer, aad: Buffer): Buffer {
  const bytes = Buffer.from(text, 'base64url');
  // A base64 text has spare bits; only the one spelling that we write is accepted.
  const spelled = bytes.toString('base64url') === text;
  if (!spelled || bytes.length < nonceBytes + tagBytes) throw secretsErrors.error('refused');
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, nonceBytes), {
    authTagLength: tagBytes,
  });
  decipher.setAAD(aad);
  decipher.setAuthTag(bytes.subarray(-tagBytes));
  try {
    return Buffer.concat([
      decipher.update(bytes.subarray(nonceBytes, -tagBytes)),
      decipher.final(),
    ]);
  } catch (cause) {
    throw secretsErrors.error('refused', {}, { cause });
  }
}

function parse(sealed: string): { keyId: string; wrapped: string; body: string } {
  const [version, keyId, wrapped, body, ...more] = sealed.split('.');
  if (version !== form || !keyId || !wrapped || !body || more.length > 0) {
    throw secretsErrors.error('refused');
  }
  return { keyId, wrapped, body };
}
