import { resolve } from 'node:path';
import { applyPreset, presetNames } from '@libs/template-engine';
import { CliError, exitCodes } from '../cli-error';
import type { Output } from '../output';
import { firstPartyTheme } from './files/first-party';
import { type ThemeFolder, isFreeFolder, readThemeFolder, writeFiles } from './files/theme-folder';

/** Flags of `caravel theme init`. */
export interface InitOptions {
  theme: string;
  preset?: string;
}

/** `caravel theme init`: a new folder with a theme to begin from. @throws CliError for a folder that has something in it */
export async function initTheme(
  given: string,
  { theme, preset }: InitOptions,
  output: Output,
): Promise<void> {
  const folder = resolve(given);
  const { files } = inPreset(await readThemeFolder(firstPartyTheme(theme)), preset);
  if (!(await isFreeFolder(folder))) {
    const sentence = `${folder} is not empty: name a folder that is, or that does not exist yet. Hidden files, READMEs and licences may be there.`;
    throw new CliError(sentence, exitCodes.unusable, 'cli.folder-not-empty');
  }
  await writeFiles(folder, files);
  const paths = [...files.keys()];
  const named = quoted(given);
  output.result(
    { folder, theme, preset: preset ?? null, files: paths },
    `${paths.length} files of the theme ${theme} are in ${folder}.\nNext: caravel theme dev ${named}`,
  );
}

/** A folder's name as every shell takes it. */
function quoted(name: string): string {
  return /^[\w./\\:~+-]+$/.test(name) ? name : JSON.stringify(name);
}

/** The same files with the look of a preset. @throws CliError that names those that there are */
function inPreset(theme: ThemeFolder, preset: string | undefined): Pick<ThemeFolder, 'files'> {
  if (preset === undefined) return theme;
  const names = presetNames(theme.files);
  if (names.includes(preset)) {
    const { files } = applyPreset(theme.files, preset);
    return { files: new Map([...files].map(([path, content]) => [path, Buffer.from(content)])) };
  }
  const among = names.length === 0 ? 'it has none' : `choose one of ${names.join(', ')}`;
  const sentence = `--preset: the theme has no preset “${preset}”; ${among}.`;
  throw new CliError(sentence, exitCodes.unusable, 'cli.which-preset');
}
