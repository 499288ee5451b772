import type { Db } from '@platform/database';
import { Dispatcher } from './dispatcher';
import type { HandlerRegistry } from './handler-registry';
import { JobLedger, type Ticket } from './job-ledger';
import { type JobReport, JobRunner } from './job-runner';
import { PollingLoop } from './polling-loop';
import type { QueueBackend } from './queue-backend';
import { queueNames, type QueueOptions } from './queue-options';

/** What the machine needs. */
export interface JobMachineParts {
  db: Db;
  handlers: HandlerRegistry;
  backend: QueueBackend;
  options: QueueOptions;
  onJob: (report: JobReport) => void;
  /** Hears of what went wrong in the machine itself; it goes on. */
  onError: (error: unknown) => void;
}

/**
 * The part of a worker that runs jobs: hands them out in turns, takes and runs them, says that it lives, and returns
 * to the table what others left behind. See `JobRunner` for what it promises.
 */
export class JobMachine {
  private readonly ledger: JobLedger;
  private readonly dispatcher: Dispatcher;
  private readonly runner: JobRunner;
  private readonly loops: { dispatch: PollingLoop; sweep: PollingLoop; heartbeat: PollingLoop };
  /** Ends every take: what a stopping worker has given back need not be waited for. */
  private giveUp: () => void = () => undefined;
  private readonly givenUp = new Promise<void>((resolve) => {
    this.giveUp = resolve;
  });
  private lastSignOfLife = performance.now();

  constructor(private readonly parts: JobMachineParts) {
    const { db, handlers, options, onJob, onError } = parts;
    this.ledger = new JobLedger(db, options.leaseMs);
    this.dispatcher = new Dispatcher(db, options);
    this.runner = new JobRunner(this.ledger, handlers, onJob);
    const every = (ms: number) => ({ busyMs: ms, idleMs: ms });
    this.loops = {
      dispatch: new PollingLoop(() => this.dispatch(), options, onError),
      sweep: new PollingLoop(() => this.sweep(), every(options.leaseMs / 3), onError),
      heartbeat: new PollingLoop(() => this.heartbeat(), every(options.heartbeatMs), onError),
    };
  }

  /** Begins; resolves when every queue is listened to. */
  async start(): Promise<void> {
    const { backend, options } = this.parts;
    for (const queue of queueNames) {
      await backend.listen(queue, options.concurrency[queue], (ticket) => this.take(ticket));
    }
    for (const loop of Object.values(this.loops)) loop.start();
  }

  /** There may be new work: look now. */
  wake(): void {
    this.loops.dispatch.wake();
  }

  /**
   * Takes nothing further, waits for running jobs, aborts those that take too long and gives them back.
   * The heartbeat goes on until the last one has ended.
   */
  async stop(): Promise<void> {
    await this.loops.dispatch.stop();
    await this.loops.sweep.stop();
    await this.parts.backend.deafen();
    await this.runner.stop(this.parts.options.stopGraceMs);
    await this.loops.heartbeat.stop();
    this.giveUp();
    await this.parts.backend.close();
  }

  private async take(ticket: Ticket): Promise<void> {
    try {
      await Promise.race([this.runner.take(ticket), this.givenUp]);
    } catch (error) {
      // The row keeps its lease and comes back when that ends.
      this.parts.onError(error);
    }
    this.wake();
  }

  private async dispatch(): Promise<boolean> {
    const handouts = await this.dispatcher.dispatch();
    if (handouts.length === 0) return false;
    try {
      await this.parts.backend.tell(handouts);
    } catch (error) {
      await this.ledger.takeBack(handouts);
      throw error;
    }
    return true;
  }

  private async sweep(): Promise<boolean> {
    const { returned, overdue } = await this.ledger.sweep();
    if (overdue.length > 0) await this.parts.backend.tell(overdue);
    if (returned > 0) this.wake();
    return returned > 0;
  }

  private async heartbeat(): Promise<boolean> {
    try {
      await this.runner.heartbeat();
      this.lastSignOfLife = performance.now();
    } catch (error) {
      if (performance.now() - this.lastSignOfLife > this.parts.options.leaseMs)
        this.runner.abandon();
      throw error;
    }
    return false;
  }
}
