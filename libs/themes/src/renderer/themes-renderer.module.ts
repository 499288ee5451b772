import { Module } from '@nestjs/common';
import { ThemesModule } from '../themes.module';
import { StorefrontThemes } from './storefront-themes';

/** What themes gives to the storefront. */
@Module({ imports: [ThemesModule], providers: [StorefrontThemes], exports: [StorefrontThemes] })
export class ThemesRendererModule {}
