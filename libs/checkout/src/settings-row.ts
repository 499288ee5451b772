import { changedFields } from '@platform/audit';
import type { StoreReader, StoreWriter } from '@platform/database';
import { checkVersion } from '@platform/http';
import type { Seen } from './discounts/discounts.service';

/** The tables that hold one row of settings a store. */
type SettingsTable = 'shipping_settings' | 'tax_settings';

/** A store's settings, filled up with what counts without a row; version 0 is a store that decided nothing yet. */
export async function readSettings<T extends object>(
  store: StoreReader,
  table: SettingsTable,
  defaults: T,
): Promise<T & { version: number }> {
  const [row] = await store.query<{ settings: Partial<T>; version: number }>(
    `SELECT settings, version FROM ${table} WHERE store_id = $1`,
    [store.storeId],
  );
  return { ...defaults, ...row?.settings, version: row?.version ?? 0 };
}

/** Changes some of a store's settings. @throws http.version-conflict, http.version-mismatch */
export async function writeSettings<T extends object>(
  store: StoreWriter,
  table: SettingsTable,
  { defaults, patch, seen }: { defaults: T; patch: Partial<T>; seen: Seen },
): Promise<T & { version: number }> {
  await store.query('SELECT FROM stores WHERE store_id = $1 FOR NO KEY UPDATE', [store.storeId]);
  const before = await readSettings(store, table, defaults);
  checkVersion(before.version, seen);
  const { version: _, ...kept } = before;
  const settings = { ...kept, ...patch };
  await store.execute(
    `INSERT INTO ${table} (store_id, settings) VALUES ($1, $2)
     ON CONFLICT (store_id) DO UPDATE SET settings = $2, updated_at = now(), version = ${table}.version + 1`,
    [store.storeId, JSON.stringify(settings)],
  );
  const after = await readSettings(store, table, defaults);
  const kind = table.replace('_', '-');
  store.record({
    action: `${kind}.updated`,
    target: { kind, id: store.storeId },
    ...changedFields<object>(kept, settings),
  });
  return after;
}
