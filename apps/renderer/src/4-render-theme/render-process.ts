import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import type { SectionError } from '@libs/template-engine';
import { type Frame, readFrames, writeFrame } from './frames';

/** What is to be rendered: the page, or its sections apart from each other. */
export type RenderKind = 'page' | 'sections';

/** What came back of a render. */
export interface Rendered {
  /** HTML of a page; of sections JSON, markup or null by id. */
  body: Buffer;
  errors: SectionError[];
  steps: number;
}

/** The process died or was killed in the middle; the render may be tried on another. */
export class RenderProcessDied extends Error {
  override readonly name = 'RenderProcessDied';
}

/** The theme could not be rendered, by the process's own word. */
export class RenderFailed extends Error {
  override readonly name = 'RenderFailed';
}

interface Waiting {
  resolve(frame: Frame): void;
  reject(error: Error): void;
}

/** Built code beside this file; the sources run under a test runner, which finds the last build. */
const beside = join(__dirname, '../render-process/main.js');
const program = existsSync(beside)
  ? beside
  : join(__dirname, '../../../../dist/apps/renderer/src/render-process/main.js');

/** One render process and the talk with it: one request at a time. */
export class RenderProcess {
  private readonly child: ChildProcess;
  private readonly socket: Duplex;
  private readonly loaded = new Set<string>();
  private waiting: Waiting | null = null;
  private nextId = 1;
  alive = true;
  busy = false;

  constructor(private readonly options: { killAfterMs: number; onExit: () => void }) {
    this.child = spawn(
      process.execPath,
      ['--disallow-code-generation-from-strings', '--max-old-space-size=512', program],
      { env: {}, stdio: ['ignore', 'ignore', 'inherit', 'pipe'] },
    );
    this.socket = this.child.stdio[3] as Duplex;
    readFrames(this.socket, (frame) => this.waiting?.resolve(frame));
    this.socket.on('error', () => this.fail());
    this.child.on('error', () => this.fail());
    this.child.on('exit', () => this.fail());
  }

  /**
   * Renders a page, or its sections.
   * @param artefact the hash of the code and a way to get it, asked for once per process
   * @param input the page as JSON text
   * @throws RenderProcessDied, RenderFailed
   */
  async render(
    artefact: { hash: string; js: () => Promise<string> },
    input: Buffer,
    kind: RenderKind,
  ): Promise<Rendered> {
    const head = { op: kind, artefact: artefact.hash };
    if (!this.loaded.has(artefact.hash)) await this.load(artefact);
    let answer = await this.ask(head, input);
    if (answer.head.unknown === true) {
      await this.load(artefact);
      answer = await this.ask(head, input);
    }
    if (answer.head.ok !== true) throw new RenderFailed(String(answer.head.message));
    const { errors, steps } = answer.head as { errors: SectionError[]; steps: number };
    return { body: answer.body, errors, steps };
  }

  /** Ends the process at once. */
  kill(): void {
    this.child.kill('SIGKILL');
    this.fail();
  }

  private async load({ hash, js }: { hash: string; js: () => Promise<string> }): Promise<void> {
    const answer = await this.ask({ op: 'load', artefact: hash }, Buffer.from(await js()));
    if (answer.head.ok !== true) throw new RenderFailed(String(answer.head.message));
    this.loaded.add(hash);
  }

  private ask(head: Record<string, unknown>, body: Buffer): Promise<Frame> {
    if (!this.alive) return Promise.reject(new RenderProcessDied('The render process is gone.'));
    const id = this.nextId;
    this.nextId += 1;
    return new Promise<Frame>((resolve, reject) => {
      const timer = setTimeout(() => this.kill(), this.options.killAfterMs);
      const done = () => {
        clearTimeout(timer);
        this.waiting = null;
      };
      this.waiting = {
        resolve: (frame) => {
          done();
          resolve(frame);
        },
        reject: (error) => {
          done();
          reject(error);
        },
      };
      writeFrame(this.socket, { ...head, id }, body);
    });
  }

  private fail(): void {
    if (!this.alive) return;
    this.alive = false;
    this.waiting?.reject(new RenderProcessDied('The render process died.'));
    this.socket.destroy();
    this.options.onExit();
  }
}
