import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { StoreCreated, Stores } from '@libs/stores';
import { Db } from '@platform/database';
import { type EventHandler, HandlesEvent } from '@platform/outbox';
import { defaultZone } from '../shipping/default-zone';
import { ShippingZones } from '../shipping/shipping-zones.service';

/** Gives a new store the zone with which it can sell in its own country. */
@Injectable()
@HandlesEvent(StoreCreated)
export class GiveFirstZone implements EventHandler<typeof StoreCreated> {
  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(Stores) private readonly stores: Stores,
    @Inject(ShippingZones) private readonly zones: ShippingZones,
  ) {}

  async handle({ storeId }: z.output<typeof StoreCreated.payload>): Promise<void> {
    await this.db.write(storeId, async (store) => {
      const { country, currency } = await this.stores.get(store);
      if ((await this.zones.list(store)).length > 0) return;
      await this.zones.create(store, defaultZone(country, currency));
    });
  }
}
