import { ConfigError } from '@platform/config';
import { EmbeddedPostgresError } from '@platform/embedded-postgres';
import { CliError } from './cli-error';

const databaseSentences: Record<string, string> = {
  ECONNREFUSED: 'The database does not answer: check DATABASE_URL.',
  ENOTFOUND: 'The database’s machine cannot be found: check the host in DATABASE_URL.',
  '28P01': 'The database refuses the password: check DATABASE_URL.',
  '28000': 'The database refuses the user: check DATABASE_URL.',
  '3D000': 'There is no such database on the server: create it, or check DATABASE_URL.',
  '42501':
    'The user in DATABASE_URL may not do this: it must own the database and be allowed to create roles.',
  '53100': 'The disk of the database is full.',
};

const systemSentences: Record<string, string> = {
  ENOSPC: 'The disk is full: free some space, or set CARAVEL_HOME to a folder on another disk.',
  EACCES: 'A file or folder may not be used by this user',
  EPERM: 'A file or folder may not be used by this user',
  EROFS: 'The disk is read-only: set CARAVEL_HOME to a folder that can be written',
};

/** What an operator is told: one sentence when we know the failure, all that is known else. */
export function explain(error: unknown): string {
  if (error instanceof ConfigError || error instanceof EmbeddedPostgresError) return error.message;
  if (error instanceof CliError) return error.message;
  const { code, path } = error as NodeJS.ErrnoException;
  const database = databaseSentences[code ?? ''];
  if (database !== undefined) return database;
  const system = systemSentences[code ?? ''];
  if (system !== undefined) return path === undefined ? system : `${system}: ${path}`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
