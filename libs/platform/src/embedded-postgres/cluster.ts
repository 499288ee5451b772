import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { ClusterFolder } from './cluster-folder';
import { EmbeddedPostgresError, explainFailure } from './embedded-postgres.errors';
import { type Ended, type Programs, run } from './programs';
import { handTo } from './server-user';

/** The superuser of an embedded server, owner of Caravel's database. */
export const OWNER = 'caravel';

/** How long PostgreSQL may take to start or stop, in seconds; recovery after a crash takes longest. */
const PATIENCE = 90;

/**
 * Makes the data folder unless it is there. It is made beside and moved into place, so that an interrupted
 * start leaves nothing half made.
 * @throws EmbeddedPostgresError when it cannot be made, or is of another version of PostgreSQL
 */
export async function initialise(
  programs: Programs,
  folder: ClusterFolder,
  password: string,
): Promise<void> {
  if (existsSync(folder.data)) return checkVersion(programs, folder);
  const unfinished = `${folder.data}.unfinished`;
  const passwordFile = join(folder.root, 'password');
  rmSync(unfinished, { recursive: true, force: true });
  try {
    mkdirSync(unfinished, { mode: 0o700 });
    handTo(unfinished, programs.user);
    writeFileSync(passwordFile, password, { mode: 0o600 });
    handTo(passwordFile, programs.user);
    await expectSuccess(folder, () =>
      run({
        program: programs.initdb,
        args: [
          '-D',
          unfinished,
          '--username',
          OWNER,
          `--pwfile=${passwordFile}`,
          '--auth=scram-sha-256',
          '--no-instructions',
          '--encoding=UTF8',
          '--locale-provider=builtin',
          '--locale=C.UTF-8',
        ],
        cwd: folder.root,
        user: programs.user,
      }),
    );
    renameSync(unfinished, folder.data);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    throw error;
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

/**
 * Starts the server and waits until it answers. It is a session leader of its own: neither Ctrl-C nor the death of
 * this process reaches it.
 * @param settings configuration parameters of PostgreSQL, by name
 * @throws EmbeddedPostgresError in one sentence
 */
export async function startServer(
  programs: Programs,
  folder: ClusterFolder,
  settings: Record<string, string>,
): Promise<void> {
  closeSync(openSync(folder.log, 'w', 0o600));
  handTo(folder.log, programs.user);
  const options = Object.entries(settings).map(([name, value]) => `-c ${name}='${value}'`);
  await expectSuccess(folder, () =>
    run({
      program: programs.pgCtl,
      args: [
        '-D',
        folder.data,
        '-w',
        '-s',
        '-t',
        String(PATIENCE),
        '-l',
        folder.log,
        '-o',
        options.join(' '),
        'start',
      ],
      cwd: folder.root,
      user: programs.user,
    }),
  );
}

/**
 * Stops the server and waits until it has.
 * @param mode `fast` ends sessions and writes everything out; `immediate` is for data that nobody wants again
 */
export async function stopServer(
  programs: Programs,
  folder: ClusterFolder,
  mode: 'fast' | 'immediate',
): Promise<void> {
  if (!(await isRunning(programs, folder))) return;
  const ended = await run({
    program: programs.pgCtl,
    args: ['-D', folder.data, '-w', '-s', '-t', String(PATIENCE), '-m', mode, 'stop'],
    cwd: folder.root,
    user: programs.user,
  });
  if (ended.code !== 0 && (await isRunning(programs, folder))) {
    throw new EmbeddedPostgresError(
      'not-started',
      `PostgreSQL in ${folder.data} did not stop: ${ended.output.trim()}`,
    );
  }
}

/** Whether a server runs on the data folder. */
export async function isRunning(programs: Programs, folder: ClusterFolder): Promise<boolean> {
  if (!existsSync(folder.data)) return false;
  forgetStrangersProcess(folder);
  const { code } = await run({
    program: programs.pgCtl,
    args: ['-D', folder.data, 'status'],
    cwd: folder.root,
    user: programs.user,
  });
  return code === 0;
}

/** The port of the server that runs on the data folder, as its lock file has it; null when there is none. */
export function runningPort(folder: ClusterFolder): number | null {
  const port = Number(lockFile(folder)[3]);
  return Number.isInteger(port) && port > 0 ? port : null;
}

/**
 * After a power cut, or in a restarted container, the lock file may name a process number that now belongs to another
 * program; PostgreSQL would refuse to start because of it.
 */
function forgetStrangersProcess(folder: ClusterFolder): void {
  const pid = lockFile(folder)[0];
  const name = `/proc/${pid}/comm`;
  if (pid === undefined || !existsSync(name)) return;
  if (readFileSync(name, 'utf8').trim() !== 'postgres') {
    rmSync(join(folder.data, 'postmaster.pid'), { force: true });
  }
}

function lockFile(folder: ClusterFolder): string[] {
  try {
    return readFileSync(join(folder.data, 'postmaster.pid'), 'utf8').split('\n');
  } catch {
    return [];
  }
}

function checkVersion(programs: Programs, folder: ClusterFolder): void {
  const file = join(folder.data, 'PG_VERSION');
  const found = existsSync(file) ? readFileSync(file, 'utf8').trim() : 'an unknown version';
  if (found === programs.major) return;
  throw new EmbeddedPostgresError(
    'other-version',
    `The data in ${folder.data} is of PostgreSQL ${found} and this Caravel brings PostgreSQL ${programs.major}: move it away to start anew, or set CARAVEL_HOME to another folder.`,
  );
}

async function expectSuccess(folder: ClusterFolder, action: () => Promise<Ended>): Promise<void> {
  let ended: Ended;
  try {
    ended = await action();
  } catch (cause) {
    throw explainFailure(folder.data, String(cause), cause);
  }
  if (ended.code === 0) return;
  const log = existsSync(folder.log) ? readFileSync(folder.log, 'utf8').slice(-4000) : '';
  throw explainFailure(folder.data, `${ended.output}\n${log}`, new Error(ended.output.trim()));
}
