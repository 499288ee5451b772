import { CatalogModule } from '@libs/catalog';
import { CheckoutModule } from '@libs/checkout';
import { OrdersModule } from '@libs/orders';
import { PaymentsModule } from '@libs/payments';
import { type Lab, openLab } from '@testing';
import { CheckoutWorkerModule } from '@worker/checkout';
import { NotificationsWorkerModule } from '@worker/notifications';
import { OrdersWorkerModule } from '@worker/orders';
import { PaymentsWorkerModule } from '@worker/payments';
import type { BookPayment } from '../../../apps/test-payments/src/books';
import { TestPaymentsServer } from '../../../apps/test-payments/src/server';
import { Reconcile } from '../../payments/src/worker/reconcile.job';
import type { SellingStore } from './checkout-lab.builder';

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

/** What a shopper does on the provider's page. */
export async function payAt({ url }: TestPaymentsServer, { id }: BookPayment): Promise<void> {
  await fetch(`${url}/pay/${id}`, {
    method: 'POST',
    body: new URLSearchParams({ choice: 'pay' }),
    redirect: 'manual',
  });
}

/** The time has come to ask the provider for all of a store that is open. */
export async function reconcile(shop: SellingStore): Promise<void> {
  await shop.sql(
    'UPDATE payments SET check_at = now() WHERE store_id = $1 AND check_at IS NOT NULL',
  );
  await shop.sql(`UPDATE payment_operations SET next_at = now() - interval '2 minutes'
    WHERE store_id = $1 AND state IN ('wanted', 'sent')`);
  await shop.lab.get(Reconcile).tick();
}
