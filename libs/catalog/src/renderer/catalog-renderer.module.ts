import { Module } from '@nestjs/common';
import { MediaModule } from '@libs/media';
import { CatalogPages } from './catalog-pages';

/** What the catalogue gives to the storefront. */
@Module({ imports: [MediaModule], providers: [CatalogPages], exports: [CatalogPages] })
export class CatalogRendererModule {}
