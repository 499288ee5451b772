import 'reflect-metadata';
import { loadConfig, loadSecrets } from '@platform/config';
import { createHttpApp } from '@platform/http';
import { runProcess } from '@platform/process';
import { slices } from './slices';

void runProcess('The API', async () => {
  const config = loadConfig();
  const app = await createHttpApp({ name: 'api', config, secrets: loadSecrets() }, slices);
  await app.listen(config.api.port, config.bind);
  return app;
});
