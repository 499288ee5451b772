import { existsSync, readFileSync } from 'node:fs';
import { cp, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { migrate } from '@platform/database';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@platform/embedded-postgres';
import { prepareQueues } from '@platform/queue';
import { TestPaymentsServer } from '../../../apps/test-payments/src/server';
import { freePort } from '../../../libs/domains/test/rig/pebble-rig';
import { testSecret } from '../../../libs/testing/jest/settings.cjs';
import { migrations } from '../../../migrations';
import { type App, AppProcess, buildApps, logOf } from './app-process';
import { Balancer } from './balancer';

/** What a fleet is made of, beside one API. */
export interface FleetSize {
  renderers: number;
  workers: number;
  /** Whether PostgreSQL waits for the disk; processes that die lose nothing without. */
  durable?: boolean;
  /** Further settings of PostgreSQL. */
  flags?: Record<string, string>;
  /** Further settings of every process. */
  env?: Record<string, string>;
}

interface Doors {
  provider: TestPaymentsServer;
  balancer: Balancer;
  shopPort: number;
  apiUrl: string;
}

/** The server that runs now, and how each of its lives is to be started. */
interface Database {
  server: EmbeddedPostgres;
  readonly flags: Record<string, string>;
}

interface Machine {
  app: App;
  env: Record<string, string>;
}

/**
 * The built platform in as many processes as wished, before them a balancer, behind them a PostgreSQL of its own and the
 * test payment provider, which alone is never killed: it is somebody else's.
 */
export class Fleet {
  private readonly running = new Map<string, AppProcess>();
  /** What answers right now: names of processes, and `postgres`. */
  private readonly ready = new Set<string>(['postgres']);
  private postgresLogs = '';

  private constructor(
    readonly home: string,
    private readonly database: Database,
    private readonly doors: Doors,
    private readonly machines: ReadonlyMap<string, Machine>,
  ) {}

  /** Builds, starts and waits until each process says that it is healthy. */
  static async open(size: FleetSize): Promise<Fleet> {
    const { renderers, workers, durable = false, env = {} } = size;
    buildApps();
    const home = await mkdtemp(join(tmpdir(), 'caravel-fleet-'));
    const flags = { ...postgresFlags, fsync: durable ? 'on' : 'off', ...size.flags };
    const database = { flags, server: await startEmbeddedPostgres({ home, flags }) };
    const postgres = database.server;
    await migrate({ ownerUrl: postgres.url, secret: testSecret, migrations });
    await prepareQueues(postgres.url);
    const provider = new TestPaymentsServer({ port: 0, bind: '127.0.0.1', file: null });
    await provider.listen();
    const shops = await ports(renderers);
    const balancer = new Balancer(shops);
    const shopPort = await balancer.listen();
    const apiPort = await freePort();
    const common = {
      ...basis(home, postgres.url, provider.url),
      CARAVEL_API_PORT: String(apiPort),
      CARAVEL_SHOP_PUBLIC_PORT: String(shopPort),
      ...env,
    };
    const machines = await machinesOf({ common, shops, workers });
    const apiUrl = `http://127.0.0.1:${apiPort}`;
    const fleet = new Fleet(home, database, { provider, balancer, shopPort, apiUrl }, machines);
    await fleet.startAll();
    return fleet;
  }

  get provider(): TestPaymentsServer {
    return this.doors.provider;
  }

  /** Where shoppers ask. */
  get shopPort(): number {
    return this.doors.shopPort;
  }

  get apiUrl(): string {
    return this.doors.apiUrl;
  }

  /** What can be killed right now: processes that answer, and `postgres`. */
  get alive(): string[] {
    return [...this.names, 'postgres'].filter((name) => this.ready.has(name));
  }

  /** Whether everything runs. */
  get isWhole(): boolean {
    return this.ready.size === this.machines.size + 1;
  }

  /** Names of the processes; `postgres` is beside them. */
  get names(): string[] {
    return [...this.machines.keys()];
  }

  /** The address of the database's owner. */
  get ownerUrl(): string {
    return this.database.server.url;
  }

  /** Starts what does not run. */
  async startAll(): Promise<void> {
    await Promise.all(this.names.map((name) => this.start(name)));
  }

  /** Starts a process and waits until it is healthy. @throws Error with its last words */
  async start(name: string): Promise<void> {
    const machine = this.machines.get(name);
    if (!machine) throw new Error(`There is no process ${name}.`);
    if (this.running.has(name)) return;
    const own = { env: machine.env, sourceMaps: false };
    const begun = new AppProcess(machine.app, { ...own, name, home: this.home });
    this.running.set(name, begun);
    await begun.ready().catch((error: unknown) => {
      this.running.delete(name);
      throw error;
    });
    this.ready.add(name);
  }

  /**
   * Kills a process, or PostgreSQL, and starts it again as a supervisor does: again when its start fails too, because
   * something else has been killed meanwhile.
   */
  async crash(victim: string): Promise<void> {
    if (victim === 'postgres') return this.crashPostgres();
    await this.kill(victim);
    for (let left = 5; ; left -= 1) {
      const failed = await this.start(victim).catch((error: unknown) => error as Error);
      if (!failed) return;
      if (left === 0) throw failed;
    }
  }

  /** Kills a process with no chance to say goodbye. */
  async kill(name: string): Promise<void> {
    const running = this.running.get(name);
    this.running.delete(name);
    this.ready.delete(name);
    await running?.kill();
  }

  /** Kills PostgreSQL's processes as a crash does, and starts it again: it recovers from its log. */
  async crashPostgres(): Promise<void> {
    const pidFile = join(this.database.server.dataFolder, 'postmaster.pid');
    const pid = Number(readFileSync(pidFile, 'utf8').split('\n')[0]);
    this.ready.delete('postgres');
    // SIGQUIT is PostgreSQL's "immediate": nothing is written out, no session is ended properly.
    process.kill(pid, 'SIGQUIT');
    while (isAlive(pid)) await pause(20);
    this.postgresLogs += this.readPostgresLog();
    const { port } = new URL(this.database.server.url);
    const options = { home: this.home, port: Number(port), flags: this.database.flags };
    this.database.server = await startEmbeddedPostgres(options);
    this.ready.add('postgres');
  }

  /** Everything that PostgreSQL has logged, of all its lives. */
  postgresLog(): string {
    return this.postgresLogs + this.readPostgresLog();
  }

  /** Everything that a process has written, of all its lives. */
  log(name: string): string {
    return logOf({ name, home: this.home });
  }

  /** Puts everything that the processes and PostgreSQL have written into a folder. */
  async saveLogs(folder: string): Promise<void> {
    const names = (await readdir(this.home)).filter((name) => name.endsWith('.log'));
    for (const name of names) await cp(join(this.home, name), join(folder, name));
    await writeFile(join(folder, 'postgres.log'), this.postgresLog());
  }

  /** Stops everything and takes it away. */
  async close(): Promise<void> {
    await Promise.all([...this.running.values()].map((running) => running.stop()));
    await this.doors.balancer.close();
    await this.doors.provider.close();
    await this.database.server.destroy();
    await rm(this.home, { recursive: true, force: true });
  }

  private readPostgresLog(): string {
    const file = join(this.database.server.dataFolder, '..', 'server.log');
    return existsSync(file) ? readFileSync(file, 'utf8') : '';
  }
}

/** A process that dies leaves what it wrote with the system: a crash of the machine is not what is tried here. */
const postgresFlags = { fsync: 'off', deadlock_timeout: '200ms' };

async function machinesOf({
  common,
  shops,
  workers,
}: {
  common: Record<string, string>;
  shops: readonly number[];
  workers: number;
}): Promise<Map<string, Machine>> {
  const machines = new Map<string, Machine>();
  machines.set('api', { app: 'api', env: common });
  for (const [at, shop] of shops.entries()) {
    const [tls = 0, health = 0] = await ports(2);
    const env = {
      ...common,
      CARAVEL_SHOP_PORT: String(shop),
      CARAVEL_TLS_PORT: String(tls),
      CARAVEL_RENDERER_PORT: String(health),
    };
    machines.set(`renderer-${at}`, { app: 'renderer', env });
  }
  for (const [at, health] of (await ports(workers)).entries()) {
    const env = { ...common, CARAVEL_WORKER_PORT: String(health) };
    machines.set(`worker-${at}`, { app: 'worker', env });
  }
  return machines;
}

function basis(home: string, databaseUrl: string, providerUrl: string): Record<string, string> {
  return {
    CARAVEL_HOME: join(home, 'data'),
    CARAVEL_SECRET: testSecret,
    DATABASE_URL: databaseUrl,
    CARAVEL_TEST_PAYMENTS_URL: providerUrl,
    CARAVEL_RENDER_PROCESSES: '1',
    CARAVEL_RATE_LIMITS: 'false',
    CARAVEL_THEME_COMPILE_SECONDS: '60',
    DATABASE_POOL_SIZE: '5',
    LOG_LEVEL: 'info',
  };
}

function ports(count: number): Promise<number[]> {
  return Promise.all(Array.from({ length: count }, () => freePort()));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
