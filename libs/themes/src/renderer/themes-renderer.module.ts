import { Module } from '@nestjs/common';
import { ThemesModule } from '../themes.module';
import { MissingBuilds } from './missing-builds';
import { StorefrontPreviews } from './storefront-previews';
import { StorefrontProblems } from './storefront-problems';
import { StorefrontThemes } from './storefront-themes';

/** What themes gives to the storefront. */
@Module({
  imports: [ThemesModule],
  providers: [MissingBuilds, StorefrontPreviews, StorefrontProblems, StorefrontThemes],
  exports: [StorefrontPreviews, StorefrontProblems, StorefrontThemes],
})
export class ThemesRendererModule {}
