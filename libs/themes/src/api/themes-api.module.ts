import { Module } from '@nestjs/common';
import { ThemesModule } from '../themes.module';
import { PublicationsController } from './publications.controller';
import { ReceiveTheme } from './receive-theme';
import { ThemesController } from './themes.controller';
import { VersionsController } from './versions.controller';

/** What themes offers over HTTP. */
@Module({
  imports: [ThemesModule],
  controllers: [ThemesController, VersionsController, PublicationsController],
  providers: [ReceiveTheme],
})
export class ThemesApiModule {}
