import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Payments, PaymentsModule } from '@libs/payments';
import { PlatformModule } from '@libs/platform';
import { loadConfig, loadSecrets } from '@platform/config';
import { Db } from '@platform/database';
import { PaymentsWorkerModule } from '@worker/payments';
import { drain } from '../../../testing/src/drain';

/**
 * A process that begins payments, has them paid, captures and refunds them, one after the other; to be killed on the
 * way. Its settings come from the environment; arguments: store and payments.
 */
async function work([storeId = '', ...paymentIds]: string[]): Promise<void> {
  const options = { name: 'mortal', config: loadConfig(), secrets: loadSecrets() };
  @Module({ imports: [PlatformModule.forRoot(options), PaymentsModule, PaymentsWorkerModule] })
  class MortalModule {}
  const app = await NestFactory.createApplicationContext(MortalModule, { logger: false });
  const [db, payments] = [app.get(Db), app.get(Payments)];
  process.stdout.write('ready\n');
  for (const paymentId of paymentIds) {
    const next = await payments.begin(storeId, paymentId);
    if (next.kind !== 'redirect') throw new Error(`It began with ${next.kind}.`);
    const body = new URLSearchParams({ choice: 'pay' });
    await fetch(next.url, { method: 'POST', body, redirect: 'manual' });
    await payments.refresh(storeId, paymentId);
    await db.write(storeId, async (store) => {
      const { state } = await payments.get(store, paymentId);
      if (state !== 'authorized') return;
      await payments.wantCapture(store, { paymentId, amountMinor: 1000, key: 'all' });
    });
    await drain(app, { tolerateFailures: true });
    await db.write(storeId, async (store) => {
      const { state } = await payments.get(store, paymentId);
      if (state !== 'captured') return;
      await payments.wantRefund(store, { paymentId, amountMinor: 300, key: 'back' });
    });
    await drain(app, { tolerateFailures: true });
  }
  await app.close();
}

work(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exitCode = 1;
});
