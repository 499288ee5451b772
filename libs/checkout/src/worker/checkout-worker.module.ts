import { Module } from '@nestjs/common';
import { StoresModule } from '@libs/stores';
import { CheckoutModule } from '../checkout.module';
import { GiveDiscountsBack } from './give-discounts-back';
import { GiveFirstZone } from './give-first-zone';
import { SettleOnFacts } from './settle-on-facts';
import { RunExpireCheckout } from './run-expire-checkout.job';
import { SweepCheckouts } from './sweep-checkouts.job';

/** What checkout does after the commit. */
@Module({
  imports: [StoresModule, CheckoutModule],
  providers: [GiveFirstZone, GiveDiscountsBack, SweepCheckouts, RunExpireCheckout, SettleOnFacts],
})
export class CheckoutWorkerModule {}
