import { setTimeout as pause } from 'node:timers/promises';
import { NestFactory } from '@nestjs/core';
import { Module } from '@nestjs/common';
import { DomainsModule, HostnameMachine, Hostnames } from '@libs/domains';
import { PlatformModule } from '@libs/platform';
import { loadConfig, loadSecrets } from '@platform/config';
import { Db } from '@platform/database';

/**
 * A process that works on hostnames, one after the other, until they are active; to be killed on the way. Its settings
 * come from the environment; arguments: store and hostnames.
 */
async function work([storeId = '', ...hostnameIds]: string[]): Promise<void> {
  const options = { name: 'mortal', config: loadConfig(), secrets: loadSecrets() };
  @Module({ imports: [PlatformModule.forRoot(options), DomainsModule] })
  class MortalModule {}
  const app = await NestFactory.createApplicationContext(MortalModule, { logger: false });
  const [db, machine, hostnames] = [app.get(Db), app.get(HostnameMachine), app.get(Hostnames)];
  process.stdout.write('ready\n');
  for (const hostnameId of hostnameIds) {
    for (;;) {
      await machine.advance(storeId, hostnameId);
      const view = await db.read(storeId, (store) => hostnames.getHostname(store, hostnameId));
      if (view.state === 'active') break;
      await pause(50);
    }
  }
  await app.close();
}

work(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exitCode = 1;
});
