import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import type { StoreWriter } from '@platform/database';
import { BlobStore, blobKey, publishBlob } from '@platform/storage';
import { privateKey } from './private-key';

/** Bytes to be published. */
export interface NewBlob {
  bytes: Buffer;
  mime: string;
  /** Kept from browsers: what only the platform reads, such as the sources of a theme. */
  private?: boolean;
}

/** Who needs a blob; when nobody does any more it is collected. */
export interface BlobOwner {
  kind: string;
  id: string;
}

/** Uploads at the same time, from one publisher. */
const parallel = 8;

/**
 * Files under the hash of their content (domains.md, 7.1). A publisher first claims, which keeps the collector away,
 * then uploads, then writes down what refers to the files.
 */
@Injectable()
export class Blobs {
  constructor(@Inject(BlobStore) private readonly store: BlobStore) {}

  /** SHA-256, hexadecimal. */
  hashOf(bytes: Buffer): string {
    return createHash('sha256').update(bytes).digest('hex');
  }

  /** Says that the owner needs these, whether or not they are there yet; condemned ones come back to life. */
  async claim(store: StoreWriter, owner: BlobOwner, blobs: NewBlob[]): Promise<string[]> {
    const rows = new Map(
      blobs.map(({ bytes, mime }) => {
        const hash = this.hashOf(bytes);
        return [hash, { hash, size: bytes.length, mime }] as const;
      }),
    );
    // In the order of their hashes, so that two publishers of the same files cannot wait for each other.
    const sorted = JSON.stringify([...rows.values()].sort((a, b) => (a.hash < b.hash ? -1 : 1)));
    await store.execute(
      `INSERT INTO blobs (hash, size, mime)
       SELECT hash, size, mime FROM jsonb_to_recordset($1) AS b (hash text, size bigint, mime text)
       ON CONFLICT (hash) DO UPDATE SET condemned_at = NULL`,
      [sorted],
    );
    await store.execute(
      `INSERT INTO blob_refs (store_id, owner_kind, owner_id, hash)
       SELECT $1, $2, $3, hash FROM jsonb_to_recordset($4) AS b (hash text) ON CONFLICT DO NOTHING`,
      [store.storeId, owner.kind, owner.id, sorted],
    );
    return [...rows.keys()];
  }

  /** Gives up what the owner needed. */
  async release(store: StoreWriter, owner: BlobOwner): Promise<void> {
    await store.execute(
      'DELETE FROM blob_refs WHERE store_id = $1 AND owner_kind = $2 AND owner_id = $3',
      [store.storeId, owner.kind, owner.id],
    );
  }

  /** Uploads what is not there yet, the largest first. */
  async upload(blobs: NewBlob[]): Promise<void> {
    const queue = [...blobs].sort((a, b) => b.bytes.length - a.bytes.length);
    const work = async (): Promise<void> => {
      for (let blob = queue.shift(); blob; blob = queue.shift()) {
        if (blob.private === true) await this.keep(blob);
        else await publishBlob(this.store, blob.bytes, { mime: blob.mime });
      }
    };
    await Promise.all(Array.from({ length: parallel }, work));
  }

  /**
   * Opens a file of the platform's own, private or not; the stream must be read or destroyed.
   * @returns null when there is none
   */
  async open(hash: string): Promise<Readable | null> {
    const blob = (await this.store.get(privateKey(hash))) ?? (await this.store.get(blobKey(hash)));
    return blob?.stream ?? null;
  }

  private async keep({ bytes, mime }: NewBlob): Promise<void> {
    const key = privateKey(this.hashOf(bytes));
    if ((await this.store.head(key)) !== null) return;
    await this.store.putIfAbsent(key, bytes, { contentType: mime });
  }
}
