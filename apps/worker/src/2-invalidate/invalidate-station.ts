import type { Relayed } from '../1-relay-outbox/relay-station';

/** One store's news: its stamp, and what a purge would have to name. */
export type Staleness = Relayed['stale'][number];

/** Where news goes: to every process that keeps pages. */
export interface Announcer {
  publish(news: Staleness): Promise<void>;
}

const longestMs = 1_000;

/**
 * Second station: tells the caches which stores have changed. News may be lost: a cache asks for a store's stamp by
 * itself every few seconds, so a lost one costs seconds and never correctness. Hence nothing waits or is repeated here.
 */
export class InvalidateStation {
  constructor(
    private readonly announcer: Announcer,
    private readonly onError: (error: unknown) => void,
  ) {}

  /** Announces; never throws, and waits no longer than a second, so that a dead bus does not hold up the relay. */
  async announce(stale: Staleness[]): Promise<void> {
    if (stale.length === 0) return;
    let timer: NodeJS.Timeout | undefined;
    const timeout = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, longestMs);
    });
    await Promise.race([this.publishAll(stale), timeout]);
    clearTimeout(timer);
  }

  private async publishAll(stale: Staleness[]): Promise<void> {
    for (const result of await Promise.allSettled(
      stale.map((news) => this.announcer.publish(news)),
    )) {
      if (result.status === 'rejected') this.onError(result.reason);
    }
  }
}
