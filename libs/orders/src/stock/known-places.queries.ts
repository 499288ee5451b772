import type { StoreReader } from '@platform/database';
import { ordersErrors } from '../orders.errors';

/** A place as a request names it, with the path of the field that does. */
export interface NamedPlace {
  locationId: string | null | undefined;
  field: string;
}

/**
 * Refuses places that the store has not. What is not counted lies nowhere, so that no unit would tell.
 * @throws orders.location-not-found, with the first such field
 */
export async function refuseUnknownPlaces(
  store: StoreReader,
  named: readonly NamedPlace[],
): Promise<void> {
  const asked = named.flatMap(({ locationId }) => locationId ?? []);
  if (asked.length === 0) return;
  const rows = await store.query<{ id: string }>(
    'SELECT location_id AS id FROM locations WHERE store_id = $1 AND location_id = ANY ($2)',
    [store.storeId, asked],
  );
  const known = new Set(rows.map(({ id }) => id));
  const unknown = named.find(({ locationId }) => locationId && !known.has(locationId));
  if (unknown) throw ordersErrors.error('location-not-found', {}, { field: unknown.field });
}
