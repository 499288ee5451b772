import { Module } from '@nestjs/common';
import { ContentModule } from '../content.module';
import { ArticlesController } from './articles.controller';
import { BlogsController } from './blogs.controller';
import { MenusController } from './menus.controller';
import { MetaobjectDefinitionsController } from './metaobject-definitions.controller';
import { MetaobjectsController } from './metaobjects.controller';
import { PagesController } from './pages.controller';
import { PoliciesController } from './policies.controller';

/** What content offers over HTTP. */
@Module({
  imports: [ContentModule],
  controllers: [
    PagesController,
    PoliciesController,
    MenusController,
    BlogsController,
    ArticlesController,
    MetaobjectDefinitionsController,
    MetaobjectsController,
  ],
})
export class ContentApiModule {}
