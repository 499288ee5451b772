export { ThemesModule } from './themes.module';
export { Themes } from './themes.service';
export {
  ThemeUploads,
  type UploadTarget,
  type UploadedTheme,
} from './upload/theme-uploads.service';
export { readThemeArchive } from './upload/read-archive';
export { PublishTheme } from './publish/publish-theme.service';
export { RebuildThemes } from './builds/rebuild-themes.service';
export { ThemeDeleted, ThemePublished } from './themes.events';
export { themesErrors } from './themes.errors';
export type { ThemeFinding } from './theme-finding';
