import { Inject, Injectable } from '@nestjs/common';
import { Db } from '@platform/database';
import { OnSchedule, type ScheduleHandler } from '@platform/outbox';
import { BlobStore } from '@platform/storage';
import { collectBlobs } from '../blobs/collect-blobs';

/** Collects files that nobody needs, a batch at a time, every ten minutes. */
@Injectable()
@OnSchedule('media.collect-blobs', { everyMs: 600_000 })
export class CollectGarbage implements ScheduleHandler {
  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(BlobStore) private readonly store: BlobStore,
  ) {}

  async tick(): Promise<void> {
    await collectBlobs(this.db, this.store);
  }
}
