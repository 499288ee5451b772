import { Module } from '@nestjs/common';
import { CatalogModule } from '@libs/catalog';
import { PaymentsModule } from '@libs/payments';
import { Orders } from './orders.service';

/** Orders and what becomes of them. */
@Module({ imports: [CatalogModule, PaymentsModule], providers: [Orders], exports: [Orders] })
export class OrdersModule {}
