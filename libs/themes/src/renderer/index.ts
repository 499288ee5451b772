export { ThemesRendererModule } from './themes-renderer.module';
export { StorefrontThemes, type LiveVersion } from './storefront-themes';
export { StorefrontPreviews, type OpenPreview } from './storefront-previews';
export { StorefrontProblems } from './storefront-problems';
export { localTheme } from './local-theme';
export type { LoadedArtefact, LoadedTheme } from './loaded-theme';
