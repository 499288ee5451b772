import type { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import { Blobs } from '@libs/media';
import type { StoreWriter } from '@platform/database';
import type { NewBlob } from '@libs/media';
import { buildArchive } from './upload/build-archive';
import type { ThemeVersionEntity } from './theme-version.entity';
import { themesErrors } from './themes.errors';

const ownerKind = 'theme-version';

/**
 * The files behind versions, and behind builds of them under ids of their own: claimed before they are uploaded, given
 * up when the version or the build goes.
 */
@Injectable()
export class ThemeFileKeeper {
  constructor(@Inject(Blobs) private readonly blobs: Blobs) {}

  /** Keeps the collector away from files that a version is about to need, and notes that it is only about to. */
  async claim(store: StoreWriter, versionId: string, blobs: NewBlob[]): Promise<void> {
    await store.execute('INSERT INTO theme_uploads (store_id, version_id) VALUES ($1, $2)', [
      store.storeId,
      versionId,
    ]);
    await this.blobs.claim(store, { kind: ownerKind, id: versionId }, blobs);
  }

  /** The version stands for its files from now on. */
  async settle(store: StoreWriter, versionId: string): Promise<void> {
    await store.execute('DELETE FROM theme_uploads WHERE store_id = $1 AND version_id = $2', [
      store.storeId,
      versionId,
    ]);
  }

  /** Gives the files up: of a version that is gone, or that never came to be. */
  async release(store: StoreWriter, versionId: string): Promise<void> {
    await this.blobs.release(store, { kind: ownerKind, id: versionId });
    await this.settle(store, versionId);
  }

  /** Uploads what is not there yet. */
  upload(blobs: NewBlob[]): Promise<void> {
    return this.blobs.upload(blobs);
  }

  /** A version's sources as a zip, packed as it is read. */
  archive({ manifest, createdAt }: ThemeVersionEntity): Readable {
    const paths = Object.keys(manifest).sort();
    const files = paths.map((path) => {
      const { hash = '', size = 0 } = manifest[path] ?? {};
      return { path, size, open: () => this.open(hash) };
    });
    return buildArchive(files, createdAt);
  }

  /** Opens a file of a version. @throws themes.artefact-refused when it is lost */
  async open(hash: string): Promise<Readable> {
    const stream = await this.blobs.open(hash);
    if (!stream) throw themesErrors.error('artefact-refused');
    return stream;
  }
}
