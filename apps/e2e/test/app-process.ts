import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(__dirname, '../../..');
const stopPatienceMs = 20_000;

/** One of the platform's programs. */
export type App = 'api' | 'renderer' | 'worker';

/** Brings the built programs up to date. @throws Error with what the build said */
export function buildApps(): void {
  const built = spawnSync(process.execPath, ['scripts/build.mjs'], { cwd: root });
  if (built.status !== 0) throw new Error(`The build failed: ${built.stderr.toString()}`);
}

/** How a process is to run: by which name, in which folder, which holds its log too, and with which settings. */
export interface AppProcessOptions {
  name: string;
  home: string;
  env: Record<string, string>;
  /** Without source maps it starts a fifth sooner; what it logs then names lines of dist. */
  sourceMaps?: boolean;
}

/** One built program in a process of its own. */
export class AppProcess {
  private readonly child: ChildProcess;

  /** Begins it; `ready` says when it has started. */
  constructor(
    app: App,
    private readonly options: AppProcessOptions,
  ) {
    const log = openSync(logFile(options), 'a');
    const maps = options.sourceMaps === false ? [] : ['--enable-source-maps'];
    // Of the machine's own settings none may reach it: only what a process cannot do without.
    this.child = spawn(process.execPath, [...maps, join(root, 'dist/apps', app, 'src/main.js')], {
      cwd: options.home,
      env: { PATH: process.env['PATH'], ...options.env },
      stdio: ['ignore', log, log, 'ipc'],
    });
    closeSync(log);
  }

  /** The system's number of it. */
  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** Resolves when the program says that it is there. @throws Error with its last words when it ended instead */
  async ready(): Promise<void> {
    await Promise.race([
      once(this.child, 'message'),
      once(this.child, 'exit').then(([code]) => {
        const words = logOf(this.options).slice(-2_000);
        const { name } = this.options;
        throw new Error(`${name} ended before it was ready (${String(code)}): ${words}`);
      }),
    ]);
  }

  /** Kills it with no chance to say goodbye. */
  async kill(): Promise<void> {
    if (this.hasEnded) return;
    const gone = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await gone;
  }

  /** Asks it to stop, and kills it when it does not. @returns whether it stopped by itself */
  async stop(): Promise<boolean> {
    if (this.hasEnded) return true;
    const gone = once(this.child, 'exit') as Promise<[number | null]>;
    this.child.kill('SIGTERM');
    const killer = setTimeout(() => this.child.kill('SIGKILL'), stopPatienceMs);
    const [code] = await gone;
    clearTimeout(killer);
    return code === 0;
  }

  private get hasEnded(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }
}

/** Everything that processes of that name have written there. */
export function logOf(options: Pick<AppProcessOptions, 'name' | 'home'>): string {
  const file = logFile(options);
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

function logFile({ name, home }: Pick<AppProcessOptions, 'name' | 'home'>): string {
  return join(home, `${name}.log`);
}
