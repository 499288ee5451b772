import 'reflect-metadata';
import { loadConfig, loadSecrets } from '@platform/config';
import { runProcess } from '@platform/process';
import { slices } from '../src/slices';
import { startWorker } from '../src/worker';

/** A real worker process with all that it does in earnest, and leases short enough for a test. */
void runProcess('The worker', () =>
  startWorker(
    {
      name: 'worker',
      config: loadConfig(),
      secrets: loadSecrets(),
      queue: { leaseMs: 1_500, heartbeatMs: 400, stopGraceMs: 5_000 },
    },
    slices,
  ),
);
