import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { Inject, Injectable } from '@nestjs/common';
import { BlobStore } from '@platform/storage';
import { imageKey, originalKey } from './ladder';
import type { ImageSize } from './resize';

/** A size's address never changes its content (RFC 8246). */
const forever = 'public, max-age=31536000, immutable';

/** The bytes of images: private originals, and the sizes that are served. */
@Injectable()
export class Originals {
  constructor(@Inject(BlobStore) private readonly blobs: BlobStore) {}

  /** Keeps an original; returns its SHA-256, hexadecimal. */
  async keep(bytes: Buffer, mime: string): Promise<string> {
    const hash = createHash('sha256').update(bytes).digest('hex');
    await this.blobs.putIfAbsent(originalKey(hash), bytes, { contentType: mime });
    return hash;
  }

  /** An original by its hash, or null. */
  async read(hash: string): Promise<Buffer | null> {
    const blob = await this.blobs.get(originalKey(hash));
    return blob ? buffer(Readable.from(blob.stream)) : null;
  }

  /** Keeps the sizes of an image. */
  async keepSizes(hash: string, sizes: ImageSize[]): Promise<void> {
    for (const { width, bytes } of sizes) {
      await this.blobs.putIfAbsent(imageKey(hash, width), bytes, {
        contentType: 'image/webp',
        cacheControl: forever,
      });
    }
  }
}
