import { resolve } from 'node:path';
import { CliError, exitCodes } from '../cli-error';
import { type ConnectionOptions, connect } from '../connection/connect';
import type { Output } from '../output';
import { changesSince, readBase, writeBase } from './files/base-version';
import {
  type FileBytes,
  hashOf,
  hashesOf,
  isEmptyFolder,
  readThemeFolder,
  removeFiles,
  writeFiles,
} from './files/theme-folder';
import { RemoteThemes } from './remote';

/** Flags of `caravel theme pull`. */
export interface PullOptions extends ConnectionOptions {
  theme?: string;
  version?: number;
  force?: boolean;
}

/** `caravel theme pull`: the files of a version, unless they would overwrite what was changed here. @throws CliError */
export async function pullTheme(
  given: string,
  options: PullOptions,
  output: Output,
): Promise<void> {
  const folder = resolve(given);
  const remembered = await readBase(folder);
  const connection = await connect(options, remembered);
  const remote = new RemoteThemes(connection);
  const theme = await remote.choose(options.theme, remembered);
  const version = await remote.chooseVersion(theme, options.version);
  const files = await output.progress('Pulling', () => remote.files(theme.id, version.versionId));
  const present = (await isEmptyFolder(folder)) ? new Map() : (await readThemeFolder(folder)).files;
  const before = remembered?.themeId === theme.id ? remembered.files : {};
  const lost = wouldBeLost(before, present, files);
  if (lost.length > 0 && !options.force) {
    throw new CliError(
      `These files were changed here and would be overwritten: ${lost.join(', ')}. Push or move them, or say --force.`,
      exitCodes.conflict,
      'cli.local-changes',
      { files: lost },
    );
  }
  const gone = [...present.keys()].filter((path) => !files.has(path));
  await writeFiles(folder, files);
  await removeFiles(folder, gone);
  const { server, storeId } = connection;
  const { versionId, n } = version;
  const hashes = hashesOf(files);
  await writeBase(folder, { server, storeId, themeId: theme.id, versionId, n, files: hashes });
  output.result(
    { folder, storeId, themeId: theme.id, versionId, n, files: files.size, removed: gone },
    `${theme.name}, version ${n}: ${files.size} files are in ${folder}.`,
  );
}

/** Files that differ from what they began as and from what comes. */
function wouldBeLost(
  before: Record<string, string>,
  present: FileBytes,
  coming: FileBytes,
): string[] {
  const { added, changed } = changesSince(before, hashesOf(present));
  return [...added, ...changed].filter((path) => {
    const next = coming.get(path);
    return next === undefined || hashOf(next) !== hashOf(present.get(path) as Buffer);
  });
}
