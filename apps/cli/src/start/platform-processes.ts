import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type ProcessSpec, SupervisedProcess } from './supervised-process';

const compiledApps = resolve(__dirname, '../../..');

/** The processes of a platform, by their folders in apps/. */
const apps = ['api', 'renderer', 'worker', 'test-payments'] as const;

/** What they need. */
export interface PlatformProcessesOptions {
  env: NodeJS.ProcessEnv;
  logFolder: string;
  onRestart: ProcessSpec['onRestart'];
}

/** The api, the renderer, the worker and the test payment provider, started and stopped together. */
export class PlatformProcesses {
  private readonly processes: SupervisedProcess[];

  constructor({ env, logFolder, onRestart }: PlatformProcessesOptions) {
    mkdirSync(logFolder, { recursive: true });
    this.processes = apps.map((name) => {
      const log = join(logFolder, `${name}.log`);
      // The log of the start before this one is kept, older ones are not.
      if (existsSync(log)) renameSync(log, `${log}.1`);
      const program = join(compiledApps, name, 'src/main.js');
      return new SupervisedProcess({ name, program, env, log, onRestart });
    });
  }

  /** Starts all at once. @throws CliError in the words of the first that fails */
  async start(): Promise<void> {
    await Promise.all(this.processes.map((each) => each.start()));
  }

  /** Stops all at once. */
  async stop(): Promise<void> {
    await Promise.all(this.processes.map((each) => each.stop()));
  }
}
