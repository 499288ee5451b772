import 'reflect-metadata';
import { loadConfig, loadSecrets } from '@platform/config';
import { runProcess } from '@platform/process';
import { slices } from './slices';
import { startWorker } from './worker';

void runProcess('The worker', () =>
  startWorker({ name: 'worker', config: loadConfig(), secrets: loadSecrets() }, slices),
);
