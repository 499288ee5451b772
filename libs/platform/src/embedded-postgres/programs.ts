import { spawn } from 'node:child_process';
import { cpSync, existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { EmbeddedPostgresError } from './embedded-postgres.errors';
import { canReach, type ServerUser } from './server-user';

/** PostgreSQL's programs on this machine, and the user as whom they run. */
export interface Programs {
  initdb: string;
  pgCtl: string;
  /** The major version, as PG_VERSION of a data folder has it. */
  major: string;
  user: ServerUser | null;
}

/** What a program said, and how it ended. */
export interface Ended {
  code: number | null;
  output: string;
}

/**
 * Finds the programs that npm installed for this platform and makes them ready.
 * @param user the user who is to run them
 * @param shelter where they are copied to when that user cannot reach node_modules, as in /root
 * @throws EmbeddedPostgresError when there is none for this platform
 */
export async function findPrograms(user: ServerUser | null, shelter: string): Promise<Programs> {
  const packageFolder = findPackage();
  // npm cannot pack symbolic links; the package's own script makes them, and is harmless when they are there.
  await run({
    program: process.execPath,
    args: [join(packageFolder, 'scripts/hydrate-symlinks.js')],
    cwd: packageFolder,
    user: null,
  });
  const { version } = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')) as {
    version: string;
  };
  const native = join(packageFolder, 'native');
  const folder = canReach(join(native, 'bin/postgres'), user)
    ? native
    : copyOnce(native, join(shelter, `postgresql-${version}`));
  const suffix = process.platform === 'win32' ? '.exe' : '';
  return {
    initdb: join(folder, `bin/initdb${suffix}`),
    pgCtl: join(folder, `bin/pg_ctl${suffix}`),
    major: version.split('.')[0] ?? version,
    user,
  };
}

/**
 * Runs a program to its end.
 * Its language is English whatever the machine speaks, and no PG* variable of the machine reaches it.
 */
export function run(command: {
  program: string;
  args: string[];
  cwd: string;
  user: ServerUser | null;
}): Promise<Ended> {
  return new Promise((done, fail) => {
    const child = spawn(command.program, command.args, {
      cwd: command.cwd,
      env: { LC_ALL: 'C', PATH: '/usr/local/bin:/usr/bin:/bin' },
      stdio: ['ignore', 'pipe', 'pipe'],
      ...command.user,
    });
    let output = '';
    const collect = (chunk: Buffer): void => {
      output += chunk.toString();
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.once('error', fail);
    child.once('exit', (code) => {
      done({ code, output });
      // A server that outlives pg_ctl must not keep our ends of its pipes open.
      child.stdout.destroy();
      child.stderr.destroy();
    });
  });
}

function findPackage(): string {
  const os = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${os}-${process.arch}`;
  try {
    return resolve(dirname(require.resolve(name)), '..');
  } catch (cause) {
    throw new EmbeddedPostgresError(
      'platform-unsupported',
      `No PostgreSQL comes with the package ${name} on this machine: run \`npm ci\`, or set DATABASE_URL to a PostgreSQL of your own.`,
      { cause },
    );
  }
}

function copyOnce(from: string, to: string): string {
  if (existsSync(to)) return to;
  const unfinished = `${to}.${process.pid}`;
  rmSync(unfinished, { recursive: true, force: true });
  cpSync(from, unfinished, { recursive: true, verbatimSymlinks: true });
  try {
    renameSync(unfinished, to);
  } catch (error) {
    // Another start was quicker.
    if (!existsSync(to)) throw error;
    rmSync(unfinished, { recursive: true, force: true });
  }
  return to;
}
