import { CatalogModule } from '@libs/catalog';
import { CheckoutModule } from '@libs/checkout';
import { OrdersModule } from '@libs/orders';
import { PaymentsModule } from '@libs/payments';
import { type Lab, openLab } from '@testing';
import { CheckoutWorkerModule } from '@worker/checkout';
import { NotificationsWorkerModule } from '@worker/notifications';
import { OrdersWorkerModule } from '@worker/orders';
import { PaymentsWorkerModule } from '@worker/payments';
import { TestPaymentsServer } from '../../../apps/test-payments/src/server';

/** A lab in which checkouts are paid at the test provider, whose server runs beside it. */
export interface ProviderLab {
  lab: Lab;
  provider: TestPaymentsServer;
  close(): Promise<void>;
}

/** Opens both; close them in `afterAll`. */
export async function openProviderLab(): Promise<ProviderLab> {
  const provider = new TestPaymentsServer({ port: 0, bind: '127.0.0.1', file: null });
  await provider.listen();
  const lab = await openLab({
    env: { CARAVEL_TEST_PAYMENTS_URL: provider.url },
    modules: [
      CatalogModule,
      PaymentsModule,
      OrdersModule,
      CheckoutModule,
      CheckoutWorkerModule,
      PaymentsWorkerModule,
      OrdersWorkerModule,
      NotificationsWorkerModule,
    ],
  });
  const close = async (): Promise<void> => {
    await lab.close();
    await provider.close();
  };
  return { lab, provider, close };
}
