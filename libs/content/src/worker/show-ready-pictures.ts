import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { ImageReady } from '@libs/media';
import { Db } from '@platform/database';
import { type EventHandler, HandlesEvent, type JobContext } from '@platform/outbox';
import { Articles } from '../articles.service';
import { BlogChanged, MetaobjectsChanged } from '../content.events';
import { Metaobjects } from '../metaobjects/metaobjects.service';

/** Tells whoever keeps pages that an article or a metaobject has its picture now. */
@Injectable()
@HandlesEvent(ImageReady)
export class ShowReadyPictures implements EventHandler<typeof ImageReady> {
  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(Articles) private readonly articles: Articles,
    @Inject(Metaobjects) private readonly metaobjects: Metaobjects,
  ) {}

  async handle(
    { imageId }: z.output<typeof ImageReady.payload>,
    { storeId }: JobContext,
  ): Promise<void> {
    if (storeId === null) return;
    await this.db.write(storeId, async (store) => {
      for (const blogId of await this.articles.blogsShowing(store, imageId)) {
        store.publish(BlogChanged, { blogId });
      }
      for (const type of await this.metaobjects.typesShowing(store, imageId)) {
        store.publish(MetaobjectsChanged, { type });
      }
    });
  }
}
