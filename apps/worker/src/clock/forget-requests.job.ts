import { Inject, Injectable } from '@nestjs/common';
import { Db } from '@platform/database';
import { OnSchedule, type ScheduleHandler } from '@platform/outbox';

const everyMs = 600_000;
const batch = 10_000;

/** Answers to `Idempotency-Key` are kept 72 hours; buckets that count tries name addresses, and are full after a day. */
const old = [
  ['idempotency_keys', `created_at < now() - interval '72 hours'`],
  ['rate_limits', `updated_at < now() - interval '1 day'`],
] as const;

/** Forgets what is kept of requests, once in a while and in batches. */
@Injectable()
@OnSchedule('platform.forget-requests', { everyMs })
export class ForgetRequests implements ScheduleHandler {
  constructor(@Inject(Db) private readonly db: Db) {}

  async tick(): Promise<void> {
    for (const [table, isOld] of old) {
      const sql = `DELETE FROM ${table} WHERE ctid = ANY (ARRAY(
        SELECT ctid FROM ${table} WHERE ${isOld} LIMIT ${batch}))`;
      while ((await this.db.outsideStores((tx) => tx.execute(sql))) === batch);
    }
  }
}
