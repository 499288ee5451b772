import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, statSync } from 'node:fs';
import { CliError } from '../cli-error';

/** A process that belongs to the platform. */
export interface ProcessSpec {
  /** Its name, for people. */
  name: string;
  /** The compiled file that it runs. */
  program: string;
  env: NodeJS.ProcessEnv;
  /** The file to which it writes. */
  log: string;
  /** Told when it died by itself and will be started again. */
  onRestart: (sentence: string) => void;
}

/** Waits before a restart, in milliseconds: doubled each time, forgotten after a minute of good life. */
const firstWait = 500;
const longestWait = 30_000;
const goodLife = 60_000;
/** How long a process may take to stop before it is killed, in milliseconds. */
const stopPatience = 10_000;

/** Keeps one process running until it is told to stop. */
export class SupervisedProcess {
  private child: ChildProcess | null = null;
  private stopping = false;
  private nextWait = firstWait;
  private timer: NodeJS.Timeout | null = null;

  constructor(private readonly spec: ProcessSpec) {}

  /**
   * Starts it and waits until it says that it is ready.
   * @throws CliError with its own last words when it ends before
   */
  start(): Promise<void> {
    const { log, name } = this.spec;
    const begin = statSync(log, { throwIfNoEntry: false })?.size ?? 0;
    const child = this.spawnChild();
    return new Promise((done, fail) => {
      child.once('message', () => done());
      child.once('error', fail);
      child.once('exit', (code, signal) =>
        fail(
          new CliError(
            lastWords(log, begin) ??
              `The ${name} ended before it was ready (${signal ?? `exit code ${code}`}): see ${log}.`,
          ),
        ),
      );
    });
  }

  /** Asks it to stop, and kills it when it does not. */
  async stop(): Promise<void> {
    this.stopping = true;
    if (this.timer) clearTimeout(this.timer);
    const { child } = this;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((done) => child.once('exit', done));
    child.kill('SIGTERM');
    const killer = setTimeout(() => child.kill('SIGKILL'), stopPatience);
    await gone;
    clearTimeout(killer);
  }

  private spawnChild(): ChildProcess {
    const { program, env, log } = this.spec;
    const output = openSync(log, 'a', 0o600);
    // The channel is how it says that it is ready, and how it learns that we are gone, even by SIGKILL.
    const child = spawn(process.execPath, ['--enable-source-maps', program], {
      env,
      stdio: ['ignore', output, output, 'ipc'],
    });
    closeSync(output);
    this.child = child;
    const born = Date.now();
    child.once('message', () => this.watch(child, born));
    return child;
  }

  /** From its readiness on, its death is answered with a restart. */
  private watch(child: ChildProcess, born: number): void {
    child.once('exit', (code, signal) => {
      if (this.stopping) return;
      if (Date.now() - born > goodLife) this.nextWait = firstWait;
      this.restartLater(`The ${this.spec.name} ended (${signal ?? `exit code ${code}`})`);
    });
  }

  private restartLater(what: string): void {
    const wait = this.nextWait;
    this.nextWait = Math.min(wait * 2, longestWait);
    this.timer = setTimeout(() => {
      if (this.stopping) return;
      this.spec.onRestart(`${what}; it is started again.`);
      this.start().catch(
        () => this.stopping || this.restartLater(`The ${this.spec.name} did not start`),
      );
    }, wait);
  }
}

/** The sentence with which a process says why it could not start; the rest of what it wrote stays in its log. */
function lastWords(log: string, begin: number): string | null {
  const lines = readFileSync(log).subarray(begin).toString().split('\n');
  return lines.findLast((line) => / could not start: /.test(line)) ?? null;
}
