import { promisify } from 'node:util';
import { brotliCompress, brotliDecompress, gzip } from 'node:zlib';
import { chooseEncoding } from '@platform/storage';
import { bodyHash, brotliFor } from '../page-bytes';
import type { ShopRequest, ShopResponse } from '../shop-request';

const compressBrotli = promisify(brotliCompress);
const unpackBrotli = promisify(brotliDecompress);
const compressGzip = promisify(gzip);

const forms = ['br', 'gzip', 'identity'] as const;

/** Below this compression costs more than it saves. */
const smallestCompressed = 1_024;

/** Headers of every answer: no guessing of types, no leak of paths to other sites. */
const always = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'strict-origin-when-cross-origin',
  'x-frame-options': 'SAMEORIGIN',
} as const;

/**
 * Gives an answer the encoding that the client likes best, made once and kept with it for the next who asks: brotli as
 * `brotliFor` says or gzip 6.
 * @param accept the Accept-Encoding header
 * @returns the same answer, another one for one that came packed; `encoded` is there for text that is worth it
 */
export async function encodeResponse(
  response: ShopResponse,
  accept: string | undefined,
): Promise<ShopResponse> {
  if (response.packed) return encodePacked(response, accept);
  const type = String(response.headers['content-type'] ?? '');
  const text = /^(text\/|application\/(json|xml|javascript|manifest)|image\/svg)/.test(type);
  // What came out of the store of files is packed already.
  const packed = response.headers['content-encoding'] !== undefined;
  if (!text || packed || response.body.length < smallestCompressed) return response;
  const encoded = (response.encoded ??= {});
  const form = chooseEncoding(accept, forms);
  if (form === 'br') encoded.br ??= await packBrotli(response.body);
  if (form === 'gzip')
    encoded.gzip ??= Buffer.from(await compressGzip(response.body, { level: 6 }));
  return response;
}

/** Nearly everybody takes it as it is. */
async function encodePacked(
  { packed: _, ...response }: ShopResponse,
  accept: string | undefined,
): Promise<ShopResponse> {
  if (chooseEncoding(accept, forms) === 'br')
    return { ...response, encoded: { br: response.body } };
  const plain = Buffer.from(await unpackBrotli(response.body));
  return encodeResponse({ ...response, body: plain }, accept);
}

async function packBrotli(body: Buffer): Promise<Buffer> {
  return Buffer.from(await compressBrotli(body, brotliFor(body)));
}

/** What is written to the wire. */
export interface WireResponse {
  status: number;
  headers: Record<string, string | string[]>;
  body: Buffer;
}

/**
 * The last station: chooses the encoding, answers conditions with 304 and HEAD with no body.
 * Validators are strong and one per encoding.
 */
export function toWire(request: ShopRequest, response: ShopResponse): WireResponse {
  const headers: Record<string, string | string[]> = { ...always, ...response.headers };
  const offered = response.encoded ?? {};
  const available = forms.filter((form) => form === 'identity' || offered[form] !== undefined);
  // Who refuses every form gets the plain one all the same: a page is better than a 406.
  const choice = chooseEncoding(request.headers['accept-encoding'], available) ?? 'identity';
  const body = (choice === 'identity' ? undefined : offered[choice]) ?? response.body;
  if (response.encoded) {
    headers.vary = [response.headers.vary ?? [], 'Accept-Encoding'].flat().join(', ');
    if (choice !== 'identity') headers['content-encoding'] = choice;
  }
  if (response.status === 200) {
    const tag = entityTag(response, choice);
    headers.etag = tag;
    if (matches(request.headers['if-none-match'], tag)) {
      delete headers['content-encoding'];
      return { status: 304, headers, body: Buffer.alloc(0) };
    }
  }
  headers['content-length'] = String(body.length);
  return {
    status: response.status,
    headers,
    body: request.method === 'HEAD' ? Buffer.alloc(0) : body,
  };
}

const hashes = new WeakMap<Buffer, string>();

function entityTag(response: ShopResponse, encoding: string): string {
  let hash = response.hash ?? hashes.get(response.body);
  if (hash === undefined) {
    hash = bodyHash(response.body);
    hashes.set(response.body, hash);
  }
  return encoding === 'identity' ? `"${hash}"` : `"${hash}-${encoding}"`;
}

/** RFC 9110, 13.1.2: weak comparison; `*` matches whatever is there. */
function matches(header: string | undefined, tag: string): boolean {
  if (header === undefined) return false;
  if (header.trim() === '*') return true;
  return header.split(',').some((part) => part.trim().replace(/^W\//, '') === tag);
}
