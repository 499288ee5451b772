import { Module } from '@nestjs/common';
import { OrdersModule } from '@libs/orders';
import { StoresModule } from '@libs/stores';
import { CheckoutModule } from '../checkout.module';
import { AskForRefusedMoney } from './ask-for-refused-money';
import { EndPaidLinks } from './end-paid-links';
import { GiveDiscountsBack } from './give-discounts-back';
import { GiveFirstZone } from './give-first-zone';
import { SettleOnFacts } from './settle-on-facts';
import { RunCancelUnpaid } from './run-cancel-unpaid.job';
import { RunCheckStore } from './run-check-store.job';
import { RunExpireCheckout } from './run-expire-checkout.job';
import { RunRecheckVatNumber } from './run-recheck-vat-number.job';
import { RunTellDiscount } from './run-tell-discount.job';
import { RunTidyCarts } from './run-tidy-carts.job';
import { SweepCheckouts } from './sweep-checkouts.job';
import { SweepOldCarts } from './sweep-old-carts.job';
import { SweepStoreChecks } from './sweep-store-checks.job';
import { SweepVatNumbers } from './sweep-vat-numbers.job';

/** What checkout does after the commit. */
@Module({
  imports: [StoresModule, OrdersModule, CheckoutModule],
  providers: [
    GiveFirstZone,
    GiveDiscountsBack,
    AskForRefusedMoney,
    EndPaidLinks,
    RunCancelUnpaid,
    SweepCheckouts,
    RunExpireCheckout,
    RunTellDiscount,
    SettleOnFacts,
    SweepStoreChecks,
    SweepOldCarts,
    RunTidyCarts,
    RunCheckStore,
    SweepVatNumbers,
    RunRecheckVatNumber,
  ],
})
export class CheckoutWorkerModule {}
