import { Module } from '@nestjs/common';
import { StorefrontStores } from './storefront-stores';

/** What stores gives to the storefront. */
@Module({ providers: [StorefrontStores], exports: [StorefrontStores] })
export class StoresRendererModule {}
