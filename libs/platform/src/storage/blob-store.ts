import type { Readable } from 'node:stream';
import type { Page } from '@libs/kernel';
import { storageErrors } from './storage.errors';

/** What is known of a blob besides its bytes. */
export interface BlobMeta {
  contentType: string;
  /** `br` or `gzip` when the bytes are compressed. */
  contentEncoding?: string;
  cacheControl?: string;
}

/** A part of a blob in bytes, both ends included; `end` left out means to the last byte. */
export interface BlobRange {
  start: number;
  end?: number;
}

/** What `head` knows. */
export interface BlobHead {
  /** Bytes of the whole blob. */
  size: number;
  meta: BlobMeta;
}

/** An open blob. The stream must be read to its end or destroyed. */
export interface Blob extends BlobHead {
  stream: Readable;
  /** Bytes that the stream gives; less than `size` for a range. */
  length: number;
}

/** One line of a listing. */
export interface BlobEntry {
  key: string;
  size: number;
}

/**
 * Where files are kept: bytes under a key. Guarantees of every driver: a key is seen either with all of its bytes or
 * not at all; of many writers with `putIfAbsent` exactly one creates; what was answered as written survives a power cut.
 */
export abstract class BlobStore {
  /** Writes unless the key is taken. For content addresses: `existed` is as good as `created`. */
  abstract putIfAbsent(
    key: string,
    content: Buffer | Readable,
    meta: BlobMeta,
  ): Promise<'created' | 'existed'>;

  /** Writes, replacing what was there. For private work files with one writer. */
  abstract put(key: string, content: Buffer | Readable, meta: BlobMeta): Promise<void>;

  /** Opens a blob, or null when there is none. Throws `storage.bad-range` for a range behind the end. */
  abstract get(key: string, range?: BlobRange): Promise<Blob | null>;

  /** Looks without opening. */
  abstract head(key: string): Promise<BlobHead | null>;

  /** Removes a blob; one that is not there is not an error. */
  abstract delete(key: string): Promise<void>;

  /** Keys that begin with the prefix, in byte order, at most 1000 a page. */
  abstract list(prefix: string, cursor?: string): Promise<Page<BlobEntry>>;
}

/** S3's page size; the disk driver keeps to it too. */
export const listPageSize = 1000;

/**
 * A key is folders and a name, of plain characters that mean the same to every file system and in every URL.
 * @throws AppError `storage.bad-key`, before anything is touched
 */
export function checkKey(key: string): string {
  const good =
    key.length <= 512 &&
    key.split('/').every((part) => /^[A-Za-z0-9_][A-Za-z0-9._@=+-]{0,199}$/.test(part));
  if (!good) throw storageErrors.error('bad-key', { key: key.slice(0, 100) });
  return key;
}

/** As `checkKey`, for the beginning of a key; it may be empty or end in the middle of a name. */
export function checkPrefix(prefix: string): string {
  if (prefix !== '') checkKey(`${prefix}x`);
  return prefix;
}

/**
 * Cuts a range to the blob.
 * @returns first and last byte
 * @throws AppError `storage.bad-range`
 */
export function clampRange(range: BlobRange, size: number): { start: number; end: number } {
  const end = Math.min(range.end ?? size - 1, size - 1);
  const whole = Number.isSafeInteger(range.start) && Number.isSafeInteger(end);
  if (!whole || range.start < 0 || range.start > end) throw storageErrors.error('bad-range');
  return { start: range.start, end };
}
