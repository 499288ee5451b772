import { Module } from '@nestjs/common';
import { OrdersModule } from '../orders.module';
import { CustomerOrders } from './customer-orders';
import { OrderLookup } from './order-lookup';

/** What orders gives to the storefront. */
@Module({
  imports: [OrdersModule],
  providers: [CustomerOrders, OrderLookup],
  exports: [OrdersModule, CustomerOrders, OrderLookup],
})
export class OrdersRendererModule {}
