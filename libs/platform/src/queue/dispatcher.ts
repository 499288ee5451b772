import type { Db, PlatformWriter } from '@platform/database';
import type { QueueName } from '@platform/outbox';
import { type Handout, inMs } from './job-ledger';
import type { QueueOptions } from './queue-options';
import { queueNames } from './queue-options';
import { type Lane, shareOut } from './share-out';

interface InFlight {
  lane: string;
  queued: number;
  inFlight: number;
}

type Limits = Pick<QueueOptions, 'window' | 'perStore' | 'leaseMs'>;

/** Before the first of all lanes. */
const beforeAll = '00000000-0000-0000-0000-000000000000';

/**
 * Chooses which jobs run next, in turns between stores, and hands out few at a time. Any number of workers may
 * dispatch; an advisory lock lets one through at a time for each queue.
 */
export class Dispatcher {
  /** Per queue the lane that had the last turn; the next round begins behind it. */
  private readonly lastTurn = new Map<QueueName, string>();

  constructor(
    private readonly db: Db,
    private readonly limits: Limits,
  ) {}

  /** Hands out what fits into the windows; the caller must tell the queue of every job returned. */
  async dispatch(): Promise<Handout[]> {
    const due = await this.db.acrossStores('see which queues have work', (tx) =>
      tx.query<{ queue: QueueName }>(
        `SELECT queue FROM unnest($1::text[]) AS queue WHERE EXISTS (
           SELECT FROM jobs WHERE jobs.queue = queue.queue AND state = 'ready' AND run_at <= now())`,
        [queueNames],
      ),
    );
    const handouts: Handout[] = [];
    for (const { queue } of due) handouts.push(...(await this.dispatchQueue(queue)));
    return handouts;
  }

  private dispatchQueue(queue: QueueName): Promise<Handout[]> {
    return this.db.acrossStores('hand out jobs in turns', async (tx) => {
      const [lock] = await tx.query<{ mine: boolean }>(
        `SELECT pg_try_advisory_xact_lock(7021003, hashtext($1)) AS mine`,
        [queue],
      );
      if (lock?.mine !== true) return [];
      const jobIds = await this.choose(tx, queue);
      if (jobIds.length === 0) return [];
      const given = await tx.query<Handout>(
        `UPDATE jobs SET state = 'queued', dispatches = dispatches + 1, lease_until = ${inMs('$2')}
         WHERE job_id = ANY ($1::uuid[]) AND state = 'ready'
         RETURNING job_id AS "jobId", dispatches AS dispatch, queue, name`,
        [jobIds, this.limits.leaseMs],
      );
      const turn = new Map(jobIds.map((jobId, at) => [jobId, at]));
      return given.sort((a, b) => (turn.get(a.jobId) ?? 0) - (turn.get(b.jobId) ?? 0));
    });
  }

  private async choose(tx: PlatformWriter, queue: QueueName): Promise<string[]> {
    const window = this.limits.window[queue];
    const perStore = this.limits.perStore[queue];
    const inFlight = await tx.query<InFlight>(
      `SELECT lane, count(*) FILTER (WHERE state = 'queued')::int AS queued, count(*)::int AS "inFlight"
       FROM jobs WHERE queue = $1 AND state IN ('queued', 'running') GROUP BY lane`,
      [queue],
    );
    const free = window - inFlight.reduce((sum, { queued }) => sum + queued, 0);
    if (free <= 0) return [];
    const full = inFlight.filter((lane) => perStore !== null && lane.inFlight >= perStore);
    const lanes = await this.lanes(
      tx,
      queue,
      full.map(({ lane }) => lane),
    );
    const flying = new Map(inFlight.map((lane) => [lane.lane, lane]));
    const chosen = shareOut(
      lanes.map(({ id, jobIds }) => ({
        id,
        jobIds,
        queued: flying.get(id)?.queued ?? 0,
        inFlight: flying.get(id)?.inFlight ?? 0,
      })),
      { free, window, perStore },
    );
    const last = lanes.find(({ jobIds }) => jobIds.includes(chosen.at(-1) ?? ''));
    if (last !== undefined) this.lastTurn.set(queue, last.id);
    return chosen;
  }

  /**
   * The next lanes with due jobs, at most a window of them, each with its first jobs. One index probe per lane: the
   * cost grows with the stores that wait and with the window, never with the length of a backlog.
   */
  private async lanes(
    tx: PlatformWriter,
    queue: QueueName,
    full: string[],
  ): Promise<Pick<Lane, 'id' | 'jobIds'>[]> {
    const window = this.limits.window[queue];
    const start = this.lastTurn.get(queue) ?? beforeAll;
    const onwards = await tx.query<Pick<Lane, 'id' | 'jobIds'>>(lanesSql, [
      queue,
      start,
      full,
      window,
    ]);
    const found = onwards.slice(0, window);
    if (found.length < window && start !== beforeAll) {
      const around = await tx.query<Pick<Lane, 'id' | 'jobIds'>>(lanesSql, [
        queue,
        beforeAll,
        full,
        window,
      ]);
      const seen = new Set(found.map(({ id }) => id));
      found.push(...around.filter(({ id }) => !seen.has(id)).slice(0, window - found.length));
    }
    return found;
  }
}

const dueOf = (lane: string): string =>
  `SELECT lane FROM jobs WHERE queue = $1 AND state = 'ready' AND run_at <= now()
     AND lane > ${lane} AND NOT (lane = ANY ($3::uuid[])) ORDER BY lane, run_at LIMIT 1`;

/** A loose index scan: PostgreSQL has no skip to the next value of its own, so a recursion asks for it. */
const lanesSql = `
  WITH RECURSIVE lanes (lane, nth) AS (
    (SELECT first.lane, 1 FROM (${dueOf('$2')}) AS first)
    UNION ALL
    SELECT (${dueOf('lanes.lane')}), nth + 1 FROM lanes WHERE lane IS NOT NULL AND nth < $4
  )
  SELECT lane AS id, next.ids AS "jobIds" FROM lanes CROSS JOIN LATERAL (
    SELECT array_agg(job_id) AS ids FROM (
      SELECT job_id FROM jobs
      WHERE queue = $1 AND jobs.lane = lanes.lane AND state = 'ready' AND run_at <= now()
      ORDER BY run_at, job_id LIMIT $4
    ) AS waiting
  ) AS next
  WHERE lane IS NOT NULL ORDER BY nth`;
