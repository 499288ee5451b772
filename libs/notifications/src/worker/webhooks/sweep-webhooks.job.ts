import { Inject, Injectable } from '@nestjs/common';
import { Db } from '@platform/database';
import { OnSchedule, type ScheduleHandler } from '@platform/outbox';
import { DeliverWebhooks } from '../../webhooks/deliver-webhooks.job';

const keptDays = 30;
const batch = 5_000;

/**
 * Once in a while forgets what is older than the log is kept, and asks again for what has been due for a time and
 * nobody sent: a job that became a dead letter must not hold up a receiver.
 */
@Injectable()
@OnSchedule('notifications.sweep-webhooks', { everyMs: 300_000 })
export class SweepWebhooks implements ScheduleHandler {
  constructor(@Inject(Db) private readonly db: Db) {}

  async tick(): Promise<void> {
    await this.db.acrossStores('look after webhooks', async (tx) => {
      await tx.execute(
        `DELETE FROM webhook_events e USING (SELECT store_id, event_id FROM webhook_events
           WHERE triggered_at < now() - interval '${keptDays} days' LIMIT ${batch}) old
         WHERE e.store_id = old.store_id AND e.event_id = old.event_id`,
      );
      const due = await tx.query<{ storeId: string; subscriptionId: string }>(
        `SELECT DISTINCT d.store_id AS "storeId", d.subscription_id AS "subscriptionId"
         FROM webhook_deliveries d JOIN webhook_subscriptions s
           ON s.store_id = d.store_id AND s.subscription_id = d.subscription_id AND s.state = 'active'
         WHERE d.state = 'pending' AND coalesce(s.resting_until, now()) <= now()
           AND greatest(d.next_attempt_at, d.lease_until) < now() - interval '2 minutes' LIMIT ${batch}`,
      );
      for (const { storeId, subscriptionId } of due)
        tx.enqueue(DeliverWebhooks, { subscriptionId }, { storeId, dedupeKey: subscriptionId });
    });
  }
}
