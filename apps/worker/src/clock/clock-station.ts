import { PollingLoop, type Timetable } from '@platform/queue';

/** How often the timetable is looked at: no entry may be due more often. */
const lookMs = 1_000;
/** How long a stopping worker waits for ticks that were told to end. */
const graceMs = 5_000;

/** Looks at the timetable; each tick gives every store that it visits a try of its own. */
export class ClockStation {
  private readonly loop: PollingLoop;

  constructor(
    private readonly timetable: Pick<Timetable, 'round' | 'stop'>,
    onError: (error: unknown) => void,
  ) {
    const pace = { busyMs: lookMs, idleMs: lookMs };
    this.loop = new PollingLoop(async () => (await timetable.round()) > 0, pace, onError);
  }

  start(): void {
    this.loop.start();
  }

  async stop(): Promise<void> {
    await this.loop.stop();
    await this.timetable.stop(graceMs);
  }
}
