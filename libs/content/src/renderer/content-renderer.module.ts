import { Module } from '@nestjs/common';
import { MediaModule } from '@libs/media';
import { BlogPages } from './blog-pages';
import { ContentPages } from './content-pages';

/** What content gives to the storefront. */
@Module({
  imports: [MediaModule],
  providers: [ContentPages, BlogPages],
  exports: [ContentPages, BlogPages],
})
export class ContentRendererModule {}
