import { Inject, Injectable } from '@nestjs/common';
import { type Clock } from '@libs/kernel';
import { CLOCK } from '@libs/platform';
import { Db } from '@platform/database';
import { OnSchedule, type ScheduleHandler } from '@platform/outbox';
import { Log } from '@platform/telemetry';
import { COMPILER } from '@libs/template-engine';
import { storesWithOldBuilds } from '../builds/build.queries';
import { storesToPrune } from '../theme.queries';
import { Themes } from '../themes.service';

/** Takes away old theme versions, old builds and abandoned uploads, every hour, store by store. */
@Injectable()
@OnSchedule('themes.prune-versions', { everyMs: 3_600_000 })
export class PruneVersions implements ScheduleHandler {
  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(Db) private readonly db: Db,
    @Inject(Log) private readonly log: Log,
    @Inject(Themes) private readonly themes: Themes,
  ) {}

  async tick(signal: AbortSignal): Promise<void> {
    const now = this.clock.now();
    const stores = await this.db.acrossStores('find theme versions nobody needs', (tx) =>
      tx.query<{ id: string }>(`${storesToPrune} UNION ${storesWithOldBuilds}`, [now, COMPILER]),
    );
    for (const { id } of stores) {
      if (signal.aborted) return;
      try {
        await this.db.write(id, (store) => this.themes.prune(store));
      } catch (error) {
        // One store's fault must not keep the others waiting.
        this.log.error({ err: error, storeId: id }, 'theme versions could not be pruned');
      }
    }
  }
}
