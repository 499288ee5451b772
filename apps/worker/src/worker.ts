import type { DynamicModule, INestApplicationContext, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { PlatformOptions } from '@libs/platform';
import { Bus } from '@platform/cache';
import { Db } from '@platform/database';
import {
  defaultQueueOptions,
  HandlerRegistry,
  JobLedger,
  OutboxRelay,
  type QueueOptions,
  Timetable,
} from '@platform/queue';
import { Log, Metrics, NestLog } from '@platform/telemetry';
import { RelayStation } from './1-relay-outbox/relay-station';
import { type Announcer, InvalidateStation } from './2-invalidate/invalidate-station';
import { openReactStation } from './3-react/react-station';
import { ClockStation } from './clock/clock-station';
import { HealthServer } from '@platform/process';
import { WorkerMetrics } from './health/worker-metrics';
import { WorkerReports } from './health/worker-reports';
import { WorkerModule } from './worker.module';

/** How to start a worker. */
export interface WorkerOptions extends PlatformOptions {
  /** What differs from the queues' defaults. */
  queue?: Partial<QueueOptions>;
  /** Where news of stale pages goes; the platform's bus when left out. */
  announcer?: Announcer;
}

/** A worker at work. */
export interface Worker {
  /** Stops taking work, lets running work end within the limit, gives back the rest, closes everything. */
  close(): Promise<void>;
}

/**
 * Starts the stations, the last one first, so that nothing is handed to a station that is not there.
 * @param faces the slices' worker faces
 * @throws HandlerError, a sentence that names the job, when a job that a loaded slice declares has not exactly one
 *   handler here; EADDRINUSE when the health port is taken
 */
export async function startWorker(
  options: WorkerOptions,
  faces: (Type | DynamicModule)[],
): Promise<Worker> {
  const app = await NestFactory.createApplicationContext(WorkerModule.forRoot(options, faces), {
    bufferLogs: true,
    abortOnError: false,
  });
  app.useLogger(new NestLog(app.get(Log)));
  try {
    return await startStations(app, options);
  } catch (error) {
    await app.close();
    throw error;
  }
}

async function startStations(
  app: INestApplicationContext,
  { config, queue, announcer }: WorkerOptions,
): Promise<Worker> {
  const db = app.get(Db);
  const options = { ...defaultQueueOptions, ...queue };
  const handlers = HandlerRegistry.discover(app);
  handlers.requireEveryJob();
  const outbox = new OutboxRelay(db, handlers);
  const metrics = new WorkerMetrics(app.get(Metrics), new JobLedger(db, options.leaseMs), outbox);
  const reports = new WorkerReports(app.get(Log), metrics);
  const { onError, onTick } = reports;

  const react = openReactStation({ ...reports, db, config, handlers, options });
  const invalidate = new InvalidateStation(announcer ?? app.get(Bus), onError);
  const relay = new RelayStation(outbox, options, {
    onError,
    onRelayed: async (relayed) => {
      metrics.countRelayed(relayed);
      if (relayed.jobs > 0) react.wake();
      await invalidate.announce(relayed.stale);
    },
  });
  const clock = new ClockStation(new Timetable(db, handlers.schedules(), onTick), onError);
  const health = new HealthServer({ ready: () => db.ping(), metrics: () => metrics.text() });
  const close = async (): Promise<void> => {
    await Promise.all([clock.stop(), relay.stop(), react.stop()]);
    await health.close();
  };
  try {
    await health.listen(config.worker.port, config.bind);
    await react.start();
    relay.start();
    clock.start();
  } catch (error) {
    await close();
    throw error;
  }
  return { close: () => close().then(() => app.close()) };
}
