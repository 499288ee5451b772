import { Module } from '@nestjs/common';
import { MediaModule } from '@libs/media';
import { CheckoutModule } from '../checkout.module';
import { Carts } from './carts';

/** What checkout gives to the storefront. */
@Module({
  imports: [MediaModule, CheckoutModule],
  providers: [Carts],
  exports: [Carts, CheckoutModule],
})
export class CheckoutRendererModule {}
