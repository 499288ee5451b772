import { Module } from '@nestjs/common';
import { MediaModule } from '@libs/media';
import { Articles } from './articles.service';
import { Blogs } from './blogs.service';
import { Menus } from './menus.service';
import { Pages } from './pages.service';

const services = [Pages, Menus, Blogs, Articles];

/** Pages, blogs with their articles, and menus. */
@Module({ imports: [MediaModule], providers: services, exports: services })
export class ContentModule {}
