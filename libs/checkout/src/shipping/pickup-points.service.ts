import { Injectable } from '@nestjs/common';
import type { StoreReader, StoreWriter } from '@platform/database';
import { checkVersion } from '@platform/http';
import type { PickupPoint, PickupPointInput } from '../contract';
import type { Seen } from '../discounts/discounts.service';
import { shippingErrors } from './shipping.errors';

const columns = `location_id AS "locationId", enabled, title, address, instructions,
  ready_hours AS "readyHours", price_minor AS "priceMinor", created_at AS "createdAt",
  updated_at AS "updatedAt", version`;

/** Locations where shoppers fetch what they bought. */
@Injectable()
export class PickupPoints {
  /** By title. */
  list(store: StoreReader): Promise<PickupPoint[]> {
    return store.query<PickupPoint>(
      `SELECT ${columns} FROM pickup_points WHERE store_id = $1 ORDER BY title, location_id LIMIT 1000`,
      [store.storeId],
    );
  }

  /** @throws shipping.pickup-not-found */
  async get(store: StoreReader, locationId: string): Promise<PickupPoint> {
    const [found] = await store.query<PickupPoint>(
      `SELECT ${columns} FROM pickup_points WHERE store_id = $1 AND location_id = $2`,
      [store.storeId, locationId],
    );
    if (!found) throw shippingErrors.error('pickup-not-found');
    return found;
  }

  /**
   * Says how things are fetched at a location.
   * @throws shipping.location-not-found, http.version-conflict, http.version-mismatch
   */
  async put(
    store: StoreWriter,
    locationId: string,
    input: PickupPointInput,
    seen: Seen,
  ): Promise<PickupPoint> {
    const [place] = await store.query<{ version: number | null }>(
      `SELECT p.version FROM locations l
       LEFT JOIN pickup_points p ON p.store_id = l.store_id AND p.location_id = l.location_id
       WHERE l.store_id = $1 AND l.location_id = $2 FOR NO KEY UPDATE OF l`,
      [store.storeId, locationId],
    );
    if (!place) throw shippingErrors.error('location-not-found');
    checkVersion(place.version ?? 0, seen);
    const { enabled, title, address, instructions, readyHours, priceMinor } = input;
    await store.execute(
      `INSERT INTO pickup_points (store_id, location_id, enabled, title, address, instructions, ready_hours,
         price_minor)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
       ON CONFLICT (store_id, location_id) DO UPDATE SET enabled = $3, title = $4, address = $5,
         instructions = $6, ready_hours = $7, price_minor = $8, updated_at = now(),
         version = pickup_points.version + 1`,
      [
        store.storeId,
        locationId,
        enabled,
        title,
        JSON.stringify(address),
        instructions,
        readyHours,
        priceMinor,
      ],
    );
    const target = { kind: 'pickup-point', id: locationId };
    store.record({ action: 'pickup-point.set', target, after: { ...input } });
    return this.get(store, locationId);
  }

  /** @throws shipping.pickup-not-found */
  async delete(store: StoreWriter, locationId: string): Promise<void> {
    const { title } = await this.get(store, locationId);
    await store.execute('DELETE FROM pickup_points WHERE store_id = $1 AND location_id = $2', [
      store.storeId,
      locationId,
    ]);
    const target = { kind: 'pickup-point', id: locationId };
    store.record({ action: 'pickup-point.deleted', target, before: { title } });
  }
}
