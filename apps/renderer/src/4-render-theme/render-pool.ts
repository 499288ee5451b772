import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { CONFIG, type Config } from '@platform/config';
import { Metrics } from '@platform/telemetry';
import { BUDGET_CODES } from '@template-engine/language';
import { FairQueue } from './fair-queue';
import { StoreCosts, previewLine } from './store-costs';
import { type RenderJob, RenderProcess, RenderProcessDied, type Rendered } from './render-process';

/**
 * A page costs about a millisecond; one that is still running after a second will not end (theme-format.md, 4.5). Its
 * own deadline (`PAGE_BUDGETS`) is half of it, so that what can be stopped politely is.
 */
const killAfterMs = 1_000;

/** A process that lives shorter than this did not come up. */
const startingMs = 300;

/** Requests that may wait for a render process; more are shed, so that a burst ends quickly. */
const longestQueue = 500;

/** Too many pages are being rendered; answered 503. */
export class RenderOverload extends Error {
  override readonly name = 'RenderOverload';
}

/** What it costs to pass on, pack and send a page: so many bytes are a millisecond. */
const bytesPerMs = 50_000;

/** Codes of sections that used up a budget. */
export const spent: ReadonlySet<string> = new Set(Object.values(BUDGET_CODES));

/** How long a store that was dear stays in its share of the processes. */
const dearMs = 60_000;

interface Waiting {
  store: string;
  go(process: RenderProcess): void;
  shed(error: RenderOverload): void;
}

/**
 * Processes beside the renderer that render themes. Stores take turns; one whose renders were killed or ran out of
 * budget has at most half of the processes for a minute, so that its neighbours always find one. When too many wait,
 * those of the store with the longest line are shed. A dead process is replaced at once.
 */
@Injectable()
export class RenderPool implements OnApplicationShutdown {
  private readonly processes = new Set<RenderProcess>();
  private readonly queue = new FairQueue<Waiting>(longestQueue);
  private readonly running = new Map<string, number>();
  private readonly dear = new LRUCache<string, true>({ max: 10_000, ttl: dearMs });
  private readonly deaths;
  private readonly seconds;
  private closed = false;

  constructor(
    @Inject(CONFIG) protected readonly config: Config,
    @Inject(Metrics) metrics: Metrics,
    @Inject(StoreCosts) private readonly costs: StoreCosts,
  ) {
    this.deaths = metrics.counter({
      name: 'render_process_deaths_total',
      help: 'Render processes that died or were killed.',
    });
    this.seconds = metrics.histogram({
      name: 'render_seconds',
      help: 'Time from asking for a render to having its HTML.',
    });
    if (this.startsEarly) this.fill();
  }

  /** Whether the processes are there before anybody asks. */
  protected get startsEarly(): boolean {
    return true;
  }

  protected get size(): number {
    return this.config.shop.renderProcesses;
  }

  /**
   * Renders on the next free process.
   * @param store whose turn it is
   * @throws RenderProcessDied when the render killed it, RenderFailed, RenderOverload
   */
  async render(store: string, job: RenderJob): Promise<Rendered> {
    const stop = this.seconds.startTimer();
    try {
      const process = await this.acquire(store);
      try {
        const made = await process.render(job);
        if (made.errors.some(({ code }) => spent.has(code))) this.dear.set(store, true);
        this.charge(store, made.cpu / 1_000 + made.body.length / bytesPerMs);
        return made;
      } catch (error) {
        if (error instanceof RenderProcessDied) {
          this.dear.set(store, true);
          this.charge(store, killAfterMs);
        }
        throw error;
      } finally {
        this.release(process, store);
      }
    } finally {
      stop();
    }
  }

  /** Who pays for a render. */
  protected payer(store: string): string {
    return store;
  }

  private charge(store: string, ms: number): void {
    this.costs.spend(this.payer(store), ms, performance.now());
  }

  /** Ends every process. */
  onApplicationShutdown(): void {
    this.closed = true;
    for (const process of this.processes) process.kill();
  }

  private acquire(store: string): Promise<RenderProcess> {
    this.fill();
    return new Promise((go, shed) => {
      const left = this.queue.add(store, { store, go, shed });
      left?.shed(new RenderOverload());
      for (const process of this.processes) if (process.alive && !process.busy) this.hand(process);
    });
  }

  private release(process: RenderProcess, store: string): void {
    const left = (this.running.get(store) ?? 1) - 1;
    if (left > 0) this.running.set(store, left);
    else this.running.delete(store);
    process.busy = false;
    for (const free of this.processes) if (free.alive && !free.busy) this.hand(free);
  }

  private hand(process: RenderProcess): void {
    const next = this.queue.next((store) => this.mayRun(store));
    if (!next) return;
    process.busy = true;
    this.running.set(next.store, (this.running.get(next.store) ?? 0) + 1);
    next.go(process);
  }

  private mayRun(store: string): boolean {
    const share = Math.max(1, Math.floor(this.size / 2));
    return !this.dear.has(store) || (this.running.get(store) ?? 0) < share;
  }

  private fill(): void {
    while (!this.closed && this.processes.size + this.pausing < this.size) this.start();
  }

  /** Processes that will be started after a pause. */
  private pausing = 0;

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
        this.pausing += 1;
        setTimeout(() => {
          this.pausing -= 1;
          this.fill();
        }, pause).unref();
      },
    });
    this.processes.add(started);
    this.hand(started);
  }
}

/** The processes for versions that are not live, started by the first of them: their deaths touch no live store. */
@Injectable()
export class PreviewPool extends RenderPool {
  protected override get startsEarly(): boolean {
    return false;
  }

  protected override get size(): number {
    return this.config.shop.previewProcesses;
  }

  protected override payer(store: string): string {
    return previewLine(store);
  }
}
