import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '@platform/config';
import { FairQueue } from './fair-queue';
import { RenderOverload } from './render-pool';
import { StoreCosts } from './store-costs';

/** Pages that may wait to be made; more are shed, so that a burst ends quickly. */
const longestQueue = 500;

/** Turns of all stores together whose pages are dear: one is rendered while another's data is read. */
const turnsApart = 2;

/** So long a dear page waits at most for a moment in which nobody else's is being made. */
const gapWaitMs = 100;

interface Waiting {
  /** When it was asked for, in milliseconds of a steady clock. */
  since: number;
  go(apart: boolean): void;
  shed(error: RenderOverload): void;
}

/**
 * Turns at making pages, from the first statement to the last byte of HTML: a store that floods the renderer must not
 * hold every connection to the database before anybody's page comes to a render process. One store has at most half of
 * the turns; those whose pages are dear have a few of their own, begin in the gaps between the others, and rest between them.
 */
@Injectable()
export class MakingTurns {
  private readonly queue = new FairQueue<Waiting>(longestQueue);
  private readonly running = new Map<string, number>();
  private readonly most: number;
  private taken = 0;
  private takenApart = 0;
  private timer: NodeJS.Timeout | null = null;

  constructor(
    @Inject(CONFIG) { shop }: Pick<Config, 'shop'>,
    @Inject(StoreCosts) private readonly costs: StoreCosts,
  ) {
    this.most = 2 * shop.renderProcesses + 2;
  }

  /**
   * Makes something for a store when its turn comes.
   * @throws RenderOverload when too many wait, and what `make` throws
   */
  async take<T>(store: string, make: () => Promise<T>): Promise<T> {
    const apart = await this.enter(store);
    try {
      return await make();
    } finally {
      if (apart) this.takenApart -= 1;
      else this.leave(store);
      this.hand();
    }
  }

  /** Resolves with whether the turn is one of those of dear pages. */
  private enter(store: string): Promise<boolean> {
    return new Promise((resolve, shed) => {
      const go = (apart: boolean) => {
        this.costs.begin(store, performance.now());
        if (apart) {
          this.takenApart += 1;
        } else {
          this.taken += 1;
          this.running.set(store, (this.running.get(store) ?? 0) + 1);
        }
        resolve(apart);
      };
      this.queue.add(store, { since: performance.now(), go, shed })?.shed(new RenderOverload());
      this.hand();
    });
  }

  private leave(store: string): void {
    this.taken -= 1;
    const left = (this.running.get(store) ?? 1) - 1;
    if (left > 0) this.running.set(store, left);
    else this.running.delete(store);
  }

  private hand(): void {
    const now = performance.now();
    let soonest = Infinity;
    let apart = false;
    const may = (store: string, { since }: Waiting): boolean => {
      apart = this.costs.isDear(store, now);
      const free = apart ? this.takenApart < turnsApart : this.isFreeFor(store);
      if (!free) return false;
      const gap = apart && this.taken > 0 ? since + gapWaitMs - now : 0;
      const wait = Math.max(0, gap, this.costs.rest(store, now));
      if (wait > 0) soonest = Math.min(soonest, wait);
      return wait === 0;
    };
    for (let next = this.queue.next(may); next; next = this.queue.next(may)) next.go(apart);
    if (soonest < Infinity) this.handLater(soonest);
  }

  private isFreeFor(store: string): boolean {
    return this.taken < this.most && (this.running.get(store) ?? 0) < this.most / 2;
  }

  private handLater(ms: number): void {
    if (this.timer) return;
    this.timer = setTimeout(() => {
      this.timer = null;
      this.hand();
    }, ms);
  }
}
