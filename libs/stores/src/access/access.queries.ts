import type { Queries } from '@platform/database';

/** What a person may do in one place. */
export interface Access {
  organizationId: string;
  permissions: string[];
  /** The stores that they may enter; null for all of the organization. */
  storeIds: string[] | null;
}

/**
 * What a person may do in a store.
 * @param tx opened on that store
 * @returns null when the store is not theirs, which is answered like a store that does not exist
 */
export async function findStoreAccess(
  tx: Queries,
  userId: string,
  storeId: string,
): Promise<Access | null> {
  const [row] = await tx.query<Access>(
    `SELECT m.organization_id AS "organizationId", r.permissions, m.store_ids AS "storeIds"
     FROM stores s
     JOIN members m ON m.organization_id = s.organization_id AND m.user_id = $1
       AND (m.store_ids IS NULL OR s.store_id = ANY (m.store_ids))
     JOIN roles r ON r.organization_id = m.organization_id AND r.role_id = m.role_id
     WHERE s.store_id = $2 AND s.state <> 'closed'`,
    [userId, storeId],
  );
  return row ?? null;
}

/** What a person may do in an organization, or null when they are no member. */
export async function findOrganizationAccess(
  tx: Queries,
  userId: string,
  organizationId: string,
): Promise<Access | null> {
  const [row] = await tx.query<Access>(
    `SELECT m.organization_id AS "organizationId", r.permissions, m.store_ids AS "storeIds"
     FROM members m
     JOIN roles r ON r.organization_id = m.organization_id AND r.role_id = m.role_id
     WHERE m.organization_id = $2 AND m.user_id = $1`,
    [userId, organizationId],
  );
  return row ?? null;
}

/**
 * How many of these stores belong to the organization.
 * @param tx opened across stores
 */
export async function countOwnStores(
  tx: Queries,
  organizationId: string,
  storeIds: string[],
): Promise<number> {
  const [row] = await tx.query<{ n: number }>(
    'SELECT count(*)::int AS n FROM stores WHERE organization_id = $1 AND store_id = ANY ($2)',
    [organizationId, storeIds],
  );
  return row?.n ?? 0;
}

/** A store in a person's list, with what they may do there. */
export interface MyStore {
  id: string;
  organizationId: string;
  handle: string;
  name: string;
  state: string;
  currency: string;
  permissions: string[];
}

/**
 * The stores that a person may enter, oldest first.
 * @param tx opened across stores
 * @param after the id of the last store of the page before
 */
export function listMyStores(
  tx: Queries,
  userId: string,
  { limit, after }: { limit: number; after: string | null },
): Promise<MyStore[]> {
  return tx.query<MyStore>(
    `SELECT s.store_id AS id, s.organization_id AS "organizationId", s.handle, s.name, s.state,
       s.currency, r.permissions
     FROM members m
     JOIN roles r ON r.organization_id = m.organization_id AND r.role_id = m.role_id
     JOIN stores s ON s.organization_id = m.organization_id
       AND (m.store_ids IS NULL OR s.store_id = ANY (m.store_ids))
     WHERE m.user_id = $1 AND s.state <> 'closed' AND ($3::uuid IS NULL OR s.store_id > $3)
     ORDER BY s.store_id LIMIT $2`,
    [userId, limit, after],
  );
}
