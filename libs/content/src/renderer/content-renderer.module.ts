import { Module } from '@nestjs/common';
import { MediaModule } from '@libs/media';
import { BlogPages } from './blog-pages';
import { ContentFaces } from './content-faces';
import { ContentPages } from './content-pages';
import { ContentSearch } from './content-search';
import { MetaobjectPages } from './metaobject-pages';

const faces = [ContentPages, BlogPages, ContentSearch, MetaobjectPages, ContentFaces];

/** What content gives to the storefront. */
@Module({ imports: [MediaModule], providers: faces, exports: faces })
export class ContentRendererModule {}
