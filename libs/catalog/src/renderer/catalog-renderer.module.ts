import { Module } from '@nestjs/common';
import { MediaModule } from '@libs/media';
import { ProductData } from './ajax/product-data';
import { CatalogPages } from './catalog-pages';

/** What the catalogue gives to the storefront. */
@Module({
  imports: [MediaModule],
  providers: [CatalogPages, ProductData],
  exports: [CatalogPages, ProductData],
})
export class CatalogRendererModule {}
