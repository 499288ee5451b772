import { Inject, Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { type Blob, BlobStore, openBlob } from '@platform/storage';
import { imageKey, imagePrefix, ladder } from '../images/ladder';

/** Files for browsers: assets of themes by the beginning of their hash, images by their size. */
@Injectable()
export class AssetFiles {
  private readonly hashes = new LRUCache<string, string>({ max: 50_000 });
  private readonly widths = new LRUCache<string, number[]>({ max: 50_000 });

  constructor(@Inject(BlobStore) private readonly store: BlobStore) {}

  /**
   * Opens an asset.
   * @param hash16 the first 16 hexadecimal digits of its SHA-256
   */
  async asset(hash16: string, acceptEncoding: string | undefined): ReturnType<typeof openBlob> {
    const known = this.hashes.get(hash16) ?? (await this.findHash(hash16));
    if (known === null) return null;
    this.hashes.set(hash16, known);
    return openBlob(this.store, known, acceptEncoding);
  }

  /**
   * Opens a size of an image: the smallest that is wide enough, else the widest there is. Nothing is made here.
   * @param width pixels; any number, snapped to the sizes that exist
   */
  async image(contentHash: string, width: number): Promise<Blob | null> {
    const widths = this.widths.get(contentHash) ?? (await this.findWidths(contentHash));
    if (widths.length === 0) return null;
    this.widths.set(contentHash, widths);
    const wanted = ladder.find((step) => step >= width) ?? Infinity;
    const chosen = widths.find((candidate) => candidate >= wanted) ?? widths.at(-1);
    return chosen === undefined ? null : this.store.get(imageKey(contentHash, chosen));
  }

  private async findHash(hash16: string): Promise<string | null> {
    const { items } = await this.store.list(`blobs/${hash16.slice(0, 2)}/${hash16}`);
    const plain = items.map(({ key }) => key.split('/').at(-1) ?? '');
    return plain.find((name) => /^[0-9a-f]{64}$/.test(name)) ?? null;
  }

  private async findWidths(contentHash: string): Promise<number[]> {
    const prefix = imagePrefix(contentHash);
    const { items } = await this.store.list(prefix);
    return items
      .map(({ key }) => Number.parseInt(key.slice(prefix.length), 10))
      .filter((width) => width > 0)
      .sort((a, b) => a - b);
  }
}
