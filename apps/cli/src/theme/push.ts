import { CliError, exitCodes } from '../cli-error';
import { ApiRefusal } from '../connection/api';
import { type ConnectionOptions, type StoreConnection, connect } from '../connection/connect';
import type { Output } from '../output';
import { type ConflictFile, compareThree, formatConflict } from './compare';
import { type Diagnostic, formatDiagnostic } from '@template-engine/diagnostics';
import { zipTheme } from './files/archive';
import {
  type BaseVersion,
  type PushBegun,
  notePush,
  pushBegun,
  readBase,
  writeBase,
} from './files/base-version';
import { withLineBreaksOf } from './files/line-breaks';
import { type ThemeFolder, hashesOf, readThemeFolder, sayLinks } from './files/theme-folder';
import { brokenOffTheme, makeTheme } from './new-theme';
import { publishVersion } from './publish';
import { type RemoteTheme, RemoteThemes } from './remote';

/** Flags of `caravel theme push`. */
export interface PushOptions extends ConnectionOptions {
  theme?: string;
  new?: boolean;
  publish?: boolean;
  force?: boolean;
}

interface Uploaded {
  id: string;
  versionId: string;
  n: number;
  name: string;
  findings: Diagnostic[];
  unchanged: boolean;
}

/** Where a push goes, and what it began as; to a theme of its own when there is none. */
interface Target {
  theme: RemoteTheme | null;
  base: BaseVersion | null;
}

/**
 * `caravel theme push`: the folder becomes the next version, unless somebody pushed another one meanwhile.
 * @throws CliError with the conflict, with the faults in the theme, or when the server does not confirm what it got
 */
export async function pushTheme(
  given: string,
  options: PushOptions,
  output: Output,
): Promise<void> {
  const read = await readThemeFolder(given);
  const remembered = await readBase(read.folder);
  const connection = await connect(options, remembered);
  const remote = new RemoteThemes(connection);
  const chosen = await chooseTarget(remote, remembered, options);
  const target = chosen ?? (await takeUpOr(connection, read, options, output));
  const local = { ...read, files: withLineBreaksOf(read.files, target.base?.files ?? {}) };
  const links = sayLinks(local);
  if (links !== null) output.say(links);
  const uploaded = await output.progress('Pushing', () =>
    upload(connection, local, target, options),
  );
  await confirm(remote, uploaded, local);
  const { server, storeId } = connection;
  const { id: themeId, versionId, n, name, unchanged, findings } = uploaded;
  const files = hashesOf(local.files);
  await writeBase(local.folder, { server, storeId, themeId, versionId, n, files });
  const live = options.publish ? await publishVersion(connection, themeId, versionId) : null;
  for (const finding of findings) output.say(`${formatDiagnostic(finding)}\n`);
  const what = unchanged ? 'has these very files already' : `has ${local.files.size} files`;
  output.result(
    { storeId, themeId, versionId, n, name, unchanged, published: live !== null, findings },
    `${name}, version ${n} (${versionId}), ${what}${live ? ' and is live' : ''}.`,
  );
}

/** @returns null for a theme of its own */
async function chooseTarget(
  remote: RemoteThemes,
  remembered: BaseVersion | null,
  options: PushOptions,
): Promise<Target | null> {
  if (options.new && options.theme !== undefined) {
    const sentence = '--new makes another theme: leave out --theme, or --new.';
    throw new CliError(sentence, exitCodes.unusable, 'cli.new-or-theme');
  }
  // A folder that came from nowhere begins a theme; it must not land in the only theme there is by chance.
  if (options.new || (options.theme === undefined && remembered === null)) return null;
  const theme = await remote.choose(options.theme, remembered);
  return { theme, base: remembered?.themeId === theme.id ? remembered : null };
}

/** What a push that was broken off has made of this folder, else a theme of its own. @throws CliError without --new */
async function takeUpOr(
  connection: StoreConnection,
  { folder }: ThemeFolder,
  options: PushOptions,
  output: Output,
): Promise<Target> {
  const made = await brokenOffTheme(connection, folder);
  if (made) {
    const { name, id } = made.theme;
    output.say(
      `A push from here that was broken off had become ${name} (${id}): this goes on with it.`,
    );
    await writeBase(folder, made.base);
    return made;
  }
  if (options.new) return { theme: null, base: null };
  const sentence =
    'This folder was never pushed or pulled: say --new for a theme of its own, or --theme for an existing one.';
  throw new CliError(sentence, exitCodes.unusable, 'cli.which-theme');
}

