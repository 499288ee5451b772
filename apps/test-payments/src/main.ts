import { join } from 'node:path';
import { loadConfig } from '@platform/config';
import { runProcess } from '@platform/process';
import { TestPaymentsServer } from './server';

void runProcess('The test payment provider', async () => {
  const { testPayments, bind, home } = loadConfig();
  const server = new TestPaymentsServer({
    port: testPayments.port,
    bind,
    url: testPayments.url ?? undefined,
    file: join(home, 'test-payments.jsonl'),
  });
  await server.listen();
  return server;
});
