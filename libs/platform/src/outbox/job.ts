import type { z } from 'zod';

/** How urgent work is: somebody waits (swift), soon (steady), long and patient (heavy). */
export type QueueName = 'swift' | 'steady' | 'heavy';

/** A kind of job: what is asked for, apart from who does it. */
export interface JobDefinition<Schema extends z.ZodType = z.ZodType> {
  readonly name: string;
  readonly version: number;
  readonly queue: QueueName;
  readonly payload: Schema;
  /** How often it is tried before it becomes a dead letter. */
  readonly attempts: number;
}

/** What a running job knows of itself. */
export interface JobContext {
  /** The store it works for; null for work of the platform itself. */
  readonly storeId: string | null;
  readonly jobId: string;
  /** 1 on the first try. */
  readonly attempt: number;
  /** Aborts when the worker stops or has lost its hold on the job: finish or throw soon. */
  readonly signal: AbortSignal;
}

/** How a request for a job may be shaped. */
export interface EnqueueOptions {
  /** Not before this moment; now when left out. */
  runAt?: Date;
  /** While a job of this name, store and key waits, asking again adds none; the earlier of the two moments counts. */
  dedupeKey?: string;
}

/** Thrown by a job that wants to run again at a known moment; it does not count as a failure. */
export class RetryAt extends Error {
  override readonly name = 'RetryAt';

  constructor(
    readonly at: Date,
    reason: string,
  ) {
    super(reason);
  }
}

const jobs = new Map<string, JobDefinition>();

/** A job is tried this often before somebody has to look at it; with the back-off that is about an hour. */
const defaultAttempts = 10;

/**
 * Declares a job, once per process.
 * @param name `<slice>.<imperative>`, for example `catalog.import-products`
 * @throws Error when the name is taken
 */
export function defineJob<Schema extends z.ZodType>(
  name: string,
  options: Omit<JobDefinition<Schema>, 'name' | 'attempts'> & { attempts?: number },
): JobDefinition<Schema> {
  if (jobs.has(name)) throw new Error(`The job ${name} is defined twice.`);
  const definition: JobDefinition<Schema> = { attempts: defaultAttempts, ...options, name };
  jobs.set(name, definition);
  return definition;
}

/** The definition of that name, or undefined when no loaded slice declares it. */
export function findJob(name: string): JobDefinition | undefined {
  return jobs.get(name);
}

/** Every job that a loaded slice declares. */
export function allJobs(): JobDefinition[] {
  return [...jobs.values()];
}
