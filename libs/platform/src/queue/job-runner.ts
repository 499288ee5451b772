import { inspect } from 'node:util';
import { faultPoint } from '@platform/config';
import { RetryAt } from '@platform/outbox';
import { withLogContext } from '@platform/telemetry';
import { backOffMs } from './back-off';
import type { HandlerRegistry, Work } from './handler-registry';
import type { ClaimedJob, JobLedger, Ticket } from './job-ledger';

/** How a try ended: `lost` when the worker was no longer entitled to say so. */
export type Outcome = 'done' | 'failed' | 'dead' | 'postponed' | 'released' | 'lost';

/** What is told of every try, for logs and metrics. */
export interface JobReport {
  job: ClaimedJob;
  outcome: Outcome;
  /** How long it ran. */
  seconds: number;
  error?: unknown;
}

/** Why a signal was aborted. */
export class HoldLost extends Error {
  override readonly name = 'HoldLost';
}

interface Running {
  job: ClaimedJob;
  controller: AbortController;
  ended: Promise<void>;
}

/** A job that this worker does not know may be known to a newer one that is about to start. */
const unknownAgainMs = 30_000;

/**
 * Runs jobs that were claimed.
 *
 * What it promises to whoever asks for a job: once the transaction that asked has committed, the job's handler runs to
 * its end at least once, or the job is a dead letter that can be seen and retried. It may run more than once: when a
 * worker dies or loses its database after the handler's last commit and before the row is deleted. Two runs of one job
 * overlap only while a worker that lost its hold has not yet heeded its signal. Of a handler that was killed,
 * PostgreSQL keeps what it committed and rolls back the rest. Jobs of one store may overlap and overtake each other.
 */
export class JobRunner {
  private readonly running = new Map<string, Running>();
  private stopping = false;

  constructor(
    private readonly ledger: JobLedger,
    private readonly handlers: HandlerRegistry,
    private readonly report: (report: JobReport) => void,
  ) {}

  /** Claims and runs one job that was handed out; does nothing when it is no longer there to be taken. */
  async take(ticket: Ticket): Promise<void> {
    if (this.stopping) return this.ledger.takeBack([ticket]);
    const job = await this.ledger.claim(ticket);
    if (job !== null) await this.run(job);
  }

  /** Runs a job that the caller has claimed. Never throws on account of the handler. */
  async run(job: ClaimedJob): Promise<JobReport> {
    const controller = new AbortController();
    const startedAt = performance.now();
    const trial = this.attempt(job, controller.signal);
    const entry = {
      job,
      controller,
      ended: trial.then(
        () => undefined,
        () => undefined,
      ),
    };
    this.running.set(keyOf(job), entry);
    try {
      const { outcome, error } = await trial;
      const seconds = (performance.now() - startedAt) / 1000;
      const report: JobReport = {
        job,
        outcome,
        seconds,
        ...(error === undefined ? {} : { error }),
      };
      this.report(report);
      return report;
    } finally {
      this.running.delete(keyOf(job));
    }
  }

  /** Says that the running jobs live; aborts those that are no longer this worker's. */
  async heartbeat(): Promise<void> {
    const entries = [...this.running.values()];
    if (entries.length === 0) return;
    const held = new Set((await this.ledger.extend(entries.map(({ job }) => job))).map(keyOf));
    for (const { job, controller } of entries) {
      if (!held.has(keyOf(job)))
        controller.abort(new HoldLost('The job belongs to another worker.'));
    }
  }

  /** Aborts everything that runs: the worker could not say for too long that it lives. */
  abandon(): void {
    for (const { controller } of this.running.values()) {
      controller.abort(new HoldLost('The database did not answer for longer than the lease.'));
    }
  }

  /**
   * Takes no further job, waits for the running ones, then aborts and gives back those that remain.
   * @param graceMs how long that may take in all; the last fifth is what a handler has to heed its signal
   */
  async stop(graceMs: number): Promise<void> {
    this.stopping = true;
    await this.settled(graceMs * 0.8);
    for (const { controller } of this.running.values())
      controller.abort(new Error('The worker stops.'));
    await this.settled(graceMs * 0.2);
    for (const { job } of this.running.values()) await this.ledger.release(job);
  }

  private async settled(ms: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const timeout = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, ms);
    });
    const all = Promise.all([...this.running.values()].map(({ ended }) => ended));
    await Promise.race([all, timeout]);
    clearTimeout(timer);
  }

  private async attempt(
    job: ClaimedJob,
    signal: AbortSignal,
  ): Promise<{ outcome: Outcome; error?: unknown }> {
    const work = this.handlers.findWork(job.name);
    if (work === null || work.version < job.version) return this.leaveToNewer(job);
    const parsed = parse(work, job);
    if ('error' in parsed) {
      await this.ledger.bury(job, `The payload has not the declared form: ${textOf(parsed.error)}`);
      return { outcome: 'dead', error: parsed.error };
    }
    try {
      const { storeId, jobId, attempt } = job;
      await withLogContext({ jobId, job: job.name, ...(storeId === null ? {} : { storeId }) }, () =>
        work.run(parsed.payload, { storeId, jobId, attempt, signal }),
      );
    } catch (error) {
      return { outcome: await this.afterFailure(job, error, signal), error };
    }
    faultPoint('jobs.ran');
    return { outcome: (await this.ledger.finish(job)) ? 'done' : 'lost' };
  }

  private async afterFailure(
    job: ClaimedJob,
    error: unknown,
    signal: AbortSignal,
  ): Promise<Outcome> {
    if (signal.aborted && signal.reason instanceof HoldLost) return 'lost';
    if (error instanceof RetryAt && !Number.isNaN(error.at.getTime())) {
      await this.ledger.postpone(job, error.at, error.message);
      return 'postponed';
    }
    if (signal.aborted) {
      await this.ledger.release(job);
      return 'released';
    }
    if (job.attempt >= job.maxAttempts) {
      await this.ledger.bury(job, textOf(error));
      return 'dead';
    }
    await this.ledger.retry(job, backOffMs(job.attempt), textOf(error));
    return 'failed';
  }

  private async leaveToNewer(job: ClaimedJob): Promise<{ outcome: Outcome; error: unknown }> {
    const error = new Error(
      `This worker does not know the job ${job.name} in version ${job.version}.`,
    );
    await this.ledger.postpone(job, new Date(Date.now() + unknownAgainMs), error.message);
    return { outcome: 'postponed', error };
  }
}

function parse(work: Work, job: ClaimedJob): { payload: unknown } | { error: unknown } {
  try {
    return { payload: work.parse(job.payload) };
  } catch (error) {
    return { error };
  }
}

/** What a dead letter shows: the error with its causes, without stacks, at most 2,000 characters. */
function textOf(error: unknown): string {
  const lines: string[] = [];
  for (let at = error, depth = 0; at !== undefined && depth < 5; depth += 1) {
    lines.push(
      at instanceof Error ? `${at.name}: ${at.message}` : inspect(at, { breakLength: Infinity }),
    );
    at = at instanceof Error ? at.cause : undefined;
  }
  return lines.join('; because ').slice(0, 2_000);
}

function keyOf({ jobId, dispatch }: Ticket): string {
  return `${jobId}-${dispatch}`;
}
