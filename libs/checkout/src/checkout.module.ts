import { Module } from '@nestjs/common';
import { OpenCarts } from './carts/open-carts.service';

/** Carts. */
@Module({ providers: [OpenCarts], exports: [OpenCarts] })
export class CheckoutModule {}
