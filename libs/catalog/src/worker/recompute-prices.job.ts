import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { StoreChanged } from '@libs/stores';
import { Db } from '@platform/database';
import {
  type EventHandler,
  HandlesEvent,
  HandlesJob,
  type JobContext,
  type JobHandler,
  OnSchedule,
  type ScheduleHandler,
} from '@platform/outbox';
import { ProductsChanged } from '../catalog.events';
import { noteDiscountsNow } from '../pricing/general-discounts.queries';
import { recomputePriceFacts } from '../pricing/price-facts.queries';
import { recomputeFacts } from '../pricing/recompute-price-facts.job';

const everyMs = 24 * 60 * 60 * 1_000;

/** Every night each store's prior prices are computed again from its ledger. */
@Injectable()
@OnSchedule('catalog.recompute-price-facts', { everyMs })
export class RecomputePricesNightly implements ScheduleHandler {
  constructor(@Inject(Db) private readonly db: Db) {}

  async tick(): Promise<void> {
    await this.db.acrossStores('compute prior prices again', async (tx) => {
      const stores = await tx.query<{ storeId: string }>(
        `SELECT store_id AS "storeId" FROM stores WHERE state <> 'closed'`,
      );
      for (const { storeId } of stores)
        tx.enqueue(recomputeFacts, {}, { storeId, dedupeKey: 'facts' });
    });
  }
}

/** Computes one store's prior prices. Pages are stale only where one differed. */
@Injectable()
@HandlesJob(recomputeFacts)
export class RunRecomputePrices implements JobHandler<typeof recomputeFacts> {
  constructor(@Inject(Db) private readonly db: Db) {}

  async run(_payload: object, { storeId }: JobContext): Promise<void> {
    if (storeId === null) throw new Error('prices always belong to a store');
    await this.db.write(storeId, async (store) => {
      const changed = await recomputePriceFacts(store);
      await noteDiscountsNow(store);
      if (changed > 0) store.publish(ProductsChanged, { productIds: [], collectionIds: [] });
    });
  }
}

/** A store that moves to another country comes under that country's rule. */
@Injectable()
@HandlesEvent(StoreChanged)
export class RecomputeForChangedStore implements EventHandler<typeof StoreChanged> {
  constructor(@Inject(Db) private readonly db: Db) {}

  async handle({ storeId }: z.output<typeof StoreChanged.payload>): Promise<void> {
    await this.db.write(storeId, async (store) => {
      store.enqueue(recomputeFacts, {}, { dedupeKey: 'facts' });
    });
  }
}
