import type { Db, PlatformWriter } from '@platform/database';
import type { QueueName } from '@platform/outbox';

/** A job handed out: the number says how often it has been, so that an old hold on it is worth nothing. */
export interface Ticket {
  jobId: string;
  dispatch: number;
}

/** A job that waits to begin, as the queue learns of it. */
export interface Handout extends Ticket {
  queue: QueueName;
  name: string;
}

/** A job that a worker holds. */
export interface ClaimedJob extends Ticket {
  storeId: string | null;
  name: string;
  version: number;
  payload: unknown;
  /** This try, 1 for the first. */
  attempt: number;
  maxAttempts: number;
}

/** Which job to take next. */
export interface NextJob {
  /** Only jobs of these names. */
  names: string[];
  /** Jobs that are due by this moment count as due now, or null. */
  until: Date | null;
  /** Jobs that do not. */
  except: string[];
}

/** What the sweep found. */
export interface Swept {
  /** Jobs whose worker has gone, waiting again. */
  returned: number;
  /** Jobs whose worker has gone once too often. */
  buried: number;
  /** Jobs handed out long ago and not begun: the queue may have lost them and must be told again. */
  overdue: Handout[];
}

const claimedColumns = `job_id AS "jobId", dispatches AS dispatch, store_id AS "storeId", name, version, payload,
  attempts AS attempt, max_attempts AS "maxAttempts"`;
const mine = `job_id = $1 AND dispatches = $2 AND state = 'running'`;
const burySql = `UPDATE jobs SET state = 'dead', lease_until = NULL, run_at = clock_timestamp(), last_error = $3
  WHERE ${mine}`;

/**
 * The table `jobs`: the one truth about what is to be done. A row goes ready -> queued -> running and is deleted when
 * done; back to ready on a failure or when its worker is gone; dead when it failed too often.
 * Whoever holds a job writes with its ticket: once the job was handed out anew, writes with the old ticket do nothing.
 */
export class JobLedger {
  /** @param leaseMs for how long a job stays with a worker that gives no sign of life */
  constructor(
    private readonly db: Db,
    private readonly leaseMs: number,
  ) {}

  /** Takes a job that was handed out; null when it is no longer there to be taken. */
  async claim({ jobId, dispatch }: Ticket): Promise<ClaimedJob | null> {
    const [job] = await this.across('claim a job', (tx) =>
      tx.query<ClaimedJob>(
        `UPDATE jobs SET state = 'running', attempts = attempts + 1, lease_until = ${inMs('$3')}
         WHERE job_id = $1 AND dispatches = $2 AND state = 'queued' RETURNING ${claimedColumns}`,
        [jobId, dispatch, this.leaseMs],
      ),
    );
    return job ?? null;
  }

  /** Takes back jobs that were handed out and not begun; they will be handed out again. */
  async takeBack(tickets: Ticket[]): Promise<void> {
    await this.across('take back jobs', (tx) =>
      tx.execute(
        `UPDATE jobs SET state = 'ready', lease_until = NULL
         FROM unnest($1::uuid[], $2::int[]) AS given (id, dispatch)
         WHERE job_id = given.id AND dispatches = given.dispatch AND state = 'queued'`,
        columnsOf(tickets),
      ),
    );
  }

  /** Takes the next job of any queue at once, without handing it out first; null when none is due. */
  async claimNext({ names, until, except }: NextJob): Promise<ClaimedJob | null> {
    const [job] = await this.across('claim the next job', (tx) =>
      tx.query<ClaimedJob>(
        `UPDATE jobs SET state = 'running', attempts = attempts + 1, dispatches = dispatches + 1,
           lease_until = ${inMs('$1')}
         WHERE job_id = (SELECT job_id FROM jobs WHERE state = 'ready' AND name = ANY ($2)
             AND (run_at <= now() OR (run_at <= $3::timestamptz AND job_id <> ALL ($4::uuid[])))
           ORDER BY run_at, job_id LIMIT 1 FOR UPDATE SKIP LOCKED)
         RETURNING ${claimedColumns}`,
        [this.leaseMs, names, until, except],
      ),
    );
    return job ?? null;
  }

  /** Prolongs the hold on running jobs; returns those that are still held. */
  async extend(tickets: Ticket[]): Promise<Ticket[]> {
    return this.across('keep hold of running jobs', (tx) =>
      tx.query<Ticket>(
        `UPDATE jobs SET lease_until = ${inMs('$3')}
         FROM unnest($1::uuid[], $2::int[]) AS held (id, dispatch)
         WHERE job_id = held.id AND dispatches = held.dispatch AND state = 'running'
         RETURNING job_id AS "jobId", dispatches AS dispatch`,
        [...columnsOf(tickets), this.leaseMs],
      ),
    );
  }

  /** The job is done: forgets it. False when the hold was lost before. */
  async finish({ jobId, dispatch }: Ticket): Promise<boolean> {
    const sql = `DELETE FROM jobs WHERE ${mine}`;
    return this.across(
      'finish a job',
      async (tx) => (await tx.execute(sql, [jobId, dispatch])) > 0,
    );
  }

