import type { Log } from '@platform/telemetry';
import type { JobReport } from '../3-react/react-station';
import type { WorkerMetrics } from './worker-metrics';

/** What the stations tell of themselves: to the log in words, with ids; to the metrics in numbers, without. */
export class WorkerReports {
  constructor(
    private readonly log: Log,
    private readonly metrics: WorkerMetrics,
  ) {}

  readonly onError = (err: unknown): void => {
    this.metrics.countError();
    this.log.error({ err }, 'The worker met an error and goes on.');
  };

  readonly onComplaint = (err: unknown): void => {
    this.log.warn({ err }, 'The queue complained; the table of jobs mends what it lost.');
  };

  readonly onTick = ({ name, error }: { name: string; error?: unknown }): void => {
    this.metrics.countTick(name, error !== undefined);
    if (error !== undefined) this.log.error({ err: error, schedule: name }, 'A tick failed.');
  };

  readonly onJob = (report: JobReport): void => {
    this.metrics.countJob(report);
    const { job, outcome, seconds, error: err } = report;
    const { jobId, storeId, name, attempt } = job;
    const fields = { jobId, job: name, attempt, outcome, seconds, ...(storeId && { storeId }) };
    if (outcome === 'dead') this.log.error({ ...fields, err }, 'A job became a dead letter.');
    else if (outcome === 'failed') this.log.warn({ ...fields, err }, 'A try of a job failed.');
    else this.log.debug(fields, 'A job was tried.');
  };
}
