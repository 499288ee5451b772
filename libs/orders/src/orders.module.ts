import { Module } from '@nestjs/common';
import { Orders } from './orders.service';

/** Orders and what becomes of them. */
@Module({ providers: [Orders], exports: [Orders] })
export class OrdersModule {}
