import { Injectable } from '@nestjs/common';
import { newId } from '@libs/kernel';
import { changedFields } from '@platform/audit';
import type { StoreReader, StoreWriter } from '@platform/database';
import { checkVersion } from '@platform/http';
import { catalogErrors } from '../catalog.errors';
import type { Location } from '../contract/inventory.contract';
import { ensureDefaultLocation } from './stock-rows.queries';

const columns = `location_id AS id, name, is_default AS "isDefault", priority,
  delivers_to AS "deliversTo", to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "createdAt", version`;

/** What merchants say of a location. */
type LocationFields = Pick<Location, 'name' | 'priority' | 'deliversTo'>;

/** Where a store keeps its stock. */
@Injectable()
export class Locations {
  /** By priority; a store that has counted nothing yet has none. */
  list(store: StoreReader): Promise<Location[]> {
    return store.query<Location>(
      `SELECT ${columns} FROM locations WHERE store_id = $1
       ORDER BY is_default DESC, priority, location_id LIMIT 1000`,
      [store.storeId],
    );
  }

  /** Adds a location; the default one comes first of all. */
  async create(store: StoreWriter, fields: LocationFields): Promise<Location> {
    const { name, priority, deliversTo } = fields;
    await ensureDefaultLocation(store);
    const [location] = await store.query<Location>(
      `INSERT INTO locations (store_id, location_id, name, priority, delivers_to)
       VALUES ($1, $2, $3, $4, $5) RETURNING ${columns}`,
      [store.storeId, newId(), name, priority, deliversTo],
    );
    const made = location as Location;
    const target = { kind: 'location', id: made.id };
    store.record({ action: 'location.created', target, after: fields });
    return made;
  }

  /** @throws catalog.location-not-found, http.version-conflict, http.version-mismatch */
  async update(
    store: StoreWriter,
    id: string,
    patch: Partial<LocationFields>,
    seen: { version?: number; ifMatch?: string },
  ): Promise<Location> {
    const [before] = await store.query<Location>(
      `SELECT ${columns} FROM locations WHERE store_id = $1 AND location_id = $2 FOR UPDATE`,
      [store.storeId, id],
    );
    if (!before) throw catalogErrors.error('location-not-found');
    checkVersion(before.version, seen);
    const { name, priority, deliversTo } = { ...before, ...patch };
    const [after] = await store.query<Location>(
      `UPDATE locations SET name = $3, priority = $4, delivers_to = $5, version = version + 1
       WHERE store_id = $1 AND location_id = $2 RETURNING ${columns}`,
      [store.storeId, id, name, priority, deliversTo],
    );
    const changes = changedFields(
      { name: before.name, priority: before.priority, deliversTo: before.deliversTo },
      { name, priority, deliversTo },
    );
    store.record({ action: 'location.updated', target: { kind: 'location', id }, ...changes });
    return after as Location;
  }
}
