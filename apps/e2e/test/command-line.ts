import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const binary = resolve(__dirname, '../../cli/bin/caravel.cjs');

/** What a command left behind. */
export interface Ran {
  code: number | null;
  stdout: string;
  stderr: string;
  /** The one JSON document of `--json`; tests look into it freely. */
  // oxlint-disable-next-line typescript/no-explicit-any -- a test asserts the shape that it reads
  json: any;
}

/** The command line as a person uses it, with a home of its own. */
export class CommandLine {
  private constructor(
    readonly home: string,
    private readonly env: Record<string, string>,
  ) {}

  /** @param server the API's address */
  static async open(server: string): Promise<CommandLine> {
    const home = await mkdtemp(join(tmpdir(), 'caravel-cli-'));
    return new CommandLine(home, { HOME: home, USERPROFILE: home, CARAVEL_SERVER: server });
  }

  /** A place in the home. */
  path(...parts: string[]): string {
    return join(this.home, ...parts);
  }

  /** Runs a command to its end. @param input what it reads from standard input */
  async run(args: string[], input = '', env: Record<string, string> = {}): Promise<Ran> {
    const child = this.start(args, env);
    let [stdout, stderr] = ['', ''];
    child.stdout?.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    child.stdin?.end(input);
    const [code] = (await once(child, 'close')) as [number | null];
    const json: unknown = args.includes('--json') ? JSON.parse(stdout) : null;
    return { code, stdout, stderr, json };
  }

  /** Starts one that runs until it is stopped. */
  start(args: string[], env: Record<string, string> = {}): ChildProcess {
    return spawn(process.execPath, [binary, ...args], {
      cwd: this.home,
      env: { PATH: process.env['PATH'], ...this.env, ...env },
      stdio: 'pipe',
    });
  }

  /**
   * Runs a command on a terminal of its own, as a person who waits for a word and types.
   * @param answers what has to be shown, and what is typed then
   * @returns all that the terminal shows; after the command `code <exit code>` and how the terminal is set (`stty -a`)
   */
  async onTerminal(args: string[], answers: readonly [shown: string, typed: string][]) {
    const words = [process.execPath, binary, ...args].map((word) => `'${word}'`);
    const line = `${words.join(' ')}; echo "code $?"; stty -a`;
    const child = spawn('script', ['-qec', line, '/dev/null'], {
      cwd: this.home,
      env: { PATH: process.env['PATH'], TERM: 'xterm', SHELL: '/bin/sh', ...this.env },
      stdio: 'pipe',
    });
    const waiting = [...answers];
    let shown = '';
    child.stdout.on('data', (chunk: Buffer) => {
      shown += chunk.toString();
      const [next] = waiting;
      if (next === undefined || !shown.includes(next[0])) return;
      waiting.shift();
      child.stdin.write(next[1]);
    });
    await once(child, 'close');
    return shown;
  }

  close(): Promise<void> {
    return rm(this.home, { recursive: true, force: true });
  }
}
