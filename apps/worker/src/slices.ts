import type { DynamicModule, Type } from '@nestjs/common';
import { CatalogWorkerModule } from '@worker/catalog';
import { CheckoutWorkerModule } from '@worker/checkout';
import { ContentWorkerModule } from '@worker/content';
import { DomainsWorkerModule } from '@worker/domains';
import { MediaWorkerModule } from '@worker/media';
import { NotificationsWorkerModule } from '@worker/notifications';
import { PaymentsWorkerModule } from '@worker/payments';
import { OrdersWorkerModule } from '@worker/orders';
import { ThemesWorkerModule } from '@worker/themes';

/** The worker faces: what happens after the commit, slice by slice. */
export const slices: (Type | DynamicModule)[] = [
  DomainsWorkerModule,
  MediaWorkerModule,
  CatalogWorkerModule,
  ContentWorkerModule,
  PaymentsWorkerModule,
  ThemesWorkerModule,
  CheckoutWorkerModule,
  OrdersWorkerModule,
  NotificationsWorkerModule,
];
