import { Module } from '@nestjs/common';
import { StoresModule } from '@libs/stores';
import { CheckoutModule } from '../checkout.module';
import { GiveFirstZone } from './give-first-zone';

/** What checkout does after the commit. */
@Module({ imports: [StoresModule, CheckoutModule], providers: [GiveFirstZone] })
export class CheckoutWorkerModule {}
