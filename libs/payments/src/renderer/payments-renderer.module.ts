import { Module } from '@nestjs/common';
import { PaymentsModule } from '../payments.module';

/** What the storefront needs of payments: the door of their webhooks. */
@Module({ imports: [PaymentsModule], exports: [PaymentsModule] })
export class PaymentsRendererModule {}
