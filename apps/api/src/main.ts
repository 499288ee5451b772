import 'reflect-metadata';
import { loadConfig, loadSecrets } from '@platform/config';
import { runProcess } from '@platform/process';
import { startTracing } from '@platform/telemetry';

void runProcess('The API', async () => {
  const config = loadConfig();
  const tracing = await startTracing({ endpoint: config.telemetry.otlpEndpoint, name: 'api' });
  // Loaded after tracing, which instruments modules as they load.
  const { createHttpApp } = await import('@platform/http');
  const { slices } = await import('./slices.js');
  const app = await createHttpApp({ name: 'api', config, secrets: loadSecrets() }, slices);
  await app.listen(config.api.port, config.bind);
  return {
    close: async () => {
      await app.close();
      await tracing.stop();
    },
  };
});
