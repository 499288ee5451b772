import type { Db } from '@platform/database';
import type { TimetableEntry } from './handler-registry';

/** What is told of every tick, for logs and metrics. */
export interface TickReport {
  name: string;
  seconds: number;
  error?: unknown;
}

/**
 * Calls the timetable's entries when they are due. However many workers look at the clock, one takes a given tick. A
 * tick whose worker dies is not repeated; the next one comes at its time. A tick that takes longer than its interval
 * is not begun a second time by the same worker.
 */
export class Timetable {
  private readonly running = new Map<string, Promise<void>>();
  private readonly controller = new AbortController();

  constructor(
    private readonly db: Db,
    private readonly entries: readonly TimetableEntry[],
    private readonly report: (report: TickReport) => void,
  ) {}

  /** Begins what is due; returns how many entries that were. */
  async round(): Promise<number> {
    const idle = this.entries.filter(({ name }) => !this.running.has(name));
    if (idle.length === 0 || this.controller.signal.aborted) return 0;
    const due = await this.claim(idle);
    for (const entry of idle.filter(({ name }) => due.has(name))) {
      const run = this.tick(entry).finally(() => this.running.delete(entry.name));
      this.running.set(entry.name, run);
    }
    return due.size;
  }

  /** Tells running ticks to end, and waits for them so long. */
  async stop(graceMs: number): Promise<void> {
    this.controller.abort(new Error('The worker stops.'));
    let timer: NodeJS.Timeout | undefined;
    const timeout = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, graceMs);
    });
    await Promise.race([Promise.all(this.running.values()), timeout]);
    clearTimeout(timer);
  }

  /**
   * A new entry is due at once; one whose interval was made shorter does not wait out the old one. The minute is for
   * workers that ask at the same moment: one whose transaction began earlier would else take the tick once more.
   */
  private async claim(entries: TimetableEntry[]): Promise<Set<string>> {
    const rows = await this.db.acrossStores('take due ticks of the timetable', (tx) =>
      tx.query<{ name: string }>(
        `INSERT INTO schedule_ticks AS ticks (name, next_at)
         SELECT name, now() + every * interval '1 millisecond'
         FROM unnest($1::text[], $2::float8[]) AS entry (name, every) ORDER BY name
         ON CONFLICT (name) DO UPDATE SET next_at = excluded.next_at
         WHERE ticks.next_at <= now() OR ticks.next_at > excluded.next_at + interval '1 minute'
         RETURNING name`,
        [entries.map(({ name }) => name), entries.map(({ everyMs }) => everyMs)],
      ),
    );
    return new Set(rows.map(({ name }) => name));
  }

  private async tick({ name, tick }: TimetableEntry): Promise<void> {
    const startedAt = performance.now();
    const seconds = (): number => (performance.now() - startedAt) / 1000;
    try {
      await tick(this.controller.signal);
      this.report({ name, seconds: seconds() });
    } catch (error) {
      this.report({ name, seconds: seconds(), error });
    }
  }
}
