import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import {
  type Config,
  type ConfigSecrets,
  type Env,
  environmentWith,
  loadConfig,
  loadSecrets,
  readEnv,
} from '@platform/config';
import { findEmbeddedPostgres, startEmbeddedPostgres } from '@platform/embedded-postgres';
import { migrations } from '../../../migrations';
import { migrate } from '@platform/database';
import { prepareQueues } from '@platform/queue';

/** The deployment that the environment describes. */
export interface Deployment {
  env: Env;
  /** Absolute path of the folder that holds what is kept on this machine. */
  home: string;
  /** The master secret: given, or kept in the home. */
  secret: string;
}

/**
 * Reads the environment and makes the home where it is missing.
 * @throws ConfigError; the system's error when the home cannot be made
 */
export function openDeployment(): Deployment {
  const env = readEnv(environmentWith({}));
  const home = resolve(env.CARAVEL_HOME);
  mkdirSync(home, { recursive: true });
  return { env, home, secret: env.CARAVEL_SECRET ?? keptSecret(join(home, 'secret')) };
}

/** A database that answers, and how to let go of it. */
export interface Database {
  ownerUrl: string;
  /** Whether it is our own PostgreSQL, found running. */
  adopted: boolean;
  /** Where our own PostgreSQL keeps its data; null for one that was given. */
  dataFolder: string | null;
  close(): Promise<void>;
}

/**
 * The database that was given, or the home's own PostgreSQL, started when it does not run.
 * @returns `close` stops only what this call started, unless `stopAdopted` says that the server is ours to stop
 */
export async function openDatabase(
  { env, home }: Deployment,
  { stopAdopted }: { stopAdopted: boolean },
): Promise<Database> {
  if (env.DATABASE_URL !== undefined) {
    const close = (): Promise<void> => Promise.resolve();
    return { ownerUrl: env.DATABASE_URL, adopted: false, dataFolder: null, close };
  }
  const server = await startEmbeddedPostgres({ home });
  return {
    ownerUrl: server.url,
    adopted: server.adopted,
    dataFolder: server.dataFolder,
    close: () => (server.adopted && !stopAdopted ? Promise.resolve() : server.stop()),
  };
}

/** The address of a database that answers already; null when the home's own PostgreSQL does not run. */
export async function findDatabase({ env, home }: Deployment): Promise<string | null> {
  return env.DATABASE_URL ?? (await findEmbeddedPostgres({ home }));
}

/**
 * The deploy step: roles, tables, queues.
 * @returns the names of the migrations that ran
 */
export async function migrateDatabase(ownerUrl: string, secret: string): Promise<string[]> {
  const ran = await migrate({ ownerUrl, secret, migrations });
  await prepareQueues(ownerUrl);
  return ran;
}

/** The environment of a process that belongs to the deployment. */
export function processEnvironment(
  { home, secret }: Deployment,
  ownerUrl: string,
  ports: Record<string, string> = {},
): NodeJS.ProcessEnv {
  return environmentWith({
    CARAVEL_HOME: home,
    CARAVEL_SECRET: secret,
    DATABASE_URL: ownerUrl,
    ...ports,
  });
}

/** How such a process is configured, for a command that does its work itself. */
export function configure(
  deployment: Deployment,
  ownerUrl: string,
): { config: Config; secrets: ConfigSecrets } {
  const env = processEnvironment(deployment, ownerUrl);
  return { config: loadConfig(env), secrets: loadSecrets(env) };
}

/** Made once, and readable by its owner only: every key and every role's password derives from it. */
function keptSecret(file: string): string {
  try {
    writeFileSync(file, randomBytes(32).toString('base64url'), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return readFileSync(file, 'utf8').trim();
}
