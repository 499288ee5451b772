import type { Config } from '@platform/config';
import type { Db } from '@platform/database';
import {
  type HandlerRegistry,
  JobMachine,
  type JobRunner,
  openQueueBackend,
  type QueueOptions,
} from '@platform/queue';

/** How a try ended. */
export type JobReport = Awaited<ReturnType<JobRunner['run']>>;

/** What the station needs. */
export interface ReactParts {
  db: Db;
  config: Pick<Config, 'redis' | 'database'>;
  handlers: HandlerRegistry;
  options: QueueOptions;
  onJob: (report: JobReport) => void;
  onError: (error: unknown) => void;
  /** Hears of what the queue complains of; the table mends it. */
  onComplaint: (error: unknown) => void;
}

/** Third station: jobs, asked for or called for by an event, meet the handlers of the slices' worker faces. */
export function openReactStation(parts: ReactParts): JobMachine {
  const { config, options, onComplaint } = parts;
  const backend = openQueueBackend({
    redisUrl: config.redis?.url ?? null,
    databaseUrl: config.database.acrossUrl,
    leaseMs: options.leaseMs,
    onError: onComplaint,
  });
  return new JobMachine({ ...parts, backend });
}
