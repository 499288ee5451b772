import type { ThemeMeta } from '@libs/template-engine';
import { assetAddress } from '../asset-address';
import type { ManifestEntry, SignedArtefact } from '../theme-version.entity';

/** Code for one locale; fetched only by a process that lacks it. */
export interface LoadedArtefact {
  locale: string;
  /** SHA-256 of the code, hexadecimal. */
  hash: string;
  /** The code, its signature checked. @throws themes.artefact-refused */
  js(): Promise<string>;
}

/** A version of a theme, ready to plan and render pages. */
export interface LoadedTheme {
  themeId: string;
  versionId: string;
  meta: ThemeMeta;
  /** File name under `assets/` to its address. */
  assets: Record<string, string>;
  /** The theme's locale for a wanted one: the very one, else one of its language, else the theme's default. */
  localeFor(locale: string): string;
  /** The code for that locale. */
  artefactFor(locale: string): LoadedArtefact;
}

/** The addresses of a version's assets by their names. */
export function assetUrls(manifest: Record<string, ManifestEntry>): Record<string, string> {
  const folder = 'assets/';
  const urls = Object.entries(manifest).flatMap(([path, { hash, served }]) => {
    if (!path.startsWith(folder)) return [];
    const name = path.slice(folder.length);
    return [[name, assetAddress(name, served ?? hash)] as const];
  });
  return Object.fromEntries(urls);
}

/**
 * Chooses the code for a locale: exactly it, else its language (`de` for `de-AT`), else another region of its language
 * (`zh-CN` for `zh-TW`), else the theme's default. A sealed version has at least one.
 */
export function chooseArtefact(
  artefacts: readonly SignedArtefact[],
  locale: string,
  defaultLocale: string,
): SignedArtefact {
  const wanted = locale.toLowerCase();
  const [language = ''] = wanted.split('-');
  const find = (fits: (candidate: string) => boolean) =>
    artefacts.find((artefact) => fits(artefact.locale.toLowerCase()));
  return (find((candidate) => candidate === wanted) ??
    find((candidate) => candidate === language) ??
    find((candidate) => candidate.startsWith(`${language}-`)) ??
    find((candidate) => candidate === defaultLocale.toLowerCase()) ??
    artefacts[0]) as SignedArtefact;
}
