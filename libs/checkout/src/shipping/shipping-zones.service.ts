import { Injectable } from '@nestjs/common';
import { newId } from '@libs/kernel';
import { changedFields } from '@platform/audit';
import type { StoreReader, StoreWriter } from '@platform/database';
import { checkVersion } from '@platform/http';
import type { ShippingRate, ShippingZone, ShippingZoneInput } from '../contract';
import type { Seen } from '../discounts/discounts.service';
import { checkZone, sharedPlace } from './check-zone';
import { shippingErrors } from './shipping.errors';

const columns = `zone_id AS id, name, countries, rest_of_world AS "restOfWorld", rates,
  created_at AS "createdAt", updated_at AS "updatedAt", version`;

/** Where a store sends to, and at which rates. */
@Injectable()
export class ShippingZones {
  /** Oldest first; there are few. */
  list(store: StoreReader): Promise<ShippingZone[]> {
    return store.query<ShippingZone>(
      `SELECT ${columns} FROM shipping_zones WHERE store_id = $1 ORDER BY zone_id LIMIT 250`,
      [store.storeId],
    );
  }

  /** @throws shipping.zone-not-found */
  async get(store: StoreReader, id: string): Promise<ShippingZone> {
    const [found] = await store.query<ShippingZone>(
      `SELECT ${columns} FROM shipping_zones WHERE store_id = $1 AND zone_id = $2`,
      [store.storeId, id],
    );
    if (!found) throw shippingErrors.error('zone-not-found');
    return found;
  }

  /** @throws shipping.bad-zone, shipping.country-taken, shipping.rest-taken */
  async create(store: StoreWriter, input: ShippingZoneInput): Promise<ShippingZone> {
    const id = newId();
    await this.check(store, id, input);
    const { name, countries, restOfWorld } = input;
    await store.execute(
      `INSERT INTO shipping_zones (store_id, zone_id, name, countries, rest_of_world, rates)
       VALUES ($1, $2, $3, $4, $5, $6)`,
      [
        store.storeId,
        id,
        name,
        JSON.stringify(countries),
        restOfWorld,
        JSON.stringify(withIds(input.rates, [])),
      ],
    );
    const target = { kind: 'shipping-zone', id };
    store.record({ action: 'shipping-zone.created', target, after: { ...input } });
    return this.get(store, id);
  }

  /** @throws shipping.zone-not-found, http.version-conflict, http.version-mismatch and what `create` throws */
  async update(
    store: StoreWriter,
    id: string,
    patch: Partial<ShippingZoneInput>,
    seen: Seen,
  ): Promise<ShippingZone> {
    const before = await this.get(store, id);
    checkVersion(before.version, seen);
    const next = { ...before, ...patch };
    await this.check(store, id, next);
    const changed = await store.execute(
      `UPDATE shipping_zones SET name = $4, countries = $5, rest_of_world = $6, rates = $7, updated_at = now(),
         version = version + 1
       WHERE store_id = $1 AND zone_id = $2 AND version = $3`,
      [
        store.storeId,
        id,
        before.version,
        next.name,
        JSON.stringify(next.countries),
        next.restOfWorld,
        JSON.stringify(withIds(next.rates, before.rates)),
      ],
    );
    if (changed === 0) checkVersion(before.version + 1, { version: before.version });
    const after = await this.get(store, id);
    const changes = changedFields(plain(before), plain(after));
    store.record({
      action: 'shipping-zone.updated',
      target: { kind: 'shipping-zone', id },
      ...changes,
    });
    return after;
  }

  /** @throws shipping.zone-not-found */
  async delete(store: StoreWriter, id: string): Promise<void> {
    const { name } = await this.get(store, id);
    await store.execute('DELETE FROM shipping_zones WHERE store_id = $1 AND zone_id = $2', [
      store.storeId,
      id,
    ]);
    const target = { kind: 'shipping-zone', id };
    store.record({ action: 'shipping-zone.deleted', target, before: { name } });
  }

  /** Zones are compared with one another, so one of them is written at a time. */
  private async check(store: StoreWriter, id: string, input: ShippingZoneInput): Promise<void> {
    const [row] = await store.query<{ currency: string }>(
      'SELECT currency FROM stores WHERE store_id = $1 FOR NO KEY UPDATE',
      [store.storeId],
    );
    checkZone(input, row?.currency ?? 'EUR');
    for (const zone of await this.list(store)) {
      if (zone.id === id) continue;
      if (input.restOfWorld && zone.restOfWorld) {
        throw shippingErrors.error('rest-taken', { zone: zone.name }, { field: 'restOfWorld' });
      }
      const place = sharedPlace(input.countries, zone.countries);
      if (place !== null) {
        const words = { place, zone: zone.name };
        throw shippingErrors.error('country-taken', words, { field: 'countries' });
      }
    }
  }
}

/** A rate keeps the id that it brings when the zone has it; checkouts know rates by id. */
function withIds(
  rates: ShippingZoneInput['rates'],
  known: readonly Pick<ShippingRate, 'id'>[],
): ShippingRate[] {
  const ids = new Set(known.map(({ id }) => id));
  return rates.map((rate) => ({
    ...rate,
    id: rate.id !== undefined && ids.has(rate.id) ? rate.id : newId(),
  }));
}

function plain({ name, countries, restOfWorld, rates }: ShippingZone) {
  return { name, countries, restOfWorld, rates };
}
