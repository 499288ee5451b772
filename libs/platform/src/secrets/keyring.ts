import { createHash, hkdfSync } from 'node:crypto';
import { secretsErrors } from './secrets.errors';

/** A key-encryption key: it wraps data keys and never touches a value itself. */
export interface WrappingKey {
  id: string;
  /** 32 bytes. */
  key: Buffer;
}

/** A key that the operator keeps, for the purposes that it names, or for all. */
export interface GivenKey extends WrappingKey {
  purposes?: string[];
}

/** Where keys come from. Give at least one source. */
export interface KeyringOptions {
  /** Newest first: the first seals, all open. A key per purpose is derived from each. */
  masters?: string[];
  /** Newest first; they go before the masters, so that one purpose can have a key which other processes lack. */
  keys?: GivenKey[];
}

const keyBytes = 32;

/** Finds the key-encryption key for a purpose, and any earlier one by its id. */
export class Keyring {
  private readonly masters: string[];
  private readonly keys: GivenKey[];
  private readonly derived = new Map<string, WrappingKey>();

  /** @throws Error when a key has not 32 bytes or an id that the sealed form cannot carry */
  constructor({ masters = [], keys = [] }: KeyringOptions) {
    for (const { id, key } of keys) {
      if (key.length !== keyBytes) throw new Error(`The key ${id} must have ${keyBytes} bytes.`);
      if (!/^[a-z0-9-]{1,40}$/.test(id)) throw new Error(`A key's id cannot be "${id}".`);
    }
    this.masters = masters;
    this.keys = keys;
  }

  /** The key that seals now. Throws `secrets.no-key`. */
  current(purpose: string): WrappingKey {
    const found = this.candidates(purpose)[0];
    if (!found) throw secretsErrors.error('no-key', { purpose });
    return found;
  }

  /** The key with this id, if it may serve the purpose. Throws `secrets.unknown-key`. */
  byId(id: string, purpose: string): WrappingKey {
    const found = this.find(id, purpose);
    if (!found) throw secretsErrors.error('unknown-key', { key: id });
    return found;
  }

  /** The key with this id, if it may serve the purpose, or null. */
  find(id: string, purpose: string): WrappingKey | null {
    return this.candidates(purpose).find((key) => key.id === id) ?? null;
  }

  private candidates(purpose: string): WrappingKey[] {
    return [
      ...this.keys.filter(({ purposes }) => purposes === undefined || purposes.includes(purpose)),
      ...this.masters.map((master) => this.derive(master, purpose)),
    ];
  }

  private derive(master: string, purpose: string): WrappingKey {
    const name = createHash('sha256').update(`${purpose}\n${master}`).digest('base64');
    const known = this.derived.get(name);
    if (known) return known;
    const made = {
      id: hkdf(master, `caravel key id:${purpose}`, 6).toString('hex'),
      key: hkdf(master, `caravel key:${purpose}`, keyBytes),
    };
    this.derived.set(name, made);
    return made;
  }
}

/** RFC 5869 with SHA-256; `info` keeps what is derived for one use apart from any other. */
function hkdf(master: string, info: string, bytes: number): Buffer {
  return Buffer.from(hkdfSync('sha256', master, '', info, bytes));
}