  /** Puts a failed job back, to be tried again later. @param error what to show to whoever looks at it */
  async retry(ticket: Ticket, delayMs: number, error: string): Promise<void> {
    await this.across('retry a job', (tx) =>
      putBack(tx, ticket, { at: inMs('$3'), value: delayMs, error, counts: true }),
    );
  }

  /** Puts a job back for a moment that it asked for; the try does not count. */
  async postpone(ticket: Ticket, at: Date, reason: string): Promise<void> {
    await this.across('postpone a job', (tx) =>
      putBack(tx, ticket, { at: '$3::timestamptz', value: at, error: reason, counts: false }),
    );
  }

  /** Puts a job back at once, because its worker stops; the try does not count. */
  async release(ticket: Ticket): Promise<void> {
    await this.across('release a job', (tx) =>
      putBack(tx, ticket, { at: inMs('$3'), value: 0, error: null, counts: false }),
    );
  }

  /** Sets a job aside, for somebody to look at. */
  async bury({ jobId, dispatch }: Ticket, error: string): Promise<void> {
    await this.across('bury a job', (tx) => tx.execute(burySql, [jobId, dispatch, error]));
  }

  /** Finds jobs whose worker gave no sign of life, and jobs that were handed out and never begun. */
  async sweep(limit = 200): Promise<Swept> {
    return this.across('sweep leases', async (tx) => {
      const gone = await tx.query<Ticket & { exhausted: boolean }>(
        `SELECT job_id AS "jobId", dispatches AS dispatch, attempts >= max_attempts AS exhausted FROM jobs
         WHERE state = 'running' AND lease_until < now()
         ORDER BY lease_until LIMIT $1 FOR UPDATE SKIP LOCKED`,
        [limit],
      );
      const error = 'The worker that ran this job stopped without a word.';
      for (const { jobId, dispatch, exhausted } of gone) {
        if (exhausted) {
          await tx.execute(burySql, [jobId, dispatch, error]);
        } else {
          await putBack(tx, { jobId, dispatch }, { at: inMs('$3'), value: 0, error, counts: true });
        }
      }
      const buried = gone.filter(({ exhausted }) => exhausted).length;
      return { returned: gone.length - buried, buried, overdue: await this.overdue(tx, limit) };
    });
  }

  /** How many jobs stand in each state, by queue. */
  async counts(): Promise<{ queue: QueueName; state: string; count: number }[]> {
    return this.across('count jobs', (tx) =>
      tx.query('SELECT queue, state, count(*)::int AS count FROM jobs GROUP BY queue, state'),
    );
  }

  private overdue(tx: PlatformWriter, limit: number): Promise<Handout[]> {
    return tx.query<Handout>(
      `UPDATE jobs SET lease_until = ${inMs('$2')} WHERE job_id IN (
         SELECT job_id FROM jobs WHERE state = 'queued' AND lease_until < now()
         ORDER BY lease_until LIMIT $1 FOR UPDATE SKIP LOCKED)
       RETURNING job_id AS "jobId", dispatches AS dispatch, queue, name`,
      [limit, this.leaseMs],
    );
  }

  private across<T>(reason: string, work: (tx: PlatformWriter) => Promise<T>): Promise<T> {
    return this.db.acrossStores(reason, work);
  }
}

/** SQL of the moment that is a number of milliseconds from now. */
export function inMs(slot: string): string {
  return `clock_timestamp() + ${slot} * interval '1 millisecond'`;
}

function columnsOf(tickets: Ticket[]): [string[], number[]] {
  return [tickets.map(({ jobId }) => jobId), tickets.map(({ dispatch }) => dispatch)];
}

interface PutBack {
  /** SQL of the moment at which it may run, made from `$3`. */
  at: string;
  value: number | Date;
  error: string | null;
  /** Whether the try counts towards the most that are allowed. */
  counts: boolean;
}

/**
 * Running -> ready. Where another request with the same key already waits, that one stands for both: the key promises
 * that one run answers all who asked.
 */
async function putBack(tx: PlatformWriter, ticket: Ticket, how: PutBack): Promise<void> {
  const { jobId, dispatch } = ticket;
  const merged = await tx.execute(
    `DELETE FROM jobs AS own WHERE ${mine} AND dedupe_key IS NOT NULL AND EXISTS (
       SELECT FROM jobs AS other WHERE other.name = own.name AND other.lane = own.lane
         AND other.dedupe_key = own.dedupe_key AND other.state IN ('ready', 'queued'))`,
    [jobId, dispatch],
  );
  if (merged > 0) return;
  await tx.execute(
    `UPDATE jobs SET state = 'ready', run_at = ${how.at}, lease_until = NULL,
       attempts = attempts - $4::int, last_error = coalesce($5, last_error)
     WHERE ${mine}`,
    [jobId, dispatch, how.value, how.counts ? 0 : 1, how.error],
  );
}
