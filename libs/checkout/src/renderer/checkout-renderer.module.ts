import { Module } from '@nestjs/common';
import { MediaModule } from '@libs/media';
import { CheckoutModule } from '../checkout.module';
import { CartRates } from './cart-rates';
import { Carts } from './carts';

/** What checkout gives to the storefront. */
@Module({
  imports: [MediaModule, CheckoutModule],
  providers: [Carts, CartRates],
  exports: [Carts, CartRates, CheckoutModule],
})
export class CheckoutRendererModule {}
