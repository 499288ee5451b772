import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepareQueues } from '@platform/queue';
import { cloneTestDatabase, type TestDatabase } from '@testing';
import { freePort } from '../../../libs/domains/test/rig/pebble-rig';
import { type App, AppProcess, buildApps, logOf } from './app-process';

const apps = ['api', 'renderer', 'worker'] as const;

/** Where the processes listen. */
export interface DeploymentPorts {
  api: number;
  shop: number;
  tls: number;
  worker: number;
  health: number;
}

/**
 * The built platform in processes of its own, on free ports, with a database and a folder of its own: what an operator
 * runs, without the command line that starts it.
 */
export class Deployment {
  private readonly running = new Map<App, AppProcess>();

  private constructor(
    readonly database: TestDatabase,
    readonly home: string,
    readonly ports: DeploymentPorts,
    private readonly env: Record<string, string>,
  ) {}

  /**
   * Takes a database, a folder and ports; nothing runs yet, so that others can be told of the ports first.
   * @param env settings beyond those that every deployment of a test has
   */
  static async prepare(env: Record<string, string> = {}): Promise<Deployment> {
    buildApps();
    const database = await cloneTestDatabase();
    await prepareQueues(database.url);
    const home = await mkdtemp(join(tmpdir(), 'caravel-e2e-'));
    const names = ['api', 'shop', 'tls', 'worker', 'health'] as const;
    const numbers = await Promise.all(names.map(() => freePort()));
    const ports = Object.fromEntries(
      names.map((name, at) => [name, numbers[at]]),
    ) as unknown as DeploymentPorts;
    return new Deployment(database, home, ports, { ...settings(database, home, ports), ...env });
  }

  get apiUrl(): string {
    return `http://127.0.0.1:${this.ports.api}`;
  }

  /** Adds settings that became known after `prepare`; for processes that start later. */
  set(env: Record<string, string>): this {
    Object.assign(this.env, env);
    return this;
  }

  /** Starts these processes and waits until each says that it is healthy. @throws Error with its last words */
  async start(names: readonly App[] = apps): Promise<this> {
    await Promise.all(names.map((name) => this.startOne(name)));
    return this;
  }

  /** Kills a process with no chance to say goodbye. */
  async kill(name: App): Promise<void> {
    const running = this.running.get(name);
    this.running.delete(name);
    await running?.kill();
  }

  /** The system's number of a process that runs. */
  pid(name: App): number {
    const pid = this.running.get(name)?.pid;
    if (pid === undefined) throw new Error(`The ${name} does not run.`);
    return pid;
  }

  /** Everything that a process has written. */
  log(name: App): string {
    return logOf({ name, home: this.home });
  }

  /** Stops what runs and takes everything away. @throws Error when a process does not stop by itself */
  async close(): Promise<void> {
    const stubborn: string[] = [];
    await Promise.all(
      [...this.running].map(async ([name, running]) => {
        if (!(await running.stop())) stubborn.push(name);
      }),
    );
    await this.database.drop();
    await rm(this.home, { recursive: true, force: true });
    if (stubborn.length > 0) throw new Error(`Did not stop by itself: ${stubborn.join(', ')}`);
  }

  private async startOne(name: App): Promise<void> {
    const begun = new AppProcess(name, { name, home: this.home, env: this.env });
    this.running.set(name, begun);
    await begun.ready();
    const port = { api: this.ports.api, renderer: this.ports.health, worker: this.ports.worker };
    const answer = await fetch(`http://127.0.0.1:${port[name]}/health/ready`);
    if (!answer.ok) throw new Error(`The ${name} is not healthy: ${await answer.text()}`);
  }
}

function settings(
  database: TestDatabase,
  home: string,
  ports: DeploymentPorts,
): Record<string, string> {
  return {
    CARAVEL_HOME: join(home, 'data'),
    CARAVEL_SECRET: database.secret,
    DATABASE_URL: database.url,
    CARAVEL_API_PORT: String(ports.api),
    CARAVEL_SHOP_PORT: String(ports.shop),
    CARAVEL_TLS_PORT: String(ports.tls),
    CARAVEL_WORKER_PORT: String(ports.worker),
    CARAVEL_RENDERER_PORT: String(ports.health),
    CARAVEL_RENDER_PROCESSES: '1',
    CARAVEL_RATE_LIMITS: 'false',
    // Of a busy machine and not of the theme: libs/themes has a test of the limit itself.
    CARAVEL_THEME_COMPILE_SECONDS: '60',
    DATABASE_POOL_SIZE: '5',
    LOG_LEVEL: 'info',
  };
}
