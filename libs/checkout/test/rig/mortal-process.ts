import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { CatalogModule } from '@libs/catalog';
import { CheckoutModule } from '@libs/checkout';
import { OrdersModule } from '@libs/orders';
import { Payments, PaymentsModule } from '@libs/payments';
import { PlatformModule } from '@libs/platform';
import { loadConfig, loadSecrets } from '@platform/config';
import { PaymentWebhooks } from '@renderer/payments';
import { CheckoutWorkerModule } from '@worker/checkout';
import { NotificationsWorkerModule } from '@worker/notifications';
import { OrdersWorkerModule } from '@worker/orders';
import { PaymentsWorkerModule } from '@worker/payments';
import { drain } from '../../../testing/src/drain';
import type { WebhookRequest } from '../../../payments/src/webhooks/webhooks.service';
import { Paying, type PayInput } from '../../src/checkouts/paying.service';
import { Settling } from '../../src/checkouts/settling.service';

/** What a mortal process is told to do. */
export type Errand =
  | { verb: 'pay'; input: PayInput }
  | { verb: 'refresh'; paymentId: string }
  | { verb: 'hear'; request: Omit<WebhookRequest, 'rawBody'> & { body: string } }
  | { verb: 'settle'; checkoutId: string }
  | { verb: 'expire'; checkoutId: string }
  | { verb: 'drain' };

/** Does one errand in a process of its own, which dies on the way where its environment says so. */
async function work(storeId: string, errand: Errand): Promise<void> {
  const options = { name: 'mortal', config: loadConfig(), secrets: loadSecrets() };
  @Module({
    imports: [
      PlatformModule.forRoot(options),
      CatalogModule,
      PaymentsModule,
      OrdersModule,
      CheckoutModule,
      CheckoutWorkerModule,
      PaymentsWorkerModule,
      OrdersWorkerModule,
      NotificationsWorkerModule,
    ],
  })
  class MortalModule {}
  const app = await NestFactory.createApplicationContext(MortalModule, { logger: false });
  const anywhere = { strict: false };
  switch (errand.verb) {
    case 'pay':
      await app.get(Paying, anywhere).pay(storeId, errand.input);
      break;
    case 'refresh':
      await app.get(Payments, anywhere).refresh(storeId, errand.paymentId);
      break;
    case 'hear': {
      const { body, ...request } = errand.request;
      const rawBody = Buffer.from(body);
      await app.get(PaymentWebhooks, anywhere).receive(storeId, { ...request, rawBody });
      break;
    }
    case 'settle':
      await app.get(Settling, anywhere).settle(storeId, errand.checkoutId);
      break;
    case 'expire':
      await app.get(Settling, anywhere).expire(storeId, errand.checkoutId);
      break;
    default:
      await drain(app, { tolerateFailures: true });
  }
  await app.close();
}

const [storeId = '', errand = ''] = process.argv.slice(2);
work(storeId, JSON.parse(errand) as Errand).catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exitCode = 1;
});
