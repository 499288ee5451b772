import { Module } from '@nestjs/common';
import { ThemesModule } from '../themes.module';
import { StorefrontPreviews } from './storefront-previews';
import { StorefrontThemes } from './storefront-themes';

/** What themes gives to the storefront. */
@Module({
  imports: [ThemesModule],
  providers: [StorefrontPreviews, StorefrontThemes],
  exports: [StorefrontPreviews, StorefrontThemes],
})
export class ThemesRendererModule {}
