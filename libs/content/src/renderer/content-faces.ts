import { Inject, Injectable } from '@nestjs/common';
import { BlogPages } from './blog-pages';
import { ContentPages } from './content-pages';
import { ContentSearch } from './content-search';
import { MetaobjectPages } from './metaobject-pages';

/** All that pages take from content. */
@Injectable()
export class ContentFaces {
  constructor(
    @Inject(ContentPages) readonly pages: ContentPages,
    @Inject(BlogPages) readonly blogs: BlogPages,
    @Inject(ContentSearch) readonly search: ContentSearch,
    @Inject(MetaobjectPages) readonly metaobjects: MetaobjectPages,
  ) {}
}
