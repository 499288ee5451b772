import type { INestApplicationContext } from '@nestjs/common';
import { Db } from '@platform/database';
import { HandlerRegistry, JobLedger, JobRunner, OutboxRelay } from '@platform/queue';

/** How far a drain goes. */
export interface DrainOptions {
  /**
   * Jobs that are due by this moment run as well, each once; without it only those that are due now. The clock of the
   * database does not move: what such a job puts off again stays put off.
   */
  until?: Date;
  /** Leaves failed jobs to the suite that provoked them, instead of throwing. */
  tolerateFailures?: boolean;
}

/** A suite of a worker that never becomes quiet would hang otherwise. */
const mostJobs = 20_000;
const leaseMs = 600_000;

/**
 * Runs committed events and due jobs in this process until nothing is due any more, by the code that a worker runs by,
 * without the queue between.
 * @param app the module under test; jobs whose worker faces it has not mounted stay where they are
 * @throws AggregateError with the errors of jobs that failed, when all is quiet
 */
export async function drain(
  app: Pick<INestApplicationContext, 'get'>,
  { until, tolerateFailures = false }: DrainOptions = {},
): Promise<void> {
  const db = app.get(Db, { strict: false });
  const handlers = handlersOf(app);
  const relay = new OutboxRelay(db, handlers);
  const ledger = new JobLedger(db, leaseMs);
  const failures: Error[] = [];
  const runner = new JobRunner(ledger, handlers, ({ job, outcome, error }) => {
    if (outcome === 'failed' || outcome === 'dead') {
      failures.push(new Error(`${job.name} ${outcome} on try ${job.attempt}`, { cause: error }));
    }
  });
  const ran: string[] = [];
  for (;;) {
    while ((await relay.relay()).events > 0);
    const next = { names: handlers.names(), until: until ?? null, except: ran };
    const job = await ledger.claimNext(next);
    if (job === null) break;
    if (ran.length === mostJobs)
      throw new Error(`Not quiet after ${mostJobs} jobs; see ${job.name}.`);
    await runner.run(job);
    ran.push(job.jobId);
  }
  if (failures.length > 0 && !tolerateFailures)
    throw new AggregateError(failures, describe(failures));
}

/** To look through every provider of a platform takes longer than most drains do. */
const registries = new WeakMap<object, HandlerRegistry>();

function handlersOf(app: Pick<INestApplicationContext, 'get'>): HandlerRegistry {
  const known = registries.get(app);
  if (known) return known;
  const found = HandlerRegistry.discover(app);
  registries.set(app, found);
  return found;
}

function describe(failures: Error[]): string {
  return failures.map(({ message, cause }) => `${message}: ${String(cause)}`).join('\n');
}
