import { join } from 'node:path';
import { environmentWith } from '@platform/config';
import {
  type Database,
  type Deployment,
  migrateDatabase,
  openDatabase,
  openDeployment,
  processEnvironment,
} from '../deployment';
import { announce, announceJson, type Announcement } from './announce';
import { seedDemo } from './demo/seed-demo';
import { rebuildThemes } from '../rebuild-themes';
import { lockHome, notePorts, unlockHome } from './home-lock';
import { PlatformProcesses } from './platform-processes';
import { choosePorts, portSettings, type Ports } from './ports';

/** Processes of a start that was killed notice it at once, and take about this long to go, in milliseconds. */
const patienceAfterKill = 15_000;

/** From when on a second request to stop is a second one, in milliseconds. */
const impatience = 1_500;

/**
 * `caravel start`: the whole platform in one go, until it is told to stop.
 * @param options.theme the theme of a demo store that has none yet, by its folder's name in `themes/`
 * @throws what `explain` says in one sentence; whatever was started is stopped again
 */
export async function start({ json, theme }: { json: boolean; theme: string }): Promise<void> {
  const deployment = openDeployment();
  const { afterKill } = lockHome(deployment.home);
  const undo: (() => Promise<void> | void)[] = [() => unlockHome(deployment.home)];
  const stop = once(async () => {
    for (const step of undo.toReversed()) await step();
  });
  const asked = stopOnSignal(stop);
  try {
    const patience = afterKill ? patienceAfterKill : 0;
    const ports = await choosePorts(deployment.env, patience, unchosenPorts());
    notePorts(deployment.home, ports);
    const announcement = await startAll(deployment, { ports, theme }, undo);
    if (json) announceJson(announcement);
    else announce(announcement);
  } catch (error) {
    await stop();
    // Whoever asked to stop in the middle of the start is not told what that broke.
    if (!asked()) throw error;
  }
}

async function startAll(
  deployment: Deployment,
  { ports, theme }: { ports: Ports; theme: string },
  undo: (() => Promise<void> | void)[],
): Promise<Announcement> {
  say('Starting PostgreSQL ...');
  const opening = openDatabase(deployment, { stopAdopted: true });
  // Also when Ctrl-C comes while it is still starting.
  undo.push(() =>
    opening.then(
      (opened) => opened.close(),
      () => undefined,
    ),
  );
  const database = await opening;
  sayWhereData(deployment, database);
  await migrateDatabase(database.ownerUrl, deployment.secret);
  // What one store's theme lacks must not keep the platform down.
  await rebuildThemes(deployment, database.ownerUrl, {
    liveOnly: true,
    report: { done: say, trouble: say },
  });
  say('Starting api, renderer and worker ...');
  const logFolder = join(deployment.home, 'logs');
  const processes = new PlatformProcesses({
    env: processEnvironment(deployment, database.ownerUrl, portVariables(ports)),
    logFolder,
    onRestart: say,
  });
  undo.push(() => processes.stop());
  await processes.start();
  const addresses = addressesOf(deployment, ports);
  const demo = await seedDemo({ home: deployment.home, ...addresses, theme, say });
  return { ...addresses, demo, home: deployment.home, logFolder, database: place(database) };
}

function addressesOf({ env }: Deployment, ports: Ports) {
  const zone = env.CARAVEL_PLATFORM_ZONE;
  return {
    api: env.CARAVEL_API_URL ?? `http://localhost:${ports.api}`,
    storefront: `http://${zone}:${env.CARAVEL_SHOP_PUBLIC_PORT ?? ports.shop}`,
    tls: `https://${zone}:${env.CARAVEL_TLS_PUBLIC_PORT ?? ports.tls}`,
  };
}

/** Ports that nobody types, for which no setting was given. */
function unchosenPorts(): (keyof Ports)[] {
  const given = environmentWith({});
  return (['worker', 'renderer', 'testPayments'] as const).filter(
    (name) => !given[portSettings[name]],
  );
}

function portVariables(ports: Ports): Record<string, string> {
  return Object.fromEntries(
    (Object.keys(ports) as (keyof Ports)[]).map((name) => [
      portSettings[name],
      String(ports[name]),
    ]),
  );
}

/** Root's own folders are closed to the user as whom PostgreSQL runs: then the data is not where one would look. */
function sayWhereData({ home }: Deployment, { dataFolder }: Database): void {
  if (dataFolder === null || dataFolder.startsWith(home)) return;
  say(`PostgreSQL keeps its data in ${dataFolder}: the user as whom it runs cannot reach ${home}.`);
}

/** Where the database is, without its password. */
function place({ ownerUrl }: Database): string {
  const { host, pathname } = new URL(ownerUrl);
  return `${host}${pathname}`;
}

/** @returns whether somebody has asked to stop */
function stopOnSignal(stop: () => Promise<void>): () => boolean {
  let asked: number | null = null;
  const onSignal = (): void => {
    if (asked !== null) {
      // One Ctrl-C arrives twice under npm, which passes on what the terminal has sent already. Who asks again
      // later does not want to wait.
      if (Date.now() - asked > impatience) process.exit(130);
      return;
    }
    asked = Date.now();
    say('Stopping ...');
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        say(`Not everything could be stopped: ${String(error)}`);
        process.exit(1);
      },
    );
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
  return () => asked !== null;
}

function once(action: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | null = null;
  return () => (running ??= action());
}

/** Progress goes to standard error: standard output belongs to the result. */
function say(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
}
