import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '@platform/config';
import { Db } from '@platform/database';
import {
  HandlesJob,
  type JobContext,
  type JobHandler,
  OnSchedule,
  type ScheduleHandler,
} from '@platform/outbox';
import { Log } from '@platform/telemetry';
import { applyRates, keepRates } from '../pricing/rates/apply-rates';
import { applyFetchedRates } from '../pricing/rates/apply-rates.job';
import { ecbRates } from '../pricing/rates/ecb-rates';

const everyMs = 6 * 60 * 60 * 1_000;

/**
 * Fetches the reference rates, and asks every store that follows them to look. A source that cannot be reached changes
 * nothing: stores look all the same, since what they have grows old.
 */
@Injectable()
@OnSchedule('catalog.fetch-rates', { everyMs })
export class FetchRates implements ScheduleHandler {
  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(Log) private readonly log: Log,
  ) {}

  async tick(): Promise<void> {
    const stores = await this.db.acrossStores('find stores that follow reference rates', (tx) =>
      tx.query<{ storeId: string }>(
        `SELECT DISTINCT store_id AS "storeId" FROM markets WHERE enabled AND rate_source = 'ecb'`,
      ),
    );
    const provider = ecbRates(this.config.rates.ecbUrl, this.config.fetch.allowPrivate);
    const fetched = await provider.fetch().catch((error: unknown) => {
      this.log.error({ err: error, source: provider.source }, 'reference rates were not fetched');
      return null;
    });
    await this.db.acrossStores('keep reference rates', async (tx) => {
      if (fetched) await keepRates(tx, provider.source, fetched);
      for (const { storeId } of stores)
        tx.enqueue(applyFetchedRates, {}, { storeId, dedupeKey: 'rates' });
    });
  }
}

/** Applies the fetched rates to one store. */
@Injectable()
@HandlesJob(applyFetchedRates)
export class ApplyFetchedRates implements JobHandler<typeof applyFetchedRates> {
  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(Log) private readonly log: Log,
  ) {}

  async run(_payload: object, { storeId }: JobContext): Promise<void> {
    if (storeId === null) throw new Error('markets always belong to a store');
    const { alarmed } = await this.db.write(storeId, (store) => applyRates(store));
    if (alarmed.length > 0)
      this.log.warn({ storeId, markets: alarmed }, 'fetched exchange rates were not applied');
  }
}
