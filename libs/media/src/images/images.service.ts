import { Injectable } from '@nestjs/common';
import { newId } from '@libs/kernel';
import type { StoreReader, StoreWriter } from '@platform/database';
import { mediaErrors } from '../media.errors';
import { ImageFailed, ImageReady } from '../media.events';
import { ProcessImage } from '../process-image.job';
import { imageUrl } from './ladder';
import type { Original } from './resize';

/** An image as its store's staff see it. */
export interface Image {
  id: string;
  sourceUrl: string | null;
  state: 'pending' | 'ready' | 'failed';
  contentHash: string | null;
  width: number | null;
  height: number | null;
  errorCode: string | null;
  error: string | null;
  attempts: number;
  nextAt: Date | null;
}

/** What a page needs to show an image. */
export interface ReadyImage {
  /** Address with `{width}` in it. */
  src: string;
  width: number;
  height: number;
}

const columns = `image_id AS id, source_url AS "sourceUrl", state, content_hash AS "contentHash", width,
  height, error_code AS "errorCode", error, attempts, next_at AS "nextAt"`;

/** The images of a store. */
@Injectable()
export class Images {
  /** Asks for images by their addresses; each is fetched by a job of its own. Returns their ids in the same order. */
  async request(store: StoreWriter, sourceUrls: string[]): Promise<string[]> {
    const rows = sourceUrls.map((source_url) => ({ image_id: newId(), source_url }));
    await store.execute(
      `INSERT INTO images (store_id, image_id, source_url)
       SELECT $1, image_id, source_url FROM jsonb_to_recordset($2) AS i (image_id uuid, source_url text)`,
      [store.storeId, JSON.stringify(rows)],
    );
    for (const { image_id } of rows) this.process(store, image_id);
    return rows.map(({ image_id }) => image_id);
  }

  /** Takes an original that was uploaded and stored under its hash; its sizes are made by a job. */
  async add(
    store: StoreWriter,
    contentHash: string,
    original: Original & { bytes: number },
  ): Promise<Image> {
    const [image] = await store.query<Image>(
      `INSERT INTO images (store_id, image_id, content_hash, mime, width, height, bytes)
       VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING ${columns}`,
      [
        store.storeId,
        newId(),
        contentHash,
        original.mime,
        original.width,
        original.height,
        original.bytes,
      ],
    );
    this.process(store, (image as Image).id);
    return image as Image;
  }

  /** @throws media.image-not-found */
  async get(store: StoreReader, imageId: string): Promise<Image> {
    const [image] = await this.find(store, [imageId]);
    if (!image) throw mediaErrors.error('image-not-found');
    return image;
  }

  /** The images of these ids that exist. */
  find(store: StoreReader, imageIds: string[]): Promise<Image[]> {
    return store.query<Image>(
      `SELECT ${columns} FROM images WHERE store_id = $1 AND image_id = ANY ($2)`,
      [store.storeId, imageIds],
    );
  }

  /** The store's images, newest first. */
  list(
    store: StoreReader,
    { limit, before, state }: { limit: number; before: string | null; state: string | null },
  ): Promise<Image[]> {
    return store.query<Image>(
      `SELECT ${columns} FROM images
       WHERE store_id = $1 AND ($2::uuid IS NULL OR image_id < $2) AND ($3::text IS NULL OR state = $3)
       ORDER BY image_id DESC LIMIT $4`,
      [store.storeId, before, state, limit],
    );
  }

  /** Tries a failed image again. Throws media.image-not-found. */
  async retry(store: StoreWriter, imageId: string): Promise<Image> {
    const [image] = await store.query<Image>(
      `UPDATE images SET state = CASE state WHEN 'ready' THEN state ELSE 'pending' END, attempts = 0,
         error_code = NULL, error = NULL, next_at = NULL, updated_at = now()
       WHERE store_id = $1 AND image_id = $2 RETURNING ${columns}`,
      [store.storeId, imageId],
    );
    if (!image) throw mediaErrors.error('image-not-found');
    if (image.state !== 'ready') this.process(store, imageId);
    return image;
  }

  /** Notes that all sizes are stored. */
  async finish(
    store: StoreWriter,
    imageId: string,
    contentHash: string,
    original: Original & { bytes: number },
  ): Promise<void> {
    const changed = await store.execute(
      `UPDATE images SET state = 'ready', content_hash = $3, mime = $4, width = $5, height = $6, bytes = $7,
         error_code = NULL, error = NULL, next_at = NULL, updated_at = now()
       WHERE store_id = $1 AND image_id = $2 AND state = 'pending'`,
      [
        store.storeId,
        imageId,
        contentHash,
        original.mime,
        original.width,
        original.height,
        original.bytes,
      ],
    );
    if (changed === 1) store.publish(ImageReady, { imageId });
  }

  /** Notes a try that failed; `nextAt` null means that there will be no other. */
  async fail(
    store: StoreWriter,
    imageId: string,
    fault: { code: string; message: string; nextAt: Date | null },
  ): Promise<void> {
    const { code, message, nextAt } = fault;
    const changed = await store.execute(
      `UPDATE images SET state = CASE WHEN $5::timestamptz IS NULL THEN 'failed' ELSE 'pending' END,
         error_code = $3, error = $4, next_at = $5, attempts = attempts + 1, updated_at = now()
       WHERE store_id = $1 AND image_id = $2 AND state = 'pending'`,
      [store.storeId, imageId, code, message, nextAt],
    );
    if (changed === 1 && nextAt === null) store.publish(ImageFailed, { imageId, code, message });
  }

  /** What pages need of the ready ones among these, by id. */
  async ready(store: StoreReader, imageIds: string[]): Promise<Map<string, ReadyImage>> {
    const images = await this.find(store, imageIds);
    return new Map(
      images.flatMap(({ id, state, contentHash, width, height }) =>
        state === 'ready' && contentHash !== null && width !== null && height !== null
          ? [[id, { src: imageUrl(contentHash), width, height }] as const]
          : [],
      ),
    );
  }

  private process(store: StoreWriter, imageId: string): void {
    store.enqueue(ProcessImage, { imageId }, { dedupeKey: imageId });
  }
}
