import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { CONFIG, type Config } from '@platform/config';
import { Log, Metrics } from '@platform/telemetry';
import { type RenderKind, RenderProcess, RenderProcessDied, type Rendered } from './render-process';

/** A page costs about a millisecond; one that is still running after a second will not end (theme-format.md, 4.5). */
const killAfterMs = 1_000;

/** A process that lives shorter than this did not come up. */
const startingMs = 300;

/** Requests that may wait for a render process; more are shed, so that a burst ends quickly. */
const longestQueue = 500;

/** Too many pages are being rendered; answered 503. */
export class RenderOverload extends Error {
  override readonly name = 'RenderOverload';
}

/** Code for one theme version and locale, fetched only by a process that lacks it. */
export interface ArtefactSource {
  hash: string;
  js: () => Promise<string>;
}

/**
 * The render processes beside the renderer. A render that kills its process is tried once more on another; a dead
 * process is replaced at once.
 */
@Injectable()
export class RenderPool implements OnApplicationShutdown {
  private readonly processes = new Set<RenderProcess>();
  private readonly queue: ((process: RenderProcess) => void)[] = [];
  private readonly deaths;
  private readonly seconds;
  private closed = false;

  constructor(
    @Inject(CONFIG) config: Config,
    @Inject(Log) private readonly log: Log,
    @Inject(Metrics) metrics: Metrics,
  ) {
    this.deaths = metrics.counter({
      name: 'render_process_deaths_total',
      help: 'Render processes that died or were killed.',
    });
    this.seconds = metrics.histogram({
      name: 'render_seconds',
      help: 'Time from asking for a render to having its HTML.',
    });
    for (let i = 0; i < config.shop.renderProcesses; i += 1) this.start();
  }

  /**
   * Renders a page, or its sections, on the next free process.
   * @param input the page as JSON text
   * @throws RenderProcessDied when it killed two processes, RenderFailed, RenderOverload
   */
  async render(
    artefact: ArtefactSource,
    input: Buffer,
    kind: RenderKind = 'page',
  ): Promise<Rendered> {
    const stop = this.seconds.startTimer();
    try {
      return await this.once(artefact, input, kind);
    } catch (error) {
      if (!(error instanceof RenderProcessDied) || this.closed) throw error;
      this.log.warn({ artefact: artefact.hash }, 'a render killed its process; trying once more');
      return await this.once(artefact, input, kind);
    } finally {
      stop();
    }
  }

  /** Ends every process. */
  onApplicationShutdown(): void {
    this.closed = true;
    for (const process of this.processes) process.kill();
  }

  private async once(artefact: ArtefactSource, input: Buffer, kind: RenderKind): Promise<Rendered> {
    const process = await this.acquire();
    try {
      return await process.render(artefact, input, kind);
    } finally {
      this.release(process);
    }
  }

  private acquire(): Promise<RenderProcess> {
    for (const process of this.processes) {
      if (process.alive && !process.busy) {
        process.busy = true;
        return Promise.resolve(process);
      }
    }
    if (this.queue.length >= longestQueue) return Promise.reject(new RenderOverload());
    return new Promise((resolve) => this.queue.push(resolve));
  }

  private release(process: RenderProcess): void {
    process.busy = false;
    if (process.alive) this.hand(process);
  }

  private hand(process: RenderProcess): void {
    const next = this.queue.shift();
    if (!next) return;
    process.busy = true;
    next(process);
  }

  private start(): void {
    const startedAt = performance.now();
    const started = new RenderProcess({
      killAfterMs,
      onExit: () => {
        this.processes.delete(started);
        if (this.closed) return;
        this.deaths.inc();
        // One that dies while it starts would be started without end.
        const pause = performance.now() - startedAt < startingMs ? startingMs : 0;
        setTimeout(() => this.closed || this.start(), pause).unref();
      },
    });
    this.processes.add(started);
    this.hand(started);
  }
}
