import { Inject, Injectable } from '@nestjs/common';
import { CatalogPages } from '@renderer/catalog';
import { Carts } from '@renderer/checkout';
import {
  type BlogPages,
  ContentFaces,
  type ContentPages,
  type ContentSearch,
  type MetaobjectPages,
} from '@renderer/content';
import { MediaPages } from '@renderer/media';
import { StorefrontStores } from '@renderer/stores';
import { StorefrontThemes } from '@renderer/themes';
import { AccountData } from '../account/account-data';

/** The slices' faces that a page's data comes from. */
@Injectable()
export class PageFaces {
  readonly content: ContentPages;
  readonly blogs: BlogPages;
  readonly search: ContentSearch;
  readonly metaobjects: MetaobjectPages;

  constructor(
    @Inject(StorefrontStores) readonly stores: StorefrontStores,
    @Inject(StorefrontThemes) readonly themes: StorefrontThemes,
    @Inject(CatalogPages) readonly catalog: CatalogPages,
    @Inject(ContentFaces) { pages, blogs, search, metaobjects }: ContentFaces,
    @Inject(MediaPages) readonly media: MediaPages,
    @Inject(Carts) readonly carts: Carts,
    @Inject(AccountData) readonly account: AccountData,
  ) {
    this.content = pages;
    this.blogs = blogs;
    this.search = search;
    this.metaobjects = metaobjects;
  }
}
