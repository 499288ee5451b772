import { randomBytes, randomUUID } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { canReach, serverUser } from './server-user';

/** Where root keeps what the server's user could not reach under root's own folders. */
export const SHELTER = '/var/lib/caravel';

/** Where one server lives. */
export interface ClusterFolder {
  /** Holds the data folder and the log. */
  root: string;
  data: string;
  log: string;
  /** Set when the home could not be used because the server's user cannot reach it. */
  sheltered: boolean;
}

/** What has to be known again at the next start; kept in the home, readable by its owner only. */
export interface ClusterState {
  /** Set when the data had to go elsewhere than into the home. */
  root: string | null;
  port: number | null;
  password: string;
}

/**
 * Reads what is known about a home's server; null when there has never been one.
 * @throws SyntaxError when the file was spoiled by hand: it is written in one step
 */
export function readState(home: string): ClusterState | null {
  const file = stateFile(home);
  if (!existsSync(file)) return null;
  return JSON.parse(readFileSync(file, 'utf8')) as ClusterState;
}

/** Keeps it, in one step, so that a crash leaves the old or the new state. */
export function writeState(home: string, state: ClusterState): void {
  const unfinished = `${stateFile(home)}.${process.pid}`;
  writeFileSync(unfinished, `${JSON.stringify(state)}\n`, { mode: 0o600 });
  renameSync(unfinished, stateFile(home));
}

/**
 * Makes the folders of a home's server where they are missing, and its password.
 * @param home absolute path
 */
export function prepareFolder(home: string): { folder: ClusterFolder; state: ClusterState } {
  const inHome = join(home, 'postgres');
  mkdirSync(inHome, { recursive: true });
  const known = readState(home);
  const state = known ?? {
    root: chooseShelter(inHome),
    port: null,
    password: randomBytes(24).toString('base64url'),
  };
  if (known === null) writeState(home, state);
  const root = state.root ?? inHome;
  mkdirSync(root, { recursive: true });
  if (process.getuid?.() === 0) {
    for (const walked of state.root ? [SHELTER, root] : [home, root]) addTraverse(walked);
  }
  return { folder: describeFolder(home, state), state };
}

/** The folders of a home's server as the state has them. */
export function describeFolder(home: string, state: ClusterState): ClusterFolder {
  const root = state.root ?? join(home, 'postgres');
  return {
    root,
    data: join(root, 'data'),
    log: join(root, 'server.log'),
    sheltered: state.root !== null,
  };
}

function chooseShelter(inHome: string): string | null {
  const user = serverUser(join(inHome, 'data'));
  // The home itself is ours to open; what lies above it is not.
  return canReach(join(inHome, '..'), user) ? null : join(SHELTER, randomUUID());
}

/** Whatever the umask is: the server's user walks through our folders, and need not see what is in them. */
function addTraverse(folder: string): void {
  chmodSync(folder, statSync(folder).mode | 0o011);
}

function stateFile(home: string): string {
  return join(home, 'postgres', 'server.json');
}
