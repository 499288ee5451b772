import { Inject, Injectable } from '@nestjs/common';
import { type Clock } from '@libs/kernel';
import { CLOCK } from '@libs/platform';
import { Db } from '@platform/database';
import { OnSchedule, type ScheduleHandler } from '@platform/outbox';
import { Metrics } from '@platform/telemetry';
import { AdvanceHostname } from '../advance-hostname.job';

interface DueRow {
  store_id: string;
  id: string;
  version: number;
}

const EVERY_MS = 15_000;
const BATCH = 200;
/** A woken row sleeps this long unless its job says otherwise: longer than a run, short enough after a crash. */
const LEASE_MS = 120_000;

/**
 * Wakes the hostnames whose time has come: next checks, waits for the authority, renewals, and whatever a lost job left
 * behind. Skips rows that another worker is waking, so it may run anywhere and at once.
 */
@Injectable()
@OnSchedule('domains.sweep-hostnames', { everyMs: EVERY_MS })
export class SweepHostnames implements ScheduleHandler {
  private readonly expiry: ReturnType<Metrics['gauge']>;

  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(Metrics) metrics: Metrics,
  ) {
    this.expiry = metrics.gauge({
      name: 'certificate_seconds_to_expiry_min',
      help: 'Seconds until the first of the served certificates expires.',
    });
  }

  async tick(): Promise<void> {
    const now = this.clock.now();
    await this.db.acrossStores('wake hostnames that are due', async (tx) => {
      const due = await tx.query<DueRow>(
        `WITH due AS (
           SELECT store_id, id FROM hostnames WHERE next_at <= $1
           ORDER BY next_at LIMIT ${BATCH} FOR UPDATE SKIP LOCKED
         )
         UPDATE hostnames h SET next_at = $2 FROM due
         WHERE h.store_id = due.store_id AND h.id = due.id
         RETURNING h.store_id, h.id, h.version`,
        [now, new Date(now.getTime() + LEASE_MS)],
      );
      for (const { store_id: storeId, id, version } of due) {
        const dedupeKey = `${id}-v${version}`;
        tx.enqueue(AdvanceHostname, { hostnameId: id }, { storeId, dedupeKey });
      }
      await tx.execute('DELETE FROM acme_challenges WHERE expires_at <= $1', [now]);
      const [first] = await tx.query<{ at: Date | null }>(
        'SELECT min(not_after) AS at FROM certificates WHERE superseded_at IS NULL',
      );
      if (first?.at) this.expiry.set((first.at.getTime() - now.getTime()) / 1000);
    });
  }
}
