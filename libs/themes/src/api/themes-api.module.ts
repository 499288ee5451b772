import { Module } from '@nestjs/common';
import { ThemesModule } from '../themes.module';
import { StoresModule } from '@libs/stores';
import { BuildingFirst } from './building-first';
import { PreviewsController } from './previews.controller';
import { ThemeProblemsController } from './theme-problems.controller';
import { PublicationsController } from './publications.controller';
import { ReceiveTheme } from './receive-theme';
import { ThemesController } from './themes.controller';
import { VersionsController } from './versions.controller';

/** What themes offers over HTTP. */
@Module({
  imports: [StoresModule, ThemesModule],
  controllers: [
    ThemesController,
    VersionsController,
    PublicationsController,
    PreviewsController,
    ThemeProblemsController,
  ],
  providers: [BuildingFirst, ReceiveTheme],
})
export class ThemesApiModule {}
