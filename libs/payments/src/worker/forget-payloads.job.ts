import { Inject, Injectable } from '@nestjs/common';
import { Db } from '@platform/database';
import { OnSchedule, type ScheduleHandler } from '@platform/outbox';

const everyMs = 3_600_000;

/** The texts of webhooks name shoppers: they go after 30 days. That an event was had is remembered. */
@Injectable()
@OnSchedule('payments.forget-payloads', { everyMs })
export class ForgetPayloads implements ScheduleHandler {
  constructor(@Inject(Db) private readonly db: Db) {}

  async tick(): Promise<void> {
    await this.db.acrossStores('forget the texts of old webhooks', (tx) =>
      tx.execute(
        `UPDATE provider_events SET payload = NULL
         WHERE payload IS NOT NULL AND received_at < now() - interval '30 days'`,
      ),
    );
  }
}
