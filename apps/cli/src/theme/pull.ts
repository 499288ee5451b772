import { resolve } from 'node:path';
import { CliError, exitCodes } from '../cli-error';
import { type ConnectionOptions, connect } from '../connection/connect';
import type { Output } from '../output';
import { readBase, writeBase } from './files/base-version';
import { withLineBreaksOf } from './files/line-breaks';
import {
  type FileBytes,
  changeFiles,
  hashesOf,
  isFreeFolder,
  readThemeFolder,
} from './files/theme-folder';
import { RemoteThemes } from './remote';

/** Flags of `caravel theme pull`. */
export interface PullOptions extends ConnectionOptions {
  theme?: string;
  version?: number;
  force?: boolean;
}

/**
 * `caravel theme pull`: the files of a version; what was changed here alone stays.
 * @throws CliError for files that were changed on both sides
 */
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
  const present = (await isFreeFolder(folder)) ? new Map() : (await readThemeFolder(folder)).files;
  const before = remembered?.themeId === theme.id ? remembered.files : {};
  const plan = options.force ? theirsAlone(present, files) : bringTogether(before, present, files);
  if (plan.lost.length > 0) {
    throw new CliError(
      `These files were changed here and there, and would be overwritten: ${plan.lost.join(', ')}. Copy them elsewhere and say --force, which takes all of theirs; then bring your changes in again.`,
      exitCodes.conflict,
      'cli.local-changes',
      { files: plan.lost },
    );
  }
  await changeFiles(folder, plan);
  const { server, storeId } = connection;
  const { versionId, n } = version;
  const hashes = hashesOf(files);
  await writeBase(folder, { server, storeId, themeId: theme.id, versionId, n, files: hashes });
  const { remove: removed, kept } = plan;
  const left = kept.length === 0 ? '' : ` Changed here and left as they are: ${kept.join(', ')}.`;
  output.result(
    { folder, storeId, themeId: theme.id, versionId, n, files: files.size, removed, kept },
    `${theme.name}, version ${n}: ${files.size} files are in ${folder}.${left}`,
  );
}

/** What becomes of the files of a folder. */
interface PullPlan {
  write: Map<string, Buffer>;
  remove: string[];
  /** Changed here alone. */
  kept: string[];
  /** Changed here and there, and not alike. */
  lost: string[];
}

/** What was changed there alone comes, what was changed here alone stays. */
function bringTogether(
  before: Record<string, string>,
  present: FileBytes,
  coming: FileBytes,
): PullPlan {
  const plan: PullPlan = { write: new Map(), remove: [], kept: [], lost: [] };
  const there = hashesOf(coming);
  const here = hashesOf(withLineBreaksOf(withLineBreaksOf(present, before), there));
  for (const path of Object.keys({ ...before, ...here, ...there }).sort()) {
    if (here[path] === there[path]) continue;
    const next = coming.get(path);
    if (here[path] !== before[path])
      plan[there[path] === before[path] ? 'kept' : 'lost'].push(path);
    else if (next === undefined) plan.remove.push(path);
    else plan.write.set(path, next);
  }
  return plan;
}

function theirsAlone(present: FileBytes, coming: FileBytes): PullPlan {
  const remove = [...present.keys()].filter((path) => !coming.has(path));
  return { write: new Map(coming), remove, kept: [], lost: [] };
}
