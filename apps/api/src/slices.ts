import type { Type } from '@nestjs/common';
import { CatalogApiModule } from '@api/catalog';
import { CheckoutApiModule } from '@api/checkout';
import { ContentApiModule } from '@api/content';
import { CustomersApiModule } from '@api/customers';
import { DomainsApiModule } from '@api/domains';
import { IdentityApiModule } from '@api/identity';
import { MediaApiModule } from '@api/media';
import { NotificationsApiModule } from '@api/notifications';
import { PaymentsApiModule } from '@api/payments';
import { OrdersApiModule } from '@api/orders';
import { StoresApiModule } from '@api/stores';
import { ThemesApiModule } from '@api/themes';

/** The api faces, in the order in which their guards stand: who asks, then where they may go. */
export const slices: Type[] = [
  IdentityApiModule,
  StoresApiModule,
  DomainsApiModule,
  MediaApiModule,
  CatalogApiModule,
  ContentApiModule,
  CustomersApiModule,
  PaymentsApiModule,
  OrdersApiModule,
  ThemesApiModule,
  CheckoutApiModule,
  NotificationsApiModule,
];
