import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import type { CompiledTheme, ThemeFiles } from '@libs/template-engine';
import { Metrics } from '@platform/telemetry';
import { fileFinding } from '../theme-finding';
import { themesErrors } from '../themes.errors';
import { encodeFiles, readAll } from './wire';

/** How compile processes are run; a test puts a program of its own here. */
export interface CompileOptions {
  program: string;
  /** A theme takes well under a second; one that still runs then will not end (theme-format.md, 4.1). */
  killAfterMs: number;
}

/** Injection token of `CompileOptions`. */
export const COMPILE_OPTIONS = Symbol('CompileOptions');

/** Built code beside this file; the sources run under a test runner, which finds the last build. */
const beside = join(__dirname, 'main.js');
const built = join(__dirname, '../../../../dist/libs/themes/src/compile-process/main.js');

/** The platform's own program; when it is killed is a setting. */
export const compileProgram = existsSync(beside) ? beside : built;

/** Each may take half a gigabyte. */
const mostProcesses = 2;
const longestQueue = 20;
/** Code for every locale of the largest theme stays far below. */
const largestAnswer = 128 * 1024 * 1024;

class Killed extends Error {}

/**
 * Compiles themes in processes of their own, one for each theme, which are killed when they take too long or too much
 * memory: a theme can end its own upload and nothing else.
 */
@Injectable()
export class ThemeCompiler {
  private running = 0;
  private readonly queue: (() => void)[] = [];
  private readonly deaths;

  constructor(
    @Inject(COMPILE_OPTIONS) private readonly options: CompileOptions,
    @Inject(Metrics) metrics: Metrics,
  ) {
    this.deaths = metrics.counter({
      name: 'theme_compile_deaths_total',
      help: 'Compile processes that were killed or died.',
    });
  }

  /**
   * @returns what the engine makes of the theme; a process that was killed or died is an error among the diagnostics
   * @throws themes.busy
   */
  async compile(files: ThemeFiles): Promise<CompiledTheme> {
    await this.enter();
    try {
      return await this.run(files);
    } catch (error) {
      this.deaths.inc();
      const seconds = this.options.killAfterMs / 1000;
      const finding =
        error instanceof Killed
          ? fileFinding(
              'theme.json',
              'T_TIMEOUT',
              `the theme could not be compiled within ${seconds} s`,
            )
          : fileFinding('theme.json', 'T_CRASHED', 'the compiler gave up on this theme');
      return { artefacts: [], meta: null, diagnostics: [finding] };
    } finally {
      this.leave();
    }
  }

  private async run(files: ThemeFiles): Promise<CompiledTheme> {
    const child = spawn(
      process.execPath,
      [
        '--disallow-code-generation-from-strings',
        '--max-old-space-size=512',
        this.options.program,
        String(this.options.killAfterMs),
      ],
      { env: {}, stdio: ['pipe', 'pipe', 'ignore'] },
    );
    const timer = setTimeout(() => child.kill('SIGKILL'), this.options.killAfterMs);
    try {
      const ended = exitOf(child);
      send(child.stdin, files);
      const [answer, code] = await Promise.all([readAll(child.stdout, largestAnswer), ended]);
      if (child.signalCode === 'SIGKILL') throw new Killed();
      if (code !== 0) throw new Error(`The compile process ended with ${code}.`);
      return check(answer);
    } finally {
      clearTimeout(timer);
      child.kill('SIGKILL');
    }
  }

  private enter(): Promise<void> | void {
    if (this.running < mostProcesses) {
      this.running += 1;
      return undefined;
    }
    if (this.queue.length >= longestQueue) {
      throw themesErrors.error('busy', {}, { retryAfterSeconds: 5 });
    }
    return new Promise((resolve) => this.queue.push(resolve));
  }

  private leave(): void {
    const next = this.queue.shift();
    if (next) next();
    else this.running -= 1;
  }
}

function exitOf(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', resolve);
  });
}

/** A process that died does not read; that it died is told by its exit. */
function send(stdin: Writable, files: ThemeFiles): void {
  stdin.on('error', () => undefined);
  for (const part of encodeFiles(files)) stdin.write(part);
  stdin.end();
}

/** The process saw a stranger's theme: what it says is looked at before it is signed. */
function check(answer: Buffer): CompiledTheme {
  const result = JSON.parse(answer.toString('utf8')) as CompiledTheme;
  const failed = result.diagnostics.some(({ severity }) => severity === 'error');
  if (failed) return { artefacts: [], meta: null, diagnostics: result.diagnostics };
  if (result.meta === null || result.artefacts.length === 0) throw new Error('No code came back.');
  for (const { js, hash } of result.artefacts) {
    if (createHash('sha256').update(js).digest('hex') !== hash) throw new Error('Not its hash.');
  }
  return result;
}
