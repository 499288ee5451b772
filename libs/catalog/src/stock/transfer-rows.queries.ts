import type { StoreReader, StoreWriter } from '@platform/database';
import { catalogErrors } from '../catalog.errors';
import type { Transfer, TransferInput } from '../contract/transfers.contract';

const moment = (column: string): string =>
  `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
const columns = `t.transfer_id AS id, t.from_location_id AS "fromLocationId", t.to_location_id AS "toLocationId",
  t.state, t.note, ${moment('t.created_at')} AS "createdAt", ${moment('t.shipped_at')} AS "shippedAt",
  ${moment('t.closed_at')} AS "closedAt", t.version, (
    SELECT jsonb_agg(jsonb_build_object('itemId', l.item_id, 'quantity', l.quantity, 'received', l.received,
      'rejected', l.rejected) ORDER BY l.item_id)
    FROM stock_transfer_lines l WHERE l.store_id = t.store_id AND l.transfer_id = t.transfer_id) AS lines`;

/** Transfers, the newest first. @param before the id that ended the last page */
export function listTransfers(
  store: StoreReader,
  { state, before, limit }: { state?: Transfer['state']; before: string | null; limit: number },
): Promise<Transfer[]> {
  return store.query<Transfer>(
    `SELECT ${columns} FROM stock_transfers t
     WHERE t.store_id = $1 AND ($2::text IS NULL OR t.state = $2) AND ($3::uuid IS NULL OR t.transfer_id < $3)
     ORDER BY t.transfer_id DESC LIMIT $4`,
    [store.storeId, state ?? null, before, limit],
  );
}

/** @throws catalog.transfer-not-found */
export async function readTransfer(store: StoreReader, id: string): Promise<Transfer> {
  const [found] = await store.query<Transfer>(
    `SELECT ${columns} FROM stock_transfers t WHERE t.store_id = $1 AND t.transfer_id = $2`,
    [store.storeId, id],
  );
  if (!found) throw catalogErrors.error('transfer-not-found');
  return found;
}

/** A transfer that nobody else changes until the transaction ends. @throws catalog.transfer-not-found */
export async function lockTransfer(store: StoreWriter, id: string): Promise<Transfer> {
  await store.query(
    'SELECT FROM stock_transfers WHERE store_id = $1 AND transfer_id = $2 FOR UPDATE',
    [store.storeId, id],
  );
  return readTransfer(store, id);
}

export async function insertTransfer(
  store: StoreWriter,
  id: string,
  { fromLocationId, toLocationId, note, lines }: TransferInput,
): Promise<void> {
  await store.execute(
    `INSERT INTO stock_transfers (store_id, transfer_id, from_location_id, to_location_id, note)
     VALUES ($1, $2, $3, $4, $5)`,
    [store.storeId, id, fromLocationId, toLocationId, note],
  );
  await store.execute(
    `INSERT INTO stock_transfer_lines (store_id, transfer_id, item_id, quantity)
     SELECT $1, $2, "itemId", quantity FROM jsonb_to_recordset($3) AS r ("itemId" uuid, quantity int)`,
    [store.storeId, id, JSON.stringify(lines)],
  );
}

/** Writes how far a locked transfer is. */
export async function saveTransfer(
  store: StoreWriter,
  id: string,
  { state, lines }: Pick<Transfer, 'state' | 'lines'>,
): Promise<void> {
  await store.execute(
    `UPDATE stock_transfers SET state = $3, version = version + 1,
       shipped_at = CASE WHEN $3 = 'shipped' THEN coalesce(shipped_at, now()) ELSE shipped_at END,
       closed_at = CASE WHEN $3 IN ('received', 'cancelled') THEN now() END
     WHERE store_id = $1 AND transfer_id = $2`,
    [store.storeId, id, state],
  );
  await store.execute(
    `UPDATE stock_transfer_lines l SET received = r.received, rejected = r.rejected
     FROM jsonb_to_recordset($3) AS r ("itemId" uuid, received int, rejected int)
     WHERE l.store_id = $1 AND l.transfer_id = $2 AND l.item_id = r."itemId"
       AND (l.received, l.rejected) <> (r.received, r.rejected)`,
    [store.storeId, id, JSON.stringify(lines)],
  );
}
