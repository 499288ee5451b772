import { LRUCache } from 'lru-cache';
import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import type { SectionError } from '@libs/template-engine';
import type { Budgets, PagePart } from '@template-engine/runtime';
import { cpuMs } from './cpu-time';
import { type Frame, readFrames, writeFrame } from './frames';
import { mostThemes } from './most-themes';
import { spawnAt } from './spawn-at';

/** What is to be rendered: the page, the same in parts, or its sections apart from each other. */
export type RenderKind = 'page' | 'parts' | 'sections';

/** What came back of a render. */
export interface Rendered {
  /** HTML of a page; of sections JSON, markup or null by id. */
  body: Buffer;
  /** Of a page that was asked for packed: the body is in brotli, and this is `bodyHash` of the plain one. */
  hash?: string;
  errors: SectionError[];
  steps: number;
  /** Of `parts`: whose bytes follow each other in the body, `location/id` or null between sections, and how many. */
  parts?: readonly PagePart[];
  /** Microseconds of CPU in the process: reading the data, rendering, making bytes. */
  cpu: number;
}

/** The process died or was killed in the middle; the render may be tried on another. */
export class RenderProcessDied extends Error {
  override readonly name = 'RenderProcessDied';

  /** @param section where a traced render was: the place in the page's list, -1 the layout, null unknown */
  constructor(readonly section: number | null) {
    super('The render process died.');
  }
}

/** The theme could not be rendered, by the process's own word. */
export class RenderFailed extends Error {
  override readonly name = 'RenderFailed';
}

/** One render as it is asked for. */
export interface RenderJob {
  /** The hash of the code and a way to get it, asked for once per process. */
  artefact: { hash: string; js: () => Promise<string> };
  /** The page as JSON text. */
  input: Buffer;
  kind: RenderKind;
  /** Whether the body is to come in brotli, which the process makes at its own urgency. */
  packed?: boolean;
  /** Whether the process says which section it is at. */
  traced?: boolean;
}

/** How a process stands to the machine's others. */
export interface Urgency {
  /** Whether it gets only what the others leave of the processors. */
  leftover?: boolean;
  /** So many times as long as its CPU would take may a render take; 3 when left out. */
  patience?: number;
  /** Those of a page, where they are not the usual ones. */
  budgets?: Partial<Budgets>;
}

interface Waiting {
  resolve(frame: Frame): void;
  reject(error: Error): void;
}

/** A busy machine may give a render a third of a processor before it counts as one that hangs. */
const usualPatience = 3;

/** Built code beside this file; the sources run under a test runner, which finds the last build. */
const beside = join(__dirname, '../render-process/main.js');
const program = existsSync(beside)
  ? beside
  : join(__dirname, '../../../../dist/apps/renderer/src/render-process/main.js');

/** One render process and the talk with it: one request at a time. */
export class RenderProcess {
  private readonly child: ChildProcess;
  private readonly socket: Duplex;
  /** What it holds, as far as one can tell from here: it forgets in the same order. */
  private readonly loaded = new LRUCache<string, true>({ max: mostThemes });
  private waiting: Waiting | null = null;
  private nextId = 1;
  private at: number | null = null;
  alive = true;
  busy = false;

  constructor(private readonly options: Urgency & { killAfterMs: number; onExit: () => void }) {
    const node = [process.execPath, '--disallow-code-generation-from-strings'];
    this.child = spawnAt(options.leftover === true, [...node, '--max-old-space-size=512', program]);
    this.socket = this.child.stdio[3] as Duplex;
    readFrames(this.socket, (frame) => this.waiting?.resolve(frame));
    const progress = this.child.stdio[4] as Duplex;
    progress.on('data', (text: Buffer) => {
      this.at = Number(text.toString('latin1').trimEnd().split('\n').at(-1));
    });
    progress.on('error', () => undefined);
    this.socket.on('error', () => this.fail());
    this.child.on('error', () => this.fail());
    // After its pipes are read to the end, so that its last word counts.
    this.child.on('close', () => this.fail());
  }

  /**
   * Renders a page, or its sections.
   * @throws RenderProcessDied, RenderFailed
   */
  async render({ artefact, input, kind, ...job }: RenderJob): Promise<Rendered> {
    const { budgets } = this.options;
    const { traced = false, packed = false } = job;
    const head = { op: kind, artefact: artefact.hash, traced, packed, budgets };
    this.at = null;
    if (!this.loaded.get(artefact.hash)) await this.load(artefact);
    let answer = await this.ask(head, input);
    if (answer.head.unknown === true) {
      await this.load(artefact);
      answer = await this.ask(head, input);
    }
    if (answer.head.ok !== true) throw new RenderFailed(String(answer.head.message));
    const { errors, steps, cpu, parts, hash } = answer.head as unknown as Omit<Rendered, 'body'>;
    const body = answer.body;
    return { body, errors, steps, cpu, ...(parts ? { parts } : {}), ...(hash ? { hash } : {}) };
  }

  /** Ends the process at once. */
  kill(): void {
    this.child.kill('SIGKILL');
  }

  private async load({ hash, js }: { hash: string; js: () => Promise<string> }): Promise<void> {
    const answer = await this.ask({ op: 'load', artefact: hash }, Buffer.from(await js()));
    if (answer.head.ok !== true) throw new RenderFailed(String(answer.head.message));
    this.loaded.set(hash, true);
  }

  private ask(head: Record<string, unknown>, body: Buffer): Promise<Frame> {
    if (!this.alive) return Promise.reject(new RenderProcessDied(null));
    const id = this.nextId;
    this.nextId += 1;
    return new Promise<Frame>((resolve, reject) => {
      const stopWatch = this.watch();
      const done = () => {
        stopWatch();
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

  /**
   * Kills the process when it has run for too long: one that hangs is known by the processor's time that it took, so a
   * page is not lost because the machine was busy. Where the system does not say that time, the clock decides.
   * @returns ends that
   */
  private watch(): () => void {
    const { killAfterMs } = this.options;
    const pid = this.child.pid ?? 0;
    const before = cpuMs(pid);
    const patience = this.options.patience ?? (before === null ? 1 : usualPatience);
    let waited = 0;
    const timer = setInterval(() => {
      waited += 1;
      const now = before === null ? null : cpuMs(pid);
      const ran = before === null || now === null ? 0 : now - before;
      // Half: of what it gets of a processor, some is spent on being told and on collecting garbage.
      if (waited >= patience || ran >= killAfterMs / 2) this.kill();
    }, killAfterMs);
    return () => clearInterval(timer);
  }

  private fail(): void {
    if (!this.alive) return;
    this.alive = false;
    this.waiting?.reject(new RenderProcessDied(this.at));
    this.socket.destroy();
    this.options.onExit();
  }
}
