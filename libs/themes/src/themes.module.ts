import { Module } from '@nestjs/common';
import { MediaModule } from '@libs/media';
import { ArtefactSigner } from './artefacts/artefact-signer.service';
import {
  COMPILE_OPTIONS,
  ThemeCompiler,
  compileOptions,
} from './compile-process/theme-compiler.service';
import { PreviewTokens } from './previews/preview-tokens.service';
import { ThemePreviews } from './previews/theme-previews.service';
import { PublishTheme } from './publish/publish-theme.service';
import { ThemeFileKeeper } from './theme-file-keeper.service';
import { Themes } from './themes.service';
import { ThemeUploads } from './upload/theme-uploads.service';

const services = [
  ArtefactSigner,
  PreviewTokens,
  PublishTheme,
  ThemeFileKeeper,
  ThemePreviews,
  Themes,
  ThemeUploads,
];

/** Themes: upload, check, sealed versions, publishing. */
@Module({
  imports: [MediaModule],
  // A copy, so that what a test sets does not outlive its container.
  providers: [
    ...services,
    ThemeCompiler,
    { provide: COMPILE_OPTIONS, useFactory: () => ({ ...compileOptions }) },
  ],
  exports: services,
})
export class ThemesModule {}
