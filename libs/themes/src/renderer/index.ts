export { ThemesRendererModule } from './themes-renderer.module';
export { StorefrontThemes, type LiveVersion } from './storefront-themes';
export type { LoadedArtefact, LoadedTheme } from './loaded-theme';
