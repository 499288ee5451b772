import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { CONFIG, type Config } from '@platform/config';
import { Metrics } from '@platform/telemetry';
import { BUDGET_CODES, PAGE_BUDGETS } from '@template-engine/language';
import { FairQueue } from './fair-queue';
import { StoreCosts } from './store-costs';
import {
  type RenderJob,
  RenderProcess,
  RenderProcessDied,
  type Rendered,
  type Urgency,
} from './render-process';

/**
 * A page costs about a millisecond; one that is still running after a second will not end (theme-format.md, 4.5). Its
 * own deadline (`PAGE_BUDGETS`) is before that, so that what can be stopped politely is.
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

interface Waiting {
  go(process: RenderProcess): void;
  shed(error: RenderOverload): void;
}

/**
 * Processes beside the renderer that render themes. Stores take turns. When too many wait, those of the store with the
 * longest line are shed. A dead process is replaced at once.
 */
@Injectable()
export class RenderPool implements OnApplicationShutdown {
  private readonly processes = new Set<RenderProcess>();
  private readonly queue = new FairQueue<Waiting>(longestQueue);
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
      help: 'Render processes that died or were killed, by what they render: live pages, previews or dear pages.',
      labels: ['pool'],
    });
    this.seconds = metrics.histogram({
      name: 'render_seconds',
      help: 'Time from asking for a render to having its HTML.',
    });
    if (this.startsEarly) this.fill();
  }

  /** What its processes render, as metrics name it. */
  protected get name(): 'live' | 'preview' | 'dear' {
    return 'live';
  }

  /** Whether the processes are there before anybody asks. */
  protected get startsEarly(): boolean {
    return true;
  }

  protected get size(): number {
    return this.config.shop.renderProcesses;
  }

  protected get urgency(): Urgency {
    return {};
  }

  /**
   * Renders on the next free process.
   * @param store whose turn it is, and who pays: a store, or its previews
   * @throws RenderProcessDied when the render killed it, RenderFailed, RenderOverload
   */
  async render(store: string, job: RenderJob): Promise<Rendered> {
    const stop = this.seconds.startTimer();
    try {
      const process = await this.acquire(store);
      try {
        const made = await process.render(job);
        const dear = made.errors.some(({ code }) => spent.has(code));
        this.charge(store, made.cpu / 1_000 + made.body.length / bytesPerMs, dear);
        return made;
      } catch (error) {
        if (error instanceof RenderProcessDied) this.charge(store, killAfterMs, true);
        throw error;
      } finally {
        this.release(process);
      }
    } finally {
      stop();
    }
  }

  private charge(store: string, ms: number, dear: boolean): void {
    const now = performance.now();
    this.costs.spend(store, ms, now);
    if (dear) this.costs.setApart(store, now);
  }

  /** Ends every process. */
  onApplicationShutdown(): void {
    this.closed = true;
    for (const process of this.processes) process.kill();
  }

  private acquire(store: string): Promise<RenderProcess> {
    this.fill();
    return new Promise((go, shed) => {
      const left = this.queue.add(store, { go, shed });
      left?.shed(new RenderOverload());
      for (const process of this.processes) if (process.alive && !process.busy) this.hand(process);
    });
  }

  private release(process: RenderProcess): void {
    process.busy = false;
    for (const free of this.processes) if (free.alive && !free.busy) this.hand(free);
  }

  private hand(process: RenderProcess): void {
    const next = this.queue.next(() => true);
    if (!next) return;
    process.busy = true;
    next.go(process);
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
      ...this.urgency,
      onExit: () => {
        this.processes.delete(started);
        if (this.closed) return;
        this.deaths.inc({ pool: this.name });
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
  protected override get name(): 'preview' {
    return 'preview';
  }

  protected override get startsEarly(): boolean {
    return false;
  }

  protected override get size(): number {
    return this.config.shop.previewProcesses;
  }
}

/**
 * So many times as long as elsewhere may a render take that gets only what is left of the machine: one that hangs is
 * known by the CPU it took, so this only ends what hardly got any.
 */
const slowPatience = 20;

/**
 * One process for the pages of stores whose pages are dear, started by the first of them. It gets what the others leave
 * of the machine, so a render may take as long as several do elsewhere without anything being wrong with it.
 */
@Injectable()
export class SlowPool extends RenderPool {
  protected override get name(): 'dear' {
    return 'dear';
  }

  protected override get startsEarly(): boolean {
    return false;
  }

  protected override get size(): number {
    return 1;
  }

  protected override get urgency(): Urgency {
    const deadline = PAGE_BUDGETS.deadline * slowPatience;
    return {
      leftover: true,
      patience: slowPatience,
      budgets: { deadline },
    };
  }
}
