import { Module } from '@nestjs/common';
import { MediaModule } from '@libs/media';
import { CONFIG, type Config } from '@platform/config';
import { ArtefactSigner } from './artefacts/artefact-signer.service';
import { RebuildThemes } from './builds/rebuild-themes.service';
import { ThemeBuilds } from './builds/theme-builds.service';
import { VersionBuilder } from './builds/version-builder.service';
import {
  COMPILE_OPTIONS,
  type CompileOptions,
  ThemeCompiler,
  compileProgram,
} from './compile-process/theme-compiler.service';
import { PreviewTokens } from './previews/preview-tokens.service';
import { ThemePreviews } from './previews/theme-previews.service';
import { ThemeProblems } from './problems/theme-problems.service';
import { PublishTheme } from './publish/publish-theme.service';
import { ThemeFileKeeper } from './theme-file-keeper.service';
import { Themes } from './themes.service';
import { ThemeUploads } from './upload/theme-uploads.service';

const services = [
  ArtefactSigner,
  PreviewTokens,
  PublishTheme,
  RebuildThemes,
  ThemeBuilds,
  ThemeFileKeeper,
  ThemePreviews,
  ThemeProblems,
  Themes,
  ThemeUploads,
  VersionBuilder,
];

/** Themes: upload, check, sealed versions, publishing. */
@Module({
  imports: [MediaModule],
  providers: [
    ...services,
    ThemeCompiler,
    {
      provide: COMPILE_OPTIONS,
      inject: [CONFIG],
      useFactory: ({ themeCompileSeconds }: Config): CompileOptions => ({
        program: compileProgram,
        killAfterMs: themeCompileSeconds * 1000,
      }),
    },
  ],
  exports: services,
})
export class ThemesModule {}
