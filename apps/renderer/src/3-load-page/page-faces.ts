import { Inject, Injectable } from '@nestjs/common';
import { CatalogPages } from '@renderer/catalog';
import { Carts } from '@renderer/checkout';
import { BlogPages, ContentPages } from '@renderer/content';
import { StorefrontStores } from '@renderer/stores';
import { StorefrontThemes } from '@renderer/themes';

/** The slices' faces that a page's data comes from. */
@Injectable()
export class PageFaces {
  constructor(
    @Inject(StorefrontStores) readonly stores: StorefrontStores,
    @Inject(StorefrontThemes) readonly themes: StorefrontThemes,
    @Inject(CatalogPages) readonly catalog: CatalogPages,
    @Inject(ContentPages) readonly content: ContentPages,
    @Inject(BlogPages) readonly blogs: BlogPages,
    @Inject(Carts) readonly carts: Carts,
  ) {}
}
