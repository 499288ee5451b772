import type { ThemeMeta } from '@libs/template-engine';
import { type LoadedTheme, chooseArtefact } from './loaded-theme';

/**
 * A theme that lies on a developer's machine, as far as a page's data needs it: it has no code here.
 * @param assets file name under `assets/` to its address, as the developer's own server gives it
 */
export function localTheme(meta: ThemeMeta, assets: Record<string, string>): LoadedTheme {
  const locales = meta.locales.length > 0 ? meta.locales : [meta.defaultLocale];
  const known = locales.map((locale) => ({ locale, hash: '', signature: '' }));
  const localeFor = (locale: string) => chooseArtefact(known, locale, meta.defaultLocale).locale;
  return {
    themeId: '',
    versionId: '',
    meta,
    assets,
    localeFor,
    artefactFor: (locale) => ({
      locale: localeFor(locale),
      hash: '',
      js: () => Promise.reject(new Error('A theme on another machine has no code here.')),
    }),
  };
}
