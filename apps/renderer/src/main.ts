import 'reflect-metadata';
import { loadConfig, loadSecrets } from '@platform/config';
import { runProcess } from '@platform/process';
import { startTracing } from '@platform/telemetry';

void runProcess('The renderer', async () => {
  const config = loadConfig();
  const tracing = await startTracing({ endpoint: config.telemetry.otlpEndpoint, name: 'renderer' });
  // Loaded after tracing, which instruments modules as they load.
  const { startRenderer } = await import('./renderer.js');
  const renderer = await startRenderer({ name: 'renderer', config, secrets: loadSecrets() });
  return {
    close: async () => {
      await renderer.close();
      await tracing.stop();
    },
  };
});
