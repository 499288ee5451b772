import type { StoreReader } from '@platform/database';

/** What a sale begins with where nobody says otherwise. */
export interface StoreDefaults {
  currency: string;
  locale: string;
}

/** Reads them. @throws Error when the store is gone */
export async function readStoreDefaults(store: StoreReader): Promise<StoreDefaults> {
  const [row] = await store.query<StoreDefaults>(
    'SELECT currency, locale FROM stores WHERE store_id = $1',
    [store.storeId],
  );
  if (!row) throw new Error('The store is not there.');
  return row;
}
