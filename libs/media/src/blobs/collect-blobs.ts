import type { Db } from '@platform/database';
import { type BlobStore, blobKey } from '@platform/storage';
import { privateKey } from './private-key';

/** A blob is deleted this long after nobody needed it any more; pages made before still show it. */
const graceHours = 48;
const batch = 200;

/**
 * The collector: condemns what nobody refers to, and deletes what stayed condemned for two days. The file goes while
 * its row is locked, so that a publisher who claims the same content waits, finds it gone and uploads it again.
 * @returns how many were condemned and how many deleted
 */
export async function collectBlobs(
  db: Db,
  store: BlobStore,
): Promise<{ condemned: number; deleted: number }> {
  return db.acrossStores('collect files that nobody needs', async (tx) => {
    const condemned = await tx.execute(
      `UPDATE blobs SET condemned_at = now() WHERE hash IN (
         SELECT b.hash FROM blobs b
         WHERE b.condemned_at IS NULL AND b.created_at < now() - interval '1 hour'
           AND NOT EXISTS (SELECT FROM blob_refs r WHERE r.hash = b.hash)
         ORDER BY b.hash LIMIT $1 FOR UPDATE SKIP LOCKED)`,
      [batch],
    );
    const gone = await tx.query<{ hash: string }>(
      `DELETE FROM blobs WHERE hash IN (
         SELECT b.hash FROM blobs b
         WHERE b.condemned_at < now() - make_interval(hours => $1)
           AND NOT EXISTS (SELECT FROM blob_refs r WHERE r.hash = b.hash)
         ORDER BY b.hash LIMIT $2 FOR UPDATE SKIP LOCKED)
       RETURNING hash`,
      [graceHours, batch],
    );
    for (const { hash } of gone) {
      await store.delete(privateKey(hash));
      // Identity last: it is what says that the file is there.
      for (const form of ['br', 'gzip', 'identity'] as const)
        await store.delete(blobKey(hash, form));
    }
    return { condemned, deleted: gone.length };
  });
}