async function upload(
  connection: StoreConnection,
  local: ThemeFolder,
  { theme, base }: Target,
  { force = false }: PushOptions,
): Promise<Uploaded> {
  const query = new URLSearchParams();
  if (theme) query.set('themeId', theme.id);
  if (theme && !force) {
    if (base === null && theme.latestVersionId !== null) throw neverSeen(theme);
    if (base) query.set('baseVersionId', base.versionId);
  }
  const { api, storeId } = connection;
  const zip = await zipTheme(local.files);
  const begun = await pushBegun(local.folder);
  const send = (headers: Record<string, string> = {}) =>
    api.upload<Uploaded>(`/stores/${storeId}/themes?${String(query)}`, zip, headers);
  if (base)
    await notePush(local.folder, { versionId: base.versionId, files: hashesOf(local.files) });
  try {
    return await (theme ? send() : makeTheme(connection, local, send));
  } catch (error) {
    if (!(error instanceof ApiRefusal)) throw error;
    if (error.code === 'themes.version-moved' && theme && base) {
      const remote = new RemoteThemes(connection);
      const own = begun && (await ownVersion(remote, error, base, begun));
      if (own) await writeBase(local.folder, own);
      if (own) return upload(connection, local, { theme, base: own }, { force });
      throw await conflict(remote, error, local, base);
    }
    if (error.code === 'themes.invalid-theme') throw faults(error);
    throw error;
  }
}

function neverSeen({ name, latestN }: RemoteTheme): CliError {
  return new CliError(
    `This folder did not begin as a version of ${name}, which is at number ${latestN}: pull it first, or say --force to put these files in its place.`,
    exitCodes.conflict,
    'cli.no-base',
  );
}

/**
 * The version that moved the theme, when it is what a push from this very folder sent whose answer never came.
 * @param begun that push
 */
async function ownVersion(
  remote: RemoteThemes,
  error: ApiRefusal,
  base: BaseVersion,
  begun: PushBegun,
): Promise<BaseVersion | null> {
  const { versionId, n } = error.problem.current as { versionId: string; n: number };
  if (begun.versionId !== base.versionId || n !== base.n + 1) return null;
  const held = await remote.detail(base.themeId, versionId);
  const same =
    held.files.length === Object.keys(begun.files).length &&
    held.files.every(({ path, hash }) => begun.files[path] === hash);
  return same ? { ...base, versionId, n, files: begun.files } : null;
}

/** Reads what the others have made of the base, so that nobody has to guess. */
async function conflict(
  remote: RemoteThemes,
  error: ApiRefusal,
  local: ThemeFolder,
  base: BaseVersion,
): Promise<CliError> {
  const current = error.problem.current as { versionId: string; n: number };
  const theirs = await remote.files(base.themeId, current.versionId);
  // A base that was pruned leaves two versions to compare.
  const began = await remote.files(base.themeId, base.versionId).catch(() => null);
  const files: ConflictFile[] = compareThree({ base: began, theirs, ours: local.files });
  const versions = await remote.versions(base.themeId);
  const by = versions.find(({ versionId }) => versionId === current.versionId)?.createdBy;
  return new CliError(
    `${by ?? 'Somebody'} pushed version ${current.n} while this folder was at ${base.n}; nothing was overwritten.\n\n${formatConflict(files)}\n\n\`caravel theme pull\` takes what was changed there alone and leaves what was changed here alone; --force puts yours in the place of theirs.`,
    exitCodes.conflict,
    'cli.version-moved',
    { base: { versionId: base.versionId, n: base.n }, theirs: current, files },
  );
}

function faults(error: ApiRefusal): CliError {
  const findings = (error.problem.findings ?? []) as Uploaded['findings'];
  const text = [...findings.map((one) => formatDiagnostic(one)), error.message].join('\n\n');
  return new CliError(text, exitCodes.refused, error.code, { findings });
}

/** Believes nothing but the server's own list of what it holds. */
async function confirm(
  remote: RemoteThemes,
  uploaded: Uploaded,
  local: ThemeFolder,
): Promise<void> {
  const held = await remote.detail(uploaded.id, uploaded.versionId);
  const theirs = new Map(held.files.map(({ path, hash }) => [path, hash]));
  const ours = Object.entries(hashesOf(local.files));
  const wrong = ours.filter(([path, hash]) => theirs.get(path) !== hash).map(([path]) => path);
  if (wrong.length === 0 && theirs.size === ours.length) return;
  throw new CliError(
    `The server did not confirm version ${uploaded.n}: ${wrong[0] ?? 'the number of files'} is not what was sent. Push again.`,
    exitCodes.refused,
    'cli.not-confirmed',
    { versionId: uploaded.versionId, files: wrong },
  );
}
