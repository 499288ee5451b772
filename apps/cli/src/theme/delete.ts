import { CliError, exitCodes } from '../cli-error';
import { ApiRefusal } from '../connection/api';
import { type ConnectionOptions, type StoreConnection, connect } from '../connection/connect';
import { ask, stopped } from '../connection/prompt';
import { type Output, counted } from '../output';
import { readBase } from './files/base-version';
import { type RemoteTheme, RemoteThemes } from './remote';

/** Flags of `caravel theme delete`. */
export interface DeleteOptions extends ConnectionOptions {
  force?: boolean;
}

/**
 * `caravel theme delete`: themes that are not live go, with their versions and the links to them. Nothing goes before all
 * of them are known to be there and somebody has said yes.
 * @param wanted ids or names
 * @throws CliError for a theme that is not there or is live, without a terminal to ask on, and when one has been changed since
 */
export async function deleteThemes(
  wanted: readonly string[],
  options: DeleteOptions,
  output: Output,
): Promise<void> {
  const connection = await connect(options, await readBase('.'));
  const remote = new RemoteThemes(connection);
  const all = await remote.list();
  const themes = [...new Set(wanted.map((one) => remote.chooseAmong(all, one, null, '')))];
  for (const theme of themes) if (theme.live) throw isLive(theme, connection);
  if (!options.force) await agree(themes, connection);
  const deleted: { id: string; name: string }[] = [];
  for (const theme of themes) {
    const { id, name } = theme;
    await remove(connection, theme).catch((error: unknown) => {
      throw error instanceof CliError ? partly(error, deleted) : error;
    });
    deleted.push({ id, name });
  }
  const { storeId, handle: store } = connection;
  const left = all.length - deleted.length;
  output.result(
    { storeId, store, deleted, left },
    `${namesOf(deleted)} ${deleted.length === 1 ? 'is' : 'are'} deleted; ${store} has ${counted(left, 'theme')}.`,
  );
}

async function agree(themes: readonly RemoteTheme[], { handle }: StoreConnection): Promise<void> {
  if (!process.stdin.isTTY) {
    throw new CliError(
      'There is no terminal to ask on whether the themes shall go: say --force.',
      exitCodes.unusable,
      'cli.needs-force',
    );
  }
  const rows = themes.map(({ name, id, latestN }) => `  ${name} (${id}), version ${latestN}`);
  process.stderr.write(
    `These go from ${handle}, with all their versions, for good:\n${rows.join('\n')}\n`,
  );
  const answer = await ask('Delete them? (y/N)');
  if (!/^y(es)?$/i.test(answer.trim())) throw stopped();
}

/** As it was listed: what somebody has changed since then stays. One that is gone already is what was wanted. */
async function remove({ api, storeId }: StoreConnection, theme: RemoteTheme): Promise<void> {
  const seen = { 'if-match': `"v${theme.version}"` };
  try {
    await api.delete(`/stores/${storeId}/themes/${theme.id}`, seen);
  } catch (error) {
    if (!(error instanceof ApiRefusal)) throw error;
    if (error.code === 'themes.theme-not-found') return;
    if (error.status !== 412) throw error;
    throw new CliError(
      `Somebody changed ${theme.name} meanwhile, so it was not deleted: look at it, then delete it again.`,
      exitCodes.conflict,
      'cli.theme-moved',
    );
  }
}

function isLive({ name }: RemoteTheme, { handle }: StoreConnection): CliError {
  return new CliError(
    `${name} is what shoppers of ${handle} see, so it stays: publish another theme first, then delete this one. Nothing was deleted.`,
    exitCodes.refused,
    'themes.theme-is-live',
  );
}

function partly(error: CliError, deleted: readonly { name: string }[]): CliError {
  const done = deleted.length === 0 ? '' : ` Deleted before that: ${namesOf(deleted)}.`;
  return new CliError(`${error.message}${done}`, error.exitCode, error.code, {
    ...error.details,
    deleted,
  });
}

function namesOf(themes: readonly { name: string }[]): string {
  return themes.map(({ name }) => name).join(', ');
}
