import 'reflect-metadata';
import { loadConfig, loadSecrets } from '@platform/config';
import { runProcess } from '@platform/process';
import { startTracing } from '@platform/telemetry';

void runProcess('The worker', async () => {
  const config = loadConfig();
  const tracing = await startTracing({ endpoint: config.telemetry.otlpEndpoint, name: 'worker' });
  // Loaded after tracing, which instruments modules as they load.
  const { slices } = await import('./slices.js');
  const { startWorker } = await import('./worker.js');
  const worker = await startWorker({ name: 'worker', config, secrets: loadSecrets() }, slices);
  return {
    close: async () => {
      await worker.close();
      await tracing.stop();
    },
  };
});
