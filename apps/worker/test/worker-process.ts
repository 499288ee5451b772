import 'reflect-metadata';
import { loadConfig, loadSecrets } from '@platform/config';
import { runProcess } from '@platform/process';
import { startWorker } from '../src/worker';
import { KilledJobsModule } from './killed-jobs';

/** A real worker process with the jobs that are killed, and leases short enough for a test. */
void runProcess('The worker', () =>
  startWorker(
    {
      name: 'worker',
      config: loadConfig(),
      secrets: loadSecrets(),
      queue: { leaseMs: 1_500, heartbeatMs: 400, stopGraceMs: 5_000 },
    },
    [KilledJobsModule],
  ),
);
