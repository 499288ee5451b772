import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { environmentWith } from '@platform/config';

const root = resolve(__dirname, '../..');

/** The line that `npm start -- --json` prints. */
export interface ReadyLine {
  api: string;
  storefront: string;
  tls: string;
  demo: { email: string; password: string; token: string; storeId: string; storeUrl: string };
}

/** A start that ended before it was ready. */
export interface Refused {
  code: number | null;
  stderr: string;
}

/** A platform that runs in processes of its own. */
export interface StartedPlatform {
  ready: ReadyLine;
  /** All of its standard output. */
  stdout(): string;
  stderr(): string;
  /** As the terminal does: to every process in the foreground. Answers at once when it has ended. */
  pressCtrlC(): Promise<number | null>;
  /** The starter alone, with no chance to say goodbye. */
  killStarter(): Promise<void>;
}

const basis = {
  CARAVEL_API_PORT: '0',
  CARAVEL_SHOP_PORT: '0',
  CARAVEL_TLS_PORT: '0',
  CARAVEL_WORKER_PORT: '0',
  CARAVEL_RENDERER_PORT: '0',
  CARAVEL_TEST_PAYMENTS_PORT: '0',
  CARAVEL_RENDER_PROCESSES: '1',
  LOG_LEVEL: 'warn',
  // The machine is shared with other tests.
  CARAVEL_THEME_COMPILE_SECONDS: '60',
  // Whatever the machine has set up must not be used: the test brings its own.
  DATABASE_URL: '',
  REDIS_URL: '',
  S3_BUCKET: '',
};

/**
 * Runs what `npm start -- --json` runs, on free ports.
 * @throws Error with everything it said when it does not become ready
 */
export async function startPlatform(env: Record<string, string>): Promise<StartedPlatform> {
  const { child, stdout, stderr } = launch(env, ['--json']);
  const line = await new Promise<string>((done, fail) => {
    child.stdout?.on('data', () => {
      if (stdout().includes('\n')) done(stdout());
    });
    child.once('exit', (code) => fail(new Error(`The start ended (${code}): ${stderr()}`)));
  });
  const ready = JSON.parse(line) as ReadyLine | { error: { message: string } };
  if ('error' in ready) throw new Error(`The start failed: ${ready.error.message}`);
  return {
    ready,
    stdout,
    stderr,
    async pressCtrlC() {
      // One that ended says so once; grandchildren may still be in its group and take the signal.
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
      const gone = once(child, 'exit');
      process.kill(-(child.pid as number), 'SIGINT');
      const [code] = (await gone) as [number | null];
      return code;
    },
    async killStarter() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
  };
}

/** Runs it where it must refuse to start. @throws Error when it starts all the same */
export async function refusedStart(env: Record<string, string>): Promise<Refused> {
  const { child, stdout, stderr } = launch(env, []);
  const [code] = (await once(child, 'exit')) as [number | null];
  if (stdout() !== '') throw new Error(`It started: ${stdout()}`);
  return { code, stderr: stderr() };
}

/** Polls until something holds; the time limit of the test is the only one. */
export async function eventually(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((done) => setTimeout(done, 50));
}

function launch(env: Record<string, string>, flags: string[]) {
  // A group of its own, as a shell would make it: Ctrl-C reaches the starter and its children alike.
  const child: ChildProcess = spawn(process.execPath, ['scripts/start.mjs', ...flags], {
    cwd: root,
    env: environmentWith({ ...basis, ...env }),
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout?.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  return { child, stdout: () => stdout, stderr: () => stderr };
}
