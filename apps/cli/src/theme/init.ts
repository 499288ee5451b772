import { resolve } from 'node:path';
import { CliError, exitCodes } from '../cli-error';
import type { Output } from '../output';
import { firstPartyTheme } from './files/first-party';
import { isEmptyFolder, readThemeFolder, writeFiles } from './files/theme-folder';

/** Flags of `caravel theme init`. */
export interface InitOptions {
  theme: string;
}

/** `caravel theme init`: a new folder with a theme to begin from. @throws CliError for a folder that has something in it */
export async function initTheme(
  given: string,
  { theme }: InitOptions,
  output: Output,
): Promise<void> {
  const folder = resolve(given);
  const { files } = await readThemeFolder(firstPartyTheme(theme));
  if (!(await isEmptyFolder(folder))) {
    const sentence = `${folder} is not empty: name a folder that is, or that does not exist yet.`;
    throw new CliError(sentence, exitCodes.unusable, 'cli.folder-not-empty');
  }
  await writeFiles(folder, files);
  const paths = [...files.keys()];
  output.result(
    { folder, theme, files: paths },
    `${paths.length} files of the theme ${theme} are in ${folder}.\nNext: caravel theme check ${given}, caravel theme dev ${given}`,
  );
}
