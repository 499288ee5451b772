import type { JobLedger, OutboxRelay } from '@platform/queue';
import type { Metrics } from '@platform/telemetry';
import type { Relayed } from '../1-relay-outbox/relay-station';
import type { JobReport } from '../3-react/react-station';

/** The worker's numbers. Which store it was stands in the log, never in a label. */
export class WorkerMetrics {
  private readonly jobs;
  private readonly seconds;
  private readonly events;
  private readonly lag;
  private readonly waiting;
  private readonly oldest;
  private readonly ticks;
  private readonly standing;
  private readonly errors;

  constructor(
    private readonly metrics: Metrics,
    private readonly ledger: Pick<JobLedger, 'counts'>,
    private readonly outbox: Pick<OutboxRelay, 'backlog'>,
  ) {
    this.jobs = metrics.counter({
      name: 'jobs_total',
      help: 'Tries of jobs by how they ended',
      labels: ['name', 'outcome'],
    });
    this.seconds = metrics.histogram({
      name: 'job_seconds',
      help: 'How long tries took',
      labels: ['name'],
    });
    this.events = metrics.counter({ name: 'outbox_events_total', help: 'Events relayed' });
    this.lag = metrics.gauge({
      name: 'outbox_lag_seconds',
      help: 'Age of the oldest event of the last round that carried any',
    });
    this.waiting = metrics.gauge({
      name: 'outbox_waiting',
      help: 'Events that wait to be relayed',
    });
    this.oldest = metrics.gauge({
      name: 'outbox_oldest_seconds',
      help: 'For how long the oldest of them has waited',
    });
    this.ticks = metrics.counter({
      name: 'schedule_ticks_total',
      help: 'Ticks of the timetable by how they ended',
      labels: ['name', 'outcome'],
    });
    this.standing = metrics.gauge({
      name: 'jobs_standing',
      help: 'Jobs in the table by queue and state: ready, queued, running, dead',
      labels: ['queue', 'state'],
    });
    this.errors = metrics.counter({
      name: 'worker_errors_total',
      help: 'Errors of the machine itself, not of a job',
    });
  }

  countJob({ job, outcome, seconds }: JobReport): void {
    this.jobs.inc({ name: job.name, outcome });
    this.seconds.observe({ name: job.name }, seconds);
  }

  countRelayed({ events, lagSeconds }: Relayed): void {
    this.events.inc(events);
    this.lag.set(lagSeconds);
  }

  countTick(name: string, failed: boolean): void {
    this.ticks.inc({ name, outcome: failed ? 'failed' : 'done' });
  }

  countError(): void {
    this.errors.inc();
  }

  /** Everything as text, with the table counted afresh. */
  async text(): Promise<string> {
    const { waiting, oldestSeconds } = await this.outbox.backlog();
    this.waiting.set(waiting);
    this.oldest.set(oldestSeconds);
    const counts = await this.ledger.counts();
    this.standing.reset();
    for (const { queue, state, count } of counts) this.standing.set({ queue, state }, count);
    return this.metrics.text();
  }
}
