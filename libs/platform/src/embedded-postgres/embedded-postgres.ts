import { rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Client, escapeIdentifier } from 'pg';
import { initialise, isRunning, OWNER, runningPort, startServer, stopServer } from './cluster';
import {
  type ClusterFolder,
  type ClusterState,
  describeFolder,
  prepareFolder,
  readState,
  SHELTER,
  writeState,
} from './cluster-folder';
import { EmbeddedPostgresError, explainFailure } from './embedded-postgres.errors';
import { findPrograms, type Programs } from './programs';
import { serverUser } from './server-user';

/** What a start needs to know. */
export interface EmbeddedPostgresOptions {
  /** The folder in which the server's data and its password are kept. */
  home: string;
  /** A fixed port; a free one is picked and remembered when it is left out. */
  port?: number;
  /** Configuration parameters of PostgreSQL beside ours, by name. */
  flags?: Record<string, string>;
}

/** A server that runs and answers. */
export interface EmbeddedPostgres {
  /** The address of the database `caravel` for its owner, who is the superuser of this server. */
  url: string;
  /** Whether it ran already, left by a start that was killed. */
  adopted: boolean;
  /** The data folder; outside the home when root's own folders are closed to the server's user. */
  dataFolder: string;
  /** Ends all sessions, writes everything out and waits until the server is gone. */
  stop(): Promise<void>;
  /** Stops it at once and removes its data. */
  destroy(): Promise<void>;
}

const settings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '200',
  timezone: 'UTC',
  log_timezone: 'UTC',
};

/** How long a server that is just starting, or just stopping, is waited for, in milliseconds. */
const ADOPTION_PATIENCE = 60_000;

/**
 * Brings a home's PostgreSQL up: makes it at the first time, adopts it when it runs, starts it else.
 * @throws EmbeddedPostgresError in one sentence that says what to do
 */
export async function startEmbeddedPostgres(
  options: EmbeddedPostgresOptions,
): Promise<EmbeddedPostgres> {
  const home = resolve(options.home);
  const { folder, state } = prepareFolderOrExplain(home);
  const programs = await findPrograms(serverUser(folder.data), SHELTER);
  await initialise(programs, folder, state.password);
  const adoptedPort = await adopt(programs, folder, state);
  const port = adoptedPort ?? (await start(programs, folder, { home, state, options }));
  const url = addressOf(port, state.password);
  await createDatabase(url);
  return {
    url,
    adopted: adoptedPort !== null,
    dataFolder: folder.data,
    stop: () => stopServer(programs, folder, 'fast'),
    async destroy() {
      await stopServer(programs, folder, 'immediate');
      rmSync(folder.root, { recursive: true, force: true });
      rmSync(resolve(home, 'postgres'), { recursive: true, force: true });
    },
  };
}

/**
 * Looks whether a home's PostgreSQL runs, and starts nothing.
 * @returns the owner's address, or null
 */
export async function findEmbeddedPostgres(options: { home: string }): Promise<string | null> {
  const home = resolve(options.home);
  const state = readState(home);
  const port = state === null ? null : runningPort(describeFolder(home, state));
  if (state === null || port === null) return null;
  const url = addressOf(port, state.password);
  return (await answers(url)) ? url : null;
}

function prepareFolderOrExplain(home: string): { folder: ClusterFolder; state: ClusterState } {
  try {
    return prepareFolder(home);
  } catch (cause) {
    throw explainFailure(home, String(cause), cause);
  }
}

async function adopt(
  programs: Programs,
  folder: ClusterFolder,
  state: ClusterState,
): Promise<number | null> {
  const patience = AbortSignal.timeout(ADOPTION_PATIENCE);
  while (await isRunning(programs, folder)) {
    const port = runningPort(folder);
    if (port !== null && (await answers(addressOf(port, state.password)))) return port;
    if (patience.aborted) {
      throw new EmbeddedPostgresError(
        'not-started',
        `A PostgreSQL runs in ${folder.data} and does not answer: stop it, then start again.`,
      );
    }
    await wait(100);
  }
  return null;
}

async function start(
  programs: Programs,
  folder: ClusterFolder,
  context: { home: string; state: ClusterState; options: EmbeddedPostgresOptions },
): Promise<number> {
  const { home, state, options } = context;
  const port = await choosePort(options.port, state.port);
  await startServer(programs, folder, { ...settings, ...options.flags, port: String(port) });
  if (port !== state.port) writeState(home, { ...state, port });
  return port;
}

/** A port that was asked for must be free; one that we picked ourselves is picked anew when somebody took it. */
async function choosePort(wanted: number | undefined, remembered: number | null): Promise<number> {
  if (wanted !== undefined && wanted !== 0) {
    if ((await freePort(wanted)) !== null) return wanted;
    throw new EmbeddedPostgresError(
      'port-in-use',
      `Port ${wanted}, on which PostgreSQL was to listen, is in use by another program.`,
    );
  }
  const port = (remembered === null ? null : await freePort(remembered)) ?? (await freePort(0));
  if (port !== null) return port;
  throw new EmbeddedPostgresError('port-in-use', 'No port is free for PostgreSQL on 127.0.0.1.');
}

function freePort(port: number): Promise<number | null> {
  return new Promise((done) => {
    const probe = createServer();
    probe.once('error', () => done(null));
    probe.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      const address = probe.address();
      probe.close(() => done(typeof address === 'object' && address ? address.port : null));
    });
  });
}

async function createDatabase(url: string): Promise<void> {
  const client = new Client({ connectionString: withDatabase(url, 'postgres') });
  await client.connect();
  try {
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [OWNER]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${escapeIdentifier(OWNER)}`);
  } finally {
    await client.end();
  }
}

async function answers(url: string): Promise<boolean> {
  const client = new Client({
    connectionString: withDatabase(url, 'postgres'),
    connectionTimeoutMillis: 5_000,
  });
  // A server that goes away while we look must not end this process.
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('SELECT 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

function addressOf(port: number, password: string): string {
  return `postgres://${OWNER}:${encodeURIComponent(password)}@127.0.0.1:${port}/${OWNER}`;
}

function withDatabase(url: string, database: string): string {
  const address = new URL(url);
  address.pathname = `/${database}`;
  return address.toString();
}
