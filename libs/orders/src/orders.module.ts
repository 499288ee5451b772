import { Module } from '@nestjs/common';
import { CatalogModule } from '@libs/catalog';
import { CustomersModule } from '@libs/customers';
import { PaymentsModule } from '@libs/payments';
import { StoresModule } from '@libs/stores';
import { OrderChecks } from './checks/order-checks.service';
import { Documents } from './documents/documents.service';
import { SoldGiftCards } from './gift-cards/sold-gift-cards.service';
import { OpenOrders } from './erasure/open-orders';
import { UnpaidOrders } from './money/unpaid-orders.service';
import { Orders } from './orders.service';
import { OrderSettings } from './orders/order-settings.service';
import { Withdrawals } from './withdrawals/withdrawals.service';

/** Orders and what becomes of them. */
@Module({
  imports: [CatalogModule, CustomersModule, PaymentsModule, StoresModule],
  providers: [
    Orders,
    Withdrawals,
    Documents,
    SoldGiftCards,
    OpenOrders,
    OrderChecks,
    UnpaidOrders,
    OrderSettings,
  ],
  exports: [
    Orders,
    Withdrawals,
    Documents,
    SoldGiftCards,
    OrderChecks,
    UnpaidOrders,
    OrderSettings,
  ],
})
export class OrdersModule {}
