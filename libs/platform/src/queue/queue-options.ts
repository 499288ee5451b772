import type { QueueName } from '@platform/outbox';

/** Every queue, by urgency. */
export const queueNames = ['swift', 'steady', 'heavy'] as const satisfies readonly QueueName[];

/** How a worker takes work; every number has a default that fits a machine with two cores. */
export interface QueueOptions {
  /** How many jobs of a queue may be handed out and not yet begun, over all stores and workers. */
  window: Record<QueueName, number>;
  /** How many jobs of a queue one worker runs at the same time. */
  concurrency: Record<QueueName, number>;
  /** How many jobs of one store may be handed out or running, over all workers; null for no such limit. */
  perStore: Record<QueueName, number | null>;
  /** For how long a job belongs to a worker that gives no sign of life, in milliseconds. */
  leaseMs: number;
  /** How often a worker gives that sign, in milliseconds. */
  heartbeatMs: number;
  /** How long a stopping worker gives running jobs in all, in milliseconds; the last fifth after their signal. */
  stopGraceMs: number;
  /** How soon to look again when there was something, in milliseconds. */
  busyMs: number;
  /** How soon to look again when there was nothing, in milliseconds. */
  idleMs: number;
}

/**
 * The defaults. A small window is what keeps a store with ten thousand jobs from delaying the others: BullMQ knows a
 * few jobs at a time, all others wait in PostgreSQL, where the next one can be chosen anew. One heavy job per store
 * leaves the second heavy runner to somebody else.
 */
export const defaultQueueOptions: QueueOptions = {
  window: { swift: 32, steady: 16, heavy: 4 },
  concurrency: { swift: 8, steady: 4, heavy: 2 },
  perStore: { swift: null, steady: null, heavy: 1 },
  leaseMs: 15_000,
  heartbeatMs: 5_000,
  stopGraceMs: 25_000,
  busyMs: 25,
  idleMs: 250,
};
