import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import envPaths from 'env-paths';
import { CliError, exitCodes } from '../cli-error';

/** What is kept of a server that somebody signed in to. */
export interface Account {
  /** Null for a token that was given by itself. */
  email: string | null;
  token: string;
  /** Handle of the store that commands mean when they are told of none. */
  store: string | null;
}

/** Everything that is kept. */
export interface Credentials {
  /** The server that was signed in to last. */
  current: string | null;
  /** By the server's origin. */
  servers: Record<string, Account>;
}

/** The file that holds tokens: in the place that the operating system has for settings of a program. */
export function credentialsFile(): string {
  return join(envPaths('caravel', { suffix: '' }).config, 'credentials.json');
}

/** @throws CliError when the file is there and cannot be read */
export async function readCredentials(): Promise<Credentials> {
  const file = credentialsFile();
  try {
    const read = JSON.parse(await readFile(file, 'utf8')) as Partial<Credentials>;
    return { current: read.current ?? null, servers: read.servers ?? {} };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { current: null, servers: {} };
    throw new CliError(
      `The file ${file} cannot be read (${(error as Error).message}): repair or delete it, then sign in again.`,
      exitCodes.unusable,
      'cli.credentials-unreadable',
    );
  }
}

/**
 * Keeps them in one step, readable by this user only: folder 0700, file 0600. Windows has no such modes; there the
 * folder lies in the user's profile, which is closed to other users.
 */
export async function writeCredentials(credentials: Credentials): Promise<void> {
  const file = credentialsFile();
  const folder = join(file, '..');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await chmod(folder, 0o700);
  const unfinished = `${file}.${process.pid}.unfinished`;
  await writeFile(unfinished, `${JSON.stringify(credentials, null, 2)}\n`, { mode: 0o600 });
  await rename(unfinished, file);
}
