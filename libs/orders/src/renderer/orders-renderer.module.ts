import { Module } from '@nestjs/common';
import { CustomerOrders } from './customer-orders';

/** What orders gives to the storefront. */
@Module({ providers: [CustomerOrders], exports: [CustomerOrders] })
export class OrdersRendererModule {}
