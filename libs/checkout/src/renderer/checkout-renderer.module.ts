import { Module } from '@nestjs/common';
import { MediaModule } from '@libs/media';
import { PaymentsModule } from '@libs/payments';
import { CheckoutModule } from '../checkout.module';
import { CartRates } from './cart-rates';
import { Carts } from './carts';
import { CheckoutViews } from './checkout-views';

/** What checkout gives to the storefront. */
@Module({
  imports: [MediaModule, PaymentsModule, CheckoutModule],
  providers: [Carts, CartRates, CheckoutViews],
  exports: [Carts, CartRates, CheckoutViews, CheckoutModule],
})
export class CheckoutRendererModule {}
