import {
  type BackendFactory,
  createPostgresBackend,
  createRedisBackend,
  type IQueueBackend,
  withBackend,
} from 'bullmq';
import { Pool } from 'pg';
import type { QueueName } from '@platform/outbox';
import type { Handout, Ticket } from './job-ledger';
import { queueNames } from './queue-options';

/**
 * Says to some worker "look at job X now", and nothing more. It may say so twice or never: the table `jobs` is the
 * truth, a second telling finds nothing to take, and what was never told is told again by the sweep. All that it
 * holds can be wiped at any time.
 */
export interface QueueBackend {
  readonly kind: 'postgres' | 'redis';
  /** Tells of jobs; telling one again that still waits changes nothing. @throws when it cannot be reached */
  tell(handouts: Handout[]): Promise<void>;
  /** Begins to take jobs of a queue, so many at a time. */
  listen(
    queue: QueueName,
    concurrency: number,
    take: (ticket: Ticket) => Promise<void>,
  ): Promise<void>;
  /** Takes no further job; those that run are left alone. */
  deafen(): Promise<void>;
  /** Waits for the takes under way, then closes every connection. */
  close(): Promise<void>;
}

/** How the queue is reached. */
export interface BackendOptions {
  /** Where Redis is, or null to use PostgreSQL. */
  redisUrl: string | null;
  /** The address of the role that works across stores. */
  databaseUrl: string;
  /** For how long BullMQ leaves a job with a worker that gives no sign of life, in milliseconds. */
  leaseMs: number;
  /** Hears of broken connections and of jobs that BullMQ misses; both mend without help. */
  onError: (error: Error) => void;
}

/** Opens the queue on Redis when there is one, else on PostgreSQL. */
export function openQueueBackend(options: BackendOptions): QueueBackend {
  if (options.redisUrl === null) return openOnPostgres(options);
  const base = { url: options.redisUrl };
  return openWith(createRedisBackend, options, {
    kind: 'redis',
    // To ask, fail soon when Redis is away: the dispatcher takes the job back. To listen, wait as long as it takes.
    asking: { ...base, maxRetriesPerRequest: 1 },
    listening: { ...base, maxRetriesPerRequest: null },
    end: () => Promise.resolve(),
  });
}

function openOnPostgres(options: BackendOptions): QueueBackend {
  const pool = new Pool({
    connectionString: options.databaseUrl,
    // BullMQ's statements name their tables without the schema.
    options: '-c search_path=bullmq',
    application_name: 'caravel queue',
    // Each queue that is listened to pins one session.
    max: queueNames.length + 4,
    keepAlive: true,
  });
  pool.on('error', options.onError);
  return openWith(createPostgresBackend, options, {
    kind: 'postgres',
    asking: pool,
    listening: pool,
    end: () => pool.end(),
  });
}

interface Connections<C> {
  kind: QueueBackend['kind'];
  asking: C;
  listening: C;
  end(): Promise<void>;
}

/** On Redis, keys begin with this word, beside whatever else lives there. */
const prefix = 'caravel';
/** Nobody reads BullMQ's events; a trace of the last ones is enough. */
const streams = { events: { maxLen: 100 } };
const forgetAtOnce = { attempts: 1, removeOnComplete: true, removeOnFail: true };

function openWith<B extends IQueueBackend, C>(
  factory: BackendFactory<B, C>,
  { leaseMs, onError }: BackendOptions,
  { kind, asking, listening, end }: Connections<C>,
): QueueBackend {
  const { Queue, Worker } = withBackend(factory);
  const queues = new Map(
    queueNames.map((name) => {
      const queue = new Queue<Ticket>(name, { connection: asking, prefix, streams });
      queue.on('error', onError);
      return [name, queue] as const;
    }),
  );
  const workers: Pick<InstanceType<typeof Worker>, 'pause' | 'close'>[] = [];
  const workerSettings = {
    connection: listening,
    prefix,
    lockDuration: leaseMs,
    stalledInterval: leaseMs / 3,
    // After an error the loop of a worker rests this long before it goes on.
    runRetryDelay: 1_000,
  };
  return {
    kind,
    async tell(handouts) {
      for (const [name, queue] of queues) {
        const jobs = handouts.filter((handout) => handout.queue === name).map(asJob);
        await queue.addBulk(jobs);
      }
    },
    async listen(name, concurrency, take) {
      // First the queue: what is wrong with the connection or its tables is said here, before a loop begins to retry.
      await queues.get(name)?.waitUntilReady();
      const options = { ...workerSettings, concurrency };
      const worker = new Worker<Ticket>(name, (job) => take(job.data), options);
      worker.on('error', onError);
      workers.push(worker);
      await worker.waitUntilReady();
    },
    async deafen() {
      await Promise.all(workers.map((worker) => worker.pause(true)));
    },
    async close() {
      await Promise.all(workers.map((worker) => worker.close()));
      await Promise.all([...queues.values()].map((queue) => queue.close()));
      await end();
    },
  };
}

function asJob({ jobId, dispatch, name }: Handout) {
  // BullMQ allows no colon in an id of ours.
  return {
    name,
    data: { jobId, dispatch },
    opts: { ...forgetAtOnce, jobId: `${jobId}-${dispatch}` },
  };
}
