import { Module } from '@nestjs/common';
import { ContentModule } from '../content.module';
import { ArticlesController } from './articles.controller';
import { BlogsController } from './blogs.controller';
import { MenusController } from './menus.controller';
import { PagesController } from './pages.controller';

/** What content offers over HTTP. */
@Module({
  imports: [ContentModule],
  controllers: [PagesController, MenusController, BlogsController, ArticlesController],
})
export class ContentApiModule {}
