import { type OutboxRelay, PollingLoop } from '@platform/queue';

/** What one round carried. */
export type Relayed = Awaited<ReturnType<OutboxRelay['relay']>>;

/** What hears of each round. */
export interface RelayListeners {
  /** Something was carried: what has become stale must be told, new jobs wait. */
  onRelayed: (relayed: Relayed) => Promise<void>;
  onError: (error: unknown) => void;
}

/** First station: committed events become jobs and news of what is stale. At least once, in order per store. */
export class RelayStation {
  private readonly loop: PollingLoop;

  constructor(
    private readonly relay: Pick<OutboxRelay, 'relay'>,
    pace: { busyMs: number; idleMs: number },
    private readonly listeners: RelayListeners,
  ) {
    this.loop = new PollingLoop(() => this.round(), pace, listeners.onError);
  }

  start(): void {
    this.loop.start();
  }

  stop(): Promise<void> {
    return this.loop.stop();
  }

  private async round(): Promise<boolean> {
    const relayed = await this.relay.relay();
    if (relayed.events > 0) await this.listeners.onRelayed(relayed);
    return relayed.events > 0;
  }
}
