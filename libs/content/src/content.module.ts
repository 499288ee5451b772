import { Module } from '@nestjs/common';
import { MediaModule } from '@libs/media';
import { Articles } from './articles.service';
import { Blogs } from './blogs.service';
import { Menus } from './menus.service';
import { MetaobjectDefinitions } from './metaobjects/metaobject-definitions.service';
import { Metaobjects } from './metaobjects/metaobjects.service';
import { Pages } from './pages.service';

const services = [Pages, Menus, Blogs, Articles, MetaobjectDefinitions, Metaobjects];

/** Pages, blogs with their articles, menus, and records of kinds that the merchant defines. */
@Module({ imports: [MediaModule], providers: services, exports: services })
export class ContentModule {}
