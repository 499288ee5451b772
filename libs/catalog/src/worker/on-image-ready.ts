import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { ImageReady } from '@libs/media';
import { Db } from '@platform/database';
import { type EventHandler, HandlesEvent, type JobContext } from '@platform/outbox';
import { CollectionChanged, ProductsChanged } from '../catalog.events';
import { findShownBy } from '../image-use.queries';

/** Tells whoever keeps pages that a product or a collection has its picture now. */
@Injectable()
@HandlesEvent(ImageReady)
export class OnImageReady implements EventHandler<typeof ImageReady> {
  constructor(@Inject(Db) private readonly db: Db) {}

  async handle(
    { imageId }: z.output<typeof ImageReady.payload>,
    { storeId }: JobContext,
  ): Promise<void> {
    if (storeId === null) return;
    await this.db.write(storeId, async (store) => {
      const { productIds, collectionIds, own } = await findShownBy(store, imageId);
      if (productIds.length > 0) store.publish(ProductsChanged, { productIds, collectionIds });
      for (const collectionId of own) store.publish(CollectionChanged, { collectionId });
    });
  }
}
