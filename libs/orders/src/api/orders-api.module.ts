import { Module } from '@nestjs/common';
import { OrdersModule } from '../orders.module';
import { ExposureController } from './exposure.controller';
import { DocumentsController } from './documents.controller';
import { OrderGiftCardsController } from './order-gift-cards.controller';
import { OrderSettingsController } from './order-settings.controller';
import { OrdersController } from './orders.controller';
import { ParcelsController } from './parcels.controller';
import { RefundsController } from './refunds.controller';
import { ReturnsController } from './returns.controller';
import { WithdrawalsController } from './withdrawals.controller';

/** What orders offers over HTTP. */
@Module({
  imports: [OrdersModule],
  controllers: [
    ExposureController,
    OrdersController,
    OrderSettingsController,
    OrderGiftCardsController,
    DocumentsController,
    ParcelsController,
    RefundsController,
    ReturnsController,
    WithdrawalsController,
  ],
})
export class OrdersApiModule {}
