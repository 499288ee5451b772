import { setTimeout as wait } from 'node:timers/promises';
import type { Readable } from 'node:stream';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { type Page, decodeCursor, encodeCursor } from '@libs/kernel';
import {
  type Blob,
  type BlobEntry,
  type BlobHead,
  type BlobMeta,
  type BlobRange,
  BlobStore,
  checkKey,
  checkPrefix,
  clampRange,
  listPageSize,
} from './blob-store';
import { S3Multipart, readParts } from './s3-multipart';
import { storageErrors, unavailable } from './storage.errors';

/** Which bucket, and how the service behaves. */
export interface S3Options {
  bucket: string;
  region: string;
  /** Null for Amazon's own. */
  endpoint?: string | null;
  /** `https://host/bucket/key`, as most services beside Amazon's want it. */
  forcePathStyle?: boolean;
  /** Null lets the SDK find them: role of the machine, profile. */
  credentials?: { accessKeyId: string; secretAccessKey: string } | null;
  /** `WHEN_REQUIRED` unless the service understands Amazon's checksum trailers, which many do not. */
  requestChecksumCalculation?: 'WHEN_REQUIRED' | 'WHEN_SUPPORTED';
  /** Larger contents go up in parts of this many bytes; S3 wants at least 5 MB. */
  partBytes?: number;
}

const defaultPartBytes = 16 * 1024 * 1024;
/** Of a conditional write that met another writer (409), with 50 ms, doubled each time, between. */
const conflictAttempts = 6;

/** Keeps blobs in a bucket of S3 or of a service that speaks it, conditional writes (`If-None-Match`) included. */
export class S3BlobStore extends BlobStore {
  private readonly client: S3Client;
  private readonly bucket: string;
  private readonly partBytes: number;

  constructor(options: S3Options) {
    super();
    this.bucket = options.bucket;
    this.partBytes = options.partBytes ?? defaultPartBytes;
    this.client = new S3Client({
      region: options.region,
      ...(options.endpoint ? { endpoint: options.endpoint } : {}),
      ...(options.credentials ? { credentials: options.credentials } : {}),
      forcePathStyle: options.forcePathStyle ?? false,
      requestChecksumCalculation: options.requestChecksumCalculation ?? 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
      maxAttempts: 4,
    });
  }

  putIfAbsent(
    key: string,
    content: Buffer | Readable,
    meta: BlobMeta,
  ): Promise<'created' | 'existed'> {
    return this.write(checkKey(key), content, meta, true);
  }

  async put(key: string, content: Buffer | Readable, meta: BlobMeta): Promise<void> {
    await this.write(checkKey(key), content, meta, false);
  }

  async get(key: string, range?: BlobRange): Promise<Blob | null> {
    // Which ranges are wrong at any size is known here; the service judges the others.
    if (range) clampRange(range, Number.MAX_SAFE_INTEGER);
    const Range = range && `bytes=${range.start}-${range.end ?? ''}`;
    const found = await this.orNull(
      this.client.send(new GetObjectCommand({ Bucket: this.bucket, Key: checkKey(key), Range })),
    );
    if (!found) return null;
    const length = found.ContentLength ?? 0;
    const size = Number(found.ContentRange?.split('/')[1] ?? length);
    return { stream: found.Body as Readable, length, size, meta: metaOf(found) };
  }

  async head(key: string): Promise<BlobHead | null> {
    const found = await this.orNull(
      this.client.send(new HeadObjectCommand({ Bucket: this.bucket, Key: checkKey(key) })),
    );
    return found && { size: found.ContentLength ?? 0, meta: metaOf(found) };
  }

  async delete(key: string): Promise<void> {
    await this.orNull(
      this.client.send(new DeleteObjectCommand({ Bucket: this.bucket, Key: checkKey(key) })),
    );
  }

  async list(prefix: string, cursor?: string): Promise<Page<BlobEntry>> {
    const answer = await this.orNull(
      this.client.send(
        new ListObjectsV2Command({
          Bucket: this.bucket,
          Prefix: checkPrefix(prefix),
          MaxKeys: listPageSize,
          StartAfter: cursor === undefined ? undefined : String(decodeCursor(cursor, 1)[0]),
        }),
      ),
    );
    const items = (answer?.Contents ?? []).map(({ Key = '', Size = 0 }) => ({
      key: Key,
      size: Size,
    }));
    const last = answer?.IsTruncated ? items.at(-1) : undefined;
    return { items, nextCursor: last ? encodeCursor([last.key]) : null };
  }

  /** Gives its connections back. */
  close(): void {
    this.client.destroy();
  }

  private async write(
    key: string,
    content: Buffer | Readable,
    meta: BlobMeta,
    ifAbsent: boolean,
  ): Promise<'created' | 'existed'> {
    const parts = readParts(content, this.partBytes);
    const first = (await parts.next()).value ?? Buffer.alloc(0);
    const second = await parts.next();
    const target = { Bucket: this.bucket, Key: key, ...headers(meta) };
    const condition = ifAbsent ? { IfNoneMatch: '*' } : {};
    if (second.done) {
      const command = () => new PutObjectCommand({ ...target, ...condition, Body: first });
      return this.settle(key, () => this.client.send(command()));
    }
    if (ifAbsent && (await this.head(key))) {
      await parts.return();
      return 'existed';
    }
    const upload = await S3Multipart.begin(this.client, target);
    try {
      await upload.send([first, second.value], parts);
      const outcome = await this.settle(key, () => upload.complete(condition));
      if (outcome === 'existed') await upload.abort();
      return outcome;
    } catch (error) {
      await upload.abort();
      throw error;
    }
  }

  /** 412 says that it is there, perhaps since our own earlier try, whose answer was lost. */
  private async settle(key: string, send: () => Promise<unknown>): Promise<'created' | 'existed'> {
    for (let attempt = 1; ; attempt++) {
      try {
        await send();
        return 'created';
      } catch (error) {
        const status = statusOf(error);
        if (status === 412) return 'existed';
        // The answer to completing an upload in parts was lost: the upload is gone, the object is there.
        const gone = error instanceof S3ServiceException && error.name === 'NoSuchUpload';
        if (gone && (await this.head(key))) return 'existed';
        if (status !== 409 || attempt === conflictAttempts) throw unavailable(error);
        await wait(50 * 2 ** attempt * Math.random());
      }
    }
  }

  private async orNull<T>(work: Promise<T>): Promise<T | null> {
    try {
      return await work;
    } catch (error) {
      if (statusOf(error) === 404) return null;
      if (statusOf(error) === 416) throw storageErrors.error('bad-range', {}, { cause: error });
      throw unavailable(error);
    }
  }
}

function statusOf(error: unknown): number | undefined {
  return error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;
}

function headers({ contentType, contentEncoding, cacheControl }: BlobMeta) {
  return { ContentType: contentType, ContentEncoding: contentEncoding, CacheControl: cacheControl };
}

function metaOf(found: {
  ContentType?: string;
  ContentEncoding?: string;
  CacheControl?: string;
}): BlobMeta {
  return {
    contentType: found.ContentType ?? 'application/octet-stream',
    ...(found.ContentEncoding ? { contentEncoding: found.ContentEncoding } : {}),
    ...(found.CacheControl ? { cacheControl: found.CacheControl } : {}),
  };
}
