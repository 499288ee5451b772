/** How a loop rests between two rounds, in milliseconds. */
export interface LoopPace {
  busyMs: number;
  idleMs: number;
}

/**
 * Does something again and again: soon when there was something to do, later when there was not, at once when woken.
 * A round that throws is reported and the loop goes on.
 */
export class PollingLoop {
  private stopping = false;
  private woken = false;
  private endRest: (() => void) | null = null;
  private running: Promise<void> | null = null;

  /**
   * @param round one round of work; resolves to whether there was something to do
   * @param onError hears of a round that threw
   */
  constructor(
    private readonly round: () => Promise<boolean>,
    private readonly pace: LoopPace,
    private readonly onError: (error: unknown) => void,
  ) {}

  /** Begins; a second call changes nothing. */
  start(): void {
    this.running ??= this.run();
  }

  /** Ends the present rest; a round under way is followed by another. */
  wake(): void {
    this.woken = true;
    this.endRest?.();
  }

  /** Lets a round under way finish, and begins no other. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.endRest?.();
    await this.running;
  }

  private async run(): Promise<void> {
    while (!this.stopping) {
      this.woken = false;
      const busy = await this.oneRound();
      if (!this.stopping) await this.rest(busy ? this.pace.busyMs : this.pace.idleMs);
    }
  }

  private async oneRound(): Promise<boolean> {
    try {
      return await this.round();
    } catch (error) {
      this.onError(error);
      return false;
    }
  }

  private async rest(ms: number): Promise<void> {
    if (this.woken) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.endRest = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.endRest = null;
  }
}
