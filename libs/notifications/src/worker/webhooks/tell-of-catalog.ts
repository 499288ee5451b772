import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { collection, inventoryLevel, product } from '@contract/catalog';
import {
  CollectionChanged,
  Collections,
  InventoryLevels,
  Products,
  ProductsChanged,
  StockChanged,
} from '@libs/catalog';
import { AppError } from '@libs/kernel';
import { type EventHandler, HandlesEvent, type JobContext } from '@platform/outbox';
import { type WebhookFact, WebhookRecorder } from '../../webhooks/webhook-recorder.service';
import { shaped } from './shaped';

/** products/create, products/update, products/delete */
@Injectable()
@HandlesEvent(ProductsChanged)
export class TellProductsChanged implements EventHandler<typeof ProductsChanged> {
  constructor(
    @Inject(WebhookRecorder) private readonly recorder: WebhookRecorder,
    @Inject(Products) private readonly products: Products,
  ) {}

  async handle(
    event: z.output<typeof ProductsChanged.payload>,
    context: JobContext,
  ): Promise<void> {
    const created = new Set(event.createdIds);
    const deleted = new Set(event.deletedIds);
    const topics = [
      ...(created.size > 0 ? (['products/create'] as const) : []),
      ...(deleted.size > 0 ? (['products/delete'] as const) : []),
      ...(event.productIds.length > created.size + deleted.size
        ? (['products/update'] as const)
        : []),
    ];
    await this.recorder.react(context, topics, async (store) => {
      const facts: WebhookFact[] = [];
      for (const id of event.productIds) {
        if (deleted.has(id)) {
          facts.push({ topic: 'products/delete', resourceId: id, payload: { id } });
          continue;
        }
        const found = await this.products.get(store, id).catch(goneMeanwhile);
        const topic = created.has(id) ? 'products/create' : 'products/update';
        if (found) facts.push({ topic, resourceId: id, payload: shaped(product, found) });
      }
      return facts;
    });
  }
}

const collectionTopics = {
  created: 'collections/create',
  updated: 'collections/update',
  deleted: 'collections/delete',
} as const;

/** collections/create, collections/update, collections/delete */
@Injectable()
@HandlesEvent(CollectionChanged)
export class TellCollectionChanged implements EventHandler<typeof CollectionChanged> {
  constructor(
    @Inject(WebhookRecorder) private readonly recorder: WebhookRecorder,
    @Inject(Collections) private readonly collections: Collections,
  ) {}

  async handle(
    { collectionId: id, change }: z.output<typeof CollectionChanged.payload>,
    context: JobContext,
  ): Promise<void> {
    const topic = collectionTopics[change];
    await this.recorder.react(context, [topic], async (store) => {
      if (change === 'deleted') return [{ topic, resourceId: id, payload: { id } }];
      const found = await this.collections.get(store, id).catch(goneMeanwhile);
      return found ? [{ topic, resourceId: id, payload: shaped(collection, found) }] : [];
    });
  }
}

/** inventory_levels/update */
@Injectable()
@HandlesEvent(StockChanged)
export class TellStockChanged implements EventHandler<typeof StockChanged> {
  constructor(
    @Inject(WebhookRecorder) private readonly recorder: WebhookRecorder,
    @Inject(InventoryLevels) private readonly levels: InventoryLevels,
  ) {}

  async handle(
    { itemIds }: z.output<typeof StockChanged.payload>,
    context: JobContext,
  ): Promise<void> {
    const topic = 'inventory_levels/update';
    await this.recorder.react(context, [topic], async (store) => {
      const levels = await this.levels.ofItems(store, itemIds);
      return levels.map((level) => ({
        topic,
        resourceId: `${level.itemId}:${level.locationId}`,
        payload: shaped(inventoryLevel, level),
      }));
    });
  }
}

/** What was deleted since is told of by its own event. */
function goneMeanwhile(error: unknown): null {
  const gone = ['catalog.product-not-found', 'catalog.collection-not-found'];
  if (error instanceof AppError && gone.includes(error.code)) return null;
  throw error;
}
