import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { AppError, type Clock } from '@libs/kernel';
import { CLOCK } from '@libs/platform';
import { CONFIG, type Config } from '@platform/config';
import { Db } from '@platform/database';
import { safeFetch } from '@platform/fetch';
import { HandlesJob, type JobContext, type JobHandler, RetryAt } from '@platform/outbox';
import { type Image, Images } from '../images/images.service';
import { Originals } from '../images/originals.service';
import { inspectImage, makeSizes, mostImageBytes } from '../images/resize';
import { mediaErrors } from '../media.errors';
import { ProcessImage } from '../process-image.job';

const fetchTimeoutMs = 20_000;

/** When a try that failed for a passing reason is made again: minutes after the first, second … */
const waitMinutes = [1, 10, 60, 360, 1440, 2880];

/**
 * Fetches an image and makes its sizes. A fault that will pass leaves it pending with a reason and a next time; one
 * that will not marks it failed. Either way the product that shows it is not touched.
 */
@Injectable()
@HandlesJob(ProcessImage)
export class ProcessImageJob implements JobHandler<typeof ProcessImage> {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(Db) private readonly db: Db,
    @Inject(Images) private readonly images: Images,
    @Inject(Originals) private readonly originals: Originals,
  ) {}

  async run(
    { imageId }: z.output<typeof ProcessImage.payload>,
    { storeId, signal }: JobContext,
  ): Promise<void> {
    if (storeId === null) return;
    const [image] = await this.db.read(storeId, (store) => this.images.find(store, [imageId]));
    if (!image || image.state !== 'pending') return;
    try {
      const bytes = await this.bytesOf(image, signal);
      const original = await inspectImage(bytes);
      const sizes = await makeSizes(bytes, original);
      const hash = await this.originals.keep(bytes, original.mime);
      await this.originals.keepSizes(hash, sizes);
      await this.db.write(storeId, (store) =>
        this.images.finish(store, imageId, hash, { ...original, bytes: bytes.length }),
      );
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      await this.fail(storeId, image, error);
    }
  }

  private async bytesOf(image: Image, signal: AbortSignal): Promise<Buffer> {
    if (image.contentHash !== null) {
      const bytes = await this.originals.read(image.contentHash);
      if (bytes) return bytes;
    }
    if (image.sourceUrl === null) throw mediaErrors.error('image-not-found');
    const { body } = await safeFetch(image.sourceUrl, {
      maxBytes: mostImageBytes,
      timeoutMs: fetchTimeoutMs,
      allowPrivate: this.config.fetch.allowPrivate,
      signal,
    });
    return body;
  }

  private async fail(storeId: string, image: Image, error: AppError): Promise<void> {
    const wait = isPassing(error) ? waitMinutes[image.attempts] : undefined;
    const nextAt = wait === undefined ? null : new Date(this.clock.now().getTime() + wait * 60_000);
    await this.db.write(storeId, (store) =>
      this.images.fail(store, image.id, { code: error.code, message: error.message, nextAt }),
    );
    if (nextAt) throw new RetryAt(nextAt, error.message);
  }
}

/** Whether asking again later may help: the other side was unreachable, busy or broken, not wrong. */
function isPassing(error: AppError): boolean {
  if (error.code === 'fetch.bad-status') {
    const status = Number(error.params.status);
    return status >= 500 || status === 429 || status === 408;
  }
  return ['unavailable', 'internal', 'limited'].includes(error.kind);
}
