import { Module } from '@nestjs/common';
import { ContentModule } from '../content.module';
import { MenusController } from './menus.controller';
import { PagesController } from './pages.controller';

/** What content offers over HTTP. */
@Module({ imports: [ContentModule], controllers: [PagesController, MenusController] })
export class ContentApiModule {}
