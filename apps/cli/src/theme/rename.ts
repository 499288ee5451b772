import { CliError, exitCodes } from '../cli-error';
import { ApiRefusal } from '../connection/api';
import { type ConnectionOptions, connect } from '../connection/connect';
import type { Output } from '../output';
import { readBase } from './files/base-version';
import { type RemoteTheme, RemoteThemes } from './remote';

/** Flags of `caravel theme rename`. */
export interface RenameOptions extends ConnectionOptions {
  theme?: string;
}

/** `caravel theme rename`: another name in the store; the files keep theirs. @throws CliError, ApiRefusal */
export async function renameTheme(
  name: string,
  options: RenameOptions,
  output: Output,
): Promise<void> {
  const base = await readBase('.');
  const connection = await connect(options, base);
  const theme = await new RemoteThemes(connection).choose(options.theme, base);
  const { api, storeId } = connection;
  const change = { name, version: theme.version };
  const path = `/stores/${storeId}/themes/${theme.id}`;
  const now = await api.patch<RemoteTheme>(path, change).catch((error: unknown) => {
    if (!(error instanceof ApiRefusal) || error.code !== 'http.version-conflict') throw error;
    const sentence = `Somebody changed ${theme.name} meanwhile; it was not renamed.`;
    throw new CliError(sentence, exitCodes.conflict, 'cli.theme-moved');
  });
  output.result(
    { storeId, id: now.id, name: now.name, before: theme.name },
    `${theme.name} is called ${now.name} in ${connection.handle} now.`,
  );
}
