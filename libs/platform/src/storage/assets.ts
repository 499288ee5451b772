import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { LRUCache } from 'lru-cache';
import type { Blob, BlobMeta, BlobStore } from './blob-store';
import { type Encoding, chooseEncoding } from './choose-encoding';
import { storageErrors } from './storage.errors';

/** Bytes that were published under the hash of their content. */
export interface PublishedBlob {
  /** SHA-256, hexadecimal. */
  hash: string;
  /** The forms that exist and their sizes in bytes; identity always does. */
  variants: { encoding: Encoding; size: number }[];
}

/** An asset opened in the form that the client takes. */
export interface OpenedBlob extends Blob {
  encoding: Encoding;
}

const endings: Record<Encoding, string> = { identity: '', br: '.br', gzip: '.gz' };
const packed = ['br', 'gzip'] as const;
/** Smaller files fit one packet; a form that saves less than a twentieth is not worth its place. */
const smallestPacked = 1024;
const worthwhile = 0.95;
/** The content of a hash never changes, so browsers need not ask again (RFC 8246). */
const forever = 'public, max-age=31536000, immutable';

const compressible =
  /^(text\/.+|application\/(javascript|json|xml|manifest\+json|wasm)|.+\+(json|xml)|font\/(ttf|otf|collection)|image\/(bmp|x-icon|vnd\.microsoft\.icon))$/;

/** Which forms exist does not change once identity is there; images would else cost two vain look-ups each. */
const knownForms = new WeakMap<BlobStore, LRUCache<string, Encoding[]>>();
const gzipBytes = promisify(gzip);
const brotliBytes = promisify(brotliCompress);

/** The key of an asset: `blobs/<first two digits>/<hash>` and an ending for a packed form. */
export function blobKey(hash: string, encoding: Encoding = 'identity'): string {
  return `blobs/${hash.slice(0, 2)}/${hash}${endings[encoding]}`;
}

/**
 * Publishes bytes under their hash, packed once with brotli 11 and gzip 9 where that pays. Doing it again does nothing.
 * The packed forms are written before identity, so that identity's presence says that all is there.
 * @param options.mime media type; a charset may follow
 */
export async function publishBlob(
  store: BlobStore,
  bytes: Buffer,
  { mime }: { mime: string },
): Promise<PublishedBlob> {
  const hash = createHash('sha256').update(bytes).digest('hex');
  const meta: BlobMeta = { contentType: mime, cacheControl: forever };
  if ((await store.head(blobKey(hash))) === null) {
    for (const encoding of packed) {
      const form = await pack(bytes, encoding, mime);
      if (form) {
        await store.putIfAbsent(blobKey(hash, encoding), form, {
          ...meta,
          contentEncoding: encoding,
        });
      }
    }
    await store.putIfAbsent(blobKey(hash), bytes, meta);
  }
  const found = await Promise.all(packed.map((encoding) => store.head(blobKey(hash, encoding))));
  const variants = packed.flatMap((encoding, at) => {
    const form = found[at];
    return form ? [{ encoding, size: form.size }] : [];
  });
  return { hash, variants: [{ encoding: 'identity', size: bytes.length }, ...variants] };
}

/**
 * Opens an asset in the best form that the client takes. Answer with its meta and `Vary: Accept-Encoding`.
 * @param hash from a URL: anything but 64 hexadecimal digits finds nothing
 * @returns null when there is no such asset
 * @throws AppError `storage.encoding-not-acceptable` when the client refuses every form, identity too
 */
export async function openBlob(
  store: BlobStore,
  hash: string,
  acceptEncoding?: string,
): Promise<OpenedBlob | null> {
  if (!/^[0-9a-f]{64}$/.test(hash)) return null;
  const forms = await formsOf(store, hash);
  if (forms === null) return null;
  const encoding = chooseEncoding(acceptEncoding, forms);
  if (encoding === null) throw storageErrors.error('encoding-not-acceptable');
  const blob = await store.get(blobKey(hash, encoding));
  if (blob) return { ...blob, encoding };
  // Collected since; look again the next time.
  knownForms.get(store)?.delete(hash);
  return null;
}

async function formsOf(store: BlobStore, hash: string): Promise<Encoding[] | null> {
  const known = knownForms.get(store) ?? new LRUCache<string, Encoding[]>({ max: 20_000 });
  knownForms.set(store, known);
  const cached = known.get(hash);
  if (cached) return cached;
  const all = ['identity', ...packed] as const;
  // Identity first: whoever sees it sees the packed forms too.
  if ((await store.head(blobKey(hash))) === null) return null;
  const found = await Promise.all(packed.map((encoding) => store.head(blobKey(hash, encoding))));
  const forms = all.filter((_, at) => at === 0 || found[at - 1] !== null);
  known.set(hash, forms);
  return forms;
}

async function pack(bytes: Buffer, encoding: 'br' | 'gzip', mime: string): Promise<Buffer | null> {
  const [type = ''] = mime.toLowerCase().split(';');
  if (bytes.length <= smallestPacked || !compressible.test(type.trim())) return null;
  const form =
    encoding === 'gzip'
      ? await gzipBytes(bytes, { level: 9 })
      : await brotliBytes(bytes, {
          params: {
            [constants.BROTLI_PARAM_QUALITY]: 11,
            [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
            [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
          },
        });
  return form.length < bytes.length * worthwhile ? form : null;
}
