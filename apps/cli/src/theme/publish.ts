import { CliError, exitCodes } from '../cli-error';
import { type ConnectionOptions, type StoreConnection, connect } from '../connection/connect';
import { type Output, table } from '../output';
import { readBase } from './files/base-version';
import { type RemoteTheme, RemoteThemes } from './remote';

/** Flags of commands that name a theme and a version of it. */
export interface VersionOptions extends ConnectionOptions {
  theme?: string;
  version?: number;
}

interface Live {
  id: string;
  versionId: string;
  n: number;
  previousVersionId: string | null;
}

/** `caravel theme publish`: the latest version, or the one that is named, is live from now on. */
export async function publishTheme(options: VersionOptions, output: Output): Promise<void> {
  const { connection, theme, remote } = await choose(options);
  const version = await remote.chooseVersion(theme, options.version);
  const live = await publishVersion(connection, theme.id, version.versionId);
  output.result(
    { storeId: connection.storeId, ...live },
    `${theme.name}, version ${live.n}, is live in ${connection.handle}.`,
  );
}

/** `caravel theme rollback`: what was live before is live again. */
export async function rollbackTheme(options: VersionOptions, output: Output): Promise<void> {
  const { connection, theme, remote } = await choose(options, true);
  const version =
    options.version === undefined ? null : await remote.chooseVersion(theme, options.version);
  const live = await move(connection, theme.id, 'rollback', {
    expectedVersionId: await liveVersion(remote),
    ...(version ? { versionId: version.versionId } : {}),
  });
  // What was live before may be another theme.
  const name = (await remote.list()).find(({ id }) => id === live.id)?.name ?? theme.name;
  output.result(
    { storeId: connection.storeId, ...live },
    `${name}, version ${live.n} (${live.versionId}), is live again in ${connection.handle}.`,
  );
}

/** Makes a version live, unless somebody else published since this began. @throws ApiRefusal */
export async function publishVersion(
  connection: StoreConnection,
  themeId: string,
  versionId: string,
): Promise<Live> {
  const expectedVersionId = await liveVersion(new RemoteThemes(connection));
  return move(connection, themeId, 'publish', { versionId, expectedVersionId });
}

/** `caravel theme list`: themes and their versions, and which one is live. */
export async function listThemes(options: VersionOptions, output: Output): Promise<void> {
  const connection = await connect(options, await readBase('.'));
  const remote = new RemoteThemes(connection);
  const themes = await remote.list();
  const chosen = options.theme === undefined ? themes : [await remote.choose(options.theme, null)];
  const items = await Promise.all(
    chosen.map(async (theme) => ({ ...theme, versions: await remote.versions(theme.id) })),
  );
  const rows = items.flatMap(({ id, name, versions }) =>
    versions.map((one, at) => [
      at === 0 ? name : '',
      at === 0 ? id : '',
      String(one.n),
      one.live ? 'live' : '',
      one.createdAt.slice(0, 16).replace('T', ' '),
      one.createdBy,
    ]),
  );
  const heads = ['THEME', 'ID', 'VERSION', '', 'PUSHED (UTC)', 'BY'];
  const text = rows.length === 0 ? 'The store has no themes yet.' : table([heads, ...rows]);
  output.result({ storeId: connection.storeId, store: connection.handle, themes: items }, text);
}

async function choose(options: VersionOptions, live = false) {
  const base = await readBase('.');
  const connection = await connect(options, base);
  const remote = new RemoteThemes(connection);
  const lit = live && options.theme === undefined ? await liveTheme(remote) : undefined;
  return { connection, remote, theme: lit ?? (await remote.choose(options.theme, base)) };
}

async function liveTheme(remote: RemoteThemes): Promise<RemoteTheme | undefined> {
  return (await remote.list()).find(({ live }) => live);
}

async function liveVersion(remote: RemoteThemes): Promise<string | null> {
  return (await liveTheme(remote))?.liveVersionId ?? null;
}

/** @throws CliError when somebody else published since this began */
async function move(
  { api, storeId }: StoreConnection,
  themeId: string,
  verb: 'publish' | 'rollback',
  body: object,
): Promise<Live> {
  try {
    return await api.post<Live>(`/stores/${storeId}/themes/${themeId}/${verb}`, body);
  } catch (error) {
    if (!(error instanceof CliError) || error.code !== 'themes.live-moved') throw error;
    throw new CliError(error.message, exitCodes.conflict, error.code, error.details);
  }
}
