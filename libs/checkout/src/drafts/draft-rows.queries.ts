import type { StoreReader } from '@platform/database';

/** Ids of draft orders, the newest first; those that were deleted are left out. */
export async function listDrafts(
  store: StoreReader,
  { state, limit, before }: { state?: string; limit: number; before: string | null },
): Promise<string[]> {
  const rows = await store.query<{ id: string }>(
    `SELECT checkout_id AS id FROM checkouts
     WHERE store_id = $1 AND terms IS NOT NULL AND terms ->> 'kind' = 'draft' AND terms ->> 'deletedAt' IS NULL
       AND ($2::text IS NULL OR state = $2) AND ($3::uuid IS NULL OR checkout_id < $3)
     ORDER BY checkout_id DESC LIMIT $4`,
    [store.storeId, state ?? null, before, limit],
  );
  return rows.map(({ id }) => id);
}
