import { Module } from '@nestjs/common';
import { MediaModule } from '@libs/media';
import { ProductData } from './ajax/product-data';
import { CatalogPages } from './catalog-pages';
import { CatalogSitemaps } from './catalog-sitemaps';

/** What the catalogue gives to the storefront. */
@Module({
  imports: [MediaModule],
  providers: [CatalogPages, CatalogSitemaps, ProductData],
  exports: [CatalogPages, CatalogSitemaps, ProductData],
})
export class CatalogRendererModule {}
