import { Module } from '@nestjs/common';
import { Menus } from './menus.service';
import { Pages } from './pages.service';

/** Pages and menus. */
@Module({ providers: [Pages, Menus], exports: [Pages, Menus] })
export class ContentModule {}
