import type { StoreReader, StoreWriter } from '@platform/database';
import { faultKey, type StoreFault } from './store-fault';

/** A fault that the clock found, with when. */
export interface KnownFault extends StoreFault {
  firstSeenAt: Date;
  lastSeenAt: Date;
  /** Null while it was seen once only. */
  confirmedAt: Date | null;
  /** When a look did not find it any more. */
  clearedAt: Date | null;
}

/** Seconds between two looks of which both must find a fault (commerce.md, 3.2). */
export const secondLookSeconds = 60;
const keptDays = 90;

/**
 * Writes what a look found: new faults as suspicions, those that an earlier look found as well as confirmed, those that
 * are gone and come back as suspicions again.
 * @returns faults that are confirmed by this look
 */
export async function noteFaults(
  store: StoreWriter,
  faults: readonly StoreFault[],
): Promise<StoreFault[]> {
  const rows = faults.map((fault) => ({ ...fault, key: faultKey(fault) }));
  const known = [store.storeId, JSON.stringify(rows)];
  const confirmed = await store.query<StoreFault>(
    `UPDATE store_faults f SET confirmed_at = now(), last_seen_at = now(), found = n.found, expected = n.expected
     FROM jsonb_to_recordset($2) AS n (key text, found text, expected text)
     WHERE f.store_id = $1 AND f.fault_key = n.key AND f.confirmed_at IS NULL
       AND f.first_seen_at <= now() - make_interval(secs => ${secondLookSeconds})
     RETURNING area, kind, subject, f.found, f.expected, mendable`,
    known,
  );
  await store.execute(
    `INSERT INTO store_faults AS f (store_id, fault_key, area, kind, subject, found, expected, mendable)
     SELECT $1, key, area, kind, subject, found, expected, mendable
     FROM jsonb_to_recordset($2) AS n (key text, area text, kind text, subject text, found text, expected text,
       mendable boolean)
     ON CONFLICT (store_id, fault_key) DO UPDATE SET found = excluded.found, expected = excluded.expected,
       last_seen_at = now(), cleared_at = NULL,
       first_seen_at = CASE WHEN f.cleared_at IS NULL THEN f.first_seen_at ELSE now() END,
       confirmed_at = CASE WHEN f.cleared_at IS NULL THEN f.confirmed_at END`,
    known,
  );
  return confirmed;
}

/** Faults that were known and are gone; suspicions are forgotten, and so is what was cleared long ago. */
export async function clearFaults(store: StoreWriter, found: readonly StoreFault[]): Promise<void> {
  const keys = found.map(faultKey);
  await store.execute(
    `DELETE FROM store_faults WHERE store_id = $1
       AND (confirmed_at IS NULL AND NOT fault_key = ANY ($2) OR cleared_at < now() - interval '${keptDays} days')`,
    [store.storeId, keys],
  );
  await store.execute(
    `UPDATE store_faults SET cleared_at = now()
     WHERE store_id = $1 AND cleared_at IS NULL AND NOT fault_key = ANY ($2)`,
    [store.storeId, keys],
  );
}

/**
 * Confirmed faults of a store, the newest first, those that were cleared among them.
 * @param after the moment and key of the last one of the page before
 */
export function listFaults(
  store: StoreReader,
  { limit, after }: { limit: number; after: [string, string] | null },
): Promise<(KnownFault & { key: string })[]> {
  return store.query<KnownFault & { key: string }>(
    `SELECT fault_key AS key, area, kind, subject, found, expected, mendable, first_seen_at AS "firstSeenAt",
       last_seen_at AS "lastSeenAt", confirmed_at AS "confirmedAt", cleared_at AS "clearedAt"
     FROM store_faults WHERE store_id = $1 AND confirmed_at IS NOT NULL
       AND ($3::timestamptz IS NULL OR (date_trunc('milliseconds', confirmed_at), fault_key) < ($3, $4))
     ORDER BY date_trunc('milliseconds', confirmed_at) DESC, fault_key DESC LIMIT $2`,
    [store.storeId, limit, after?.[0] ?? null, after?.[1] ?? null],
  );
}

/** Notes when a store was looked at, and when it is to be looked at again. */
export async function noteLook(
  store: StoreWriter,
  { startedAt, whole }: { startedAt: Date; whole: boolean },
): Promise<void> {
  await store.execute(
    `INSERT INTO store_checks AS c (store_id, checked_at, whole_at, due_at)
     SELECT $1, $2, $2, now() + CASE
       WHEN EXISTS (SELECT FROM store_faults WHERE store_id = $1 AND confirmed_at IS NULL)
       THEN make_interval(secs => ${secondLookSeconds} + 1) ELSE interval '10 minutes' END
     ON CONFLICT (store_id) DO UPDATE SET checked_at = excluded.checked_at, due_at = excluded.due_at,
       whole_at = CASE WHEN $3::boolean THEN excluded.whole_at ELSE c.whole_at END`,
    [store.storeId, startedAt, whole],
  );
}

/** From when on a store has to be looked at: null for all of it, once a day and while a fault is known. */
export async function lookSince(
  store: StoreReader,
): Promise<{ startedAt: Date; since: Date | null }> {
  const [row] = await store.query<{ startedAt: Date; since: Date | null }>(
    `SELECT now() AS "startedAt", (
       SELECT checked_at - interval '5 minutes' FROM store_checks
       WHERE store_id = $1 AND whole_at > now() - interval '1 day'
         AND NOT EXISTS (SELECT FROM store_faults WHERE store_id = $1 AND cleared_at IS NULL)
     ) AS since`,
    [store.storeId],
  );
  return row!;
}
