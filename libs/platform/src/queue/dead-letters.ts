import { decodeCursor, isId, type Page, toPage } from '@libs/kernel';
import type { Db } from '@platform/database';
import type { QueueName } from '@platform/outbox';

/** A job that failed too often, and waits for somebody to look at it. */
export interface DeadLetter {
  jobId: string;
  storeId: string | null;
  name: string;
  queue: QueueName;
  payload: unknown;
  attempts: number;
  error: string | null;
  requestedAt: Date;
  failedAt: Date;
}

/** Which dead letters: those of one store when it is given, else of all. */
export interface DeadLetterFilter {
  storeId?: string;
  limit?: number;
  cursor?: string;
}

const ofStore = '($2::uuid IS NULL OR store_id = $2)';

/** Shows, retries and discards jobs that failed too often. */
export class DeadLetters {
  constructor(private readonly db: Db) {}

  /** Pages through them, the oldest request first. @throws an error of the kernel when the cursor is not one of ours */
  async list({ storeId, limit = 50, cursor }: DeadLetterFilter = {}): Promise<Page<DeadLetter>> {
    const after = cursor === undefined ? null : (decodeCursor(cursor, 1)[0] ?? null);
    const rows = await this.db.acrossStores('list dead letters', (tx) =>
      tx.query<DeadLetter>(
        `SELECT job_id AS "jobId", store_id AS "storeId", name, queue, payload, attempts,
           last_error AS error, created_at AS "requestedAt", run_at AS "failedAt"
         FROM jobs WHERE state = 'dead' AND ($1::uuid IS NULL OR job_id > $1) AND ${ofStore}
         ORDER BY job_id LIMIT $3`,
        [after, storeId ?? null, limit + 1],
      ),
    );
    return toPage(rows, limit, ({ jobId }) => [jobId]);
  }

  /**
   * Lets a job be tried anew, as often as at first. Where a request with the same key already waits, that one stands
   * for both.
   * @param storeId when given, another store's job is not touched
   * @returns whether there was such a dead letter
   */
  async retry(jobId: string, storeId?: string): Promise<boolean> {
    if (!isId(jobId)) return false;
    return this.db.acrossStores('retry a dead letter', async (tx) => {
      const merged = await tx.execute(
        `DELETE FROM jobs AS own WHERE job_id = $1 AND ${ofStore} AND state = 'dead' AND EXISTS (
           SELECT FROM jobs AS other WHERE other.name = own.name AND other.lane = own.lane
             AND other.dedupe_key = own.dedupe_key AND other.state IN ('ready', 'queued'))`,
        [jobId, storeId ?? null],
      );
      const revived = await tx.execute(
        `UPDATE jobs SET state = 'ready', attempts = 0, run_at = now()
         WHERE job_id = $1 AND ${ofStore} AND state = 'dead'`,
        [jobId, storeId ?? null],
      );
      return merged + revived > 0;
    });
  }

  /** Forgets a job. @returns whether there was such a dead letter */
  async discard(jobId: string, storeId?: string): Promise<boolean> {
    if (!isId(jobId)) return false;
    return this.db.acrossStores('discard a dead letter', async (tx) => {
      const sql = `DELETE FROM jobs WHERE job_id = $1 AND ${ofStore} AND state = 'dead'`;
      return (await tx.execute(sql, [jobId, storeId ?? null])) > 0;
    });
  }
}
