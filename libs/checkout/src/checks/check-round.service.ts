import { Inject, Injectable } from '@nestjs/common';
import { Db } from '@platform/database';
import { Log } from '@platform/telemetry';
import { StoreChecks } from './store-checks.service';
import { clearFaults, lookSince, noteFaults, noteLook } from './store-faults.queries';
import type { StoreFault } from './store-fault';

/** One look at a store by the clock: what two looks find is told to the operator and kept for the merchant. */
@Injectable()
export class CheckRound {
  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(StoreChecks) private readonly checks: StoreChecks,
    @Inject(Log) private readonly log: Log,
  ) {}

  /** @returns the faults that this look has confirmed */
  async run(storeId: string): Promise<StoreFault[]> {
    const { startedAt, since } = await this.db.read(storeId, lookSince);
    const found = await this.checks.look(storeId, since);
    const confirmed = await this.db.write(storeId, async (store) => {
      const news = await noteFaults(store, found);
      await clearFaults(store, found);
      await noteLook(store, { startedAt, whole: since === null });
      return news;
    });
    for (const fault of confirmed) {
      this.log.error({ storeId, fault }, 'Numbers of a store do not agree with what happened.');
    }
    return confirmed;
  }
}
