import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import type { StoreReader, StoreWriter } from '@platform/database';
import type { webhookDelivery, webhookDeliveryDetail, WebhookReplayInput } from '../contract';
import { notificationsErrors } from '../notifications.errors';
import { DeliverWebhooks } from './deliver-webhooks.job';

type Delivery = z.output<typeof webhookDelivery>;
type DeliveryDetail = z.output<typeof webhookDeliveryDetail>;

const columns = `d.delivery_id AS id, d.event_id AS "eventId", e.topic, e.resource_id AS "resourceId",
  d.sequence::float8 AS sequence, d.state, e.test, d.attempts, d.replays, d.last_status AS "lastStatus",
  d.last_error AS "lastError", e.triggered_at AS "triggeredAt",
  CASE WHEN d.state = 'pending' THEN d.next_attempt_at END AS "nextAttemptAt", d.delivered_at AS "deliveredAt"`;
const tables = `webhook_deliveries d
  JOIN webhook_events e ON e.store_id = d.store_id AND e.event_id = d.event_id`;

/** What was sent to a receiver, and sending it again. */
@Injectable()
export class WebhookLog {
  /** Deliveries, the newest first. @param before the sequence that ended the last page */
  list(
    store: StoreReader,
    webhookId: string,
    { state, topic, limit, before }: ListWish,
  ): Promise<Delivery[]> {
    return store.query<Delivery>(
      `SELECT ${columns} FROM ${tables} WHERE d.store_id = $1 AND d.subscription_id = $2
         AND ($3::text IS NULL OR d.state = $3) AND ($4::text IS NULL OR e.topic = $4)
         AND ($5::bigint IS NULL OR d.sequence < $5)
       ORDER BY d.sequence DESC LIMIT $6`,
      [store.storeId, webhookId, state ?? null, topic ?? null, before, limit],
    );
  }

  /** A delivery with every attempt. @throws notifications.delivery-not-found */
  async get(store: StoreReader, webhookId: string, deliveryId: string): Promise<DeliveryDetail> {
    const [found] = await store.query<DeliveryDetail>(
      `SELECT ${columns}, e.payload FROM ${tables}
       WHERE d.store_id = $1 AND d.subscription_id = $2 AND d.delivery_id = $3`,
      [store.storeId, webhookId, deliveryId],
    );
    if (!found) throw notificationsErrors.error('delivery-not-found');
    const log = await store.query<DeliveryDetail['log'][number]>(
      `SELECT attempt, at, duration_ms AS "durationMs", request_headers AS "requestHeaders", status,
         response_excerpt AS "responseExcerpt", error
       FROM webhook_attempts WHERE store_id = $1 AND delivery_id = $2 ORDER BY attempt`,
      [store.storeId, deliveryId],
    );
    return { ...found, log };
  }

  /**
   * Sends deliveries again that are done with, with their event ids and numbers as they were. Those that wait are on
   * their way already.
   * @returns how many
   */
  async replay(
    store: StoreWriter,
    webhookId: string,
    wish: WebhookReplayInput & { deliveryId?: string },
  ): Promise<number> {
    const replayed = await store.execute(
      `UPDATE webhook_deliveries d SET state = 'pending', replays = replays + 1, trying_since = NULL,
         next_attempt_at = now(), lease_until = NULL, delivered_at = NULL
       FROM webhook_events e
       WHERE d.store_id = $1 AND d.subscription_id = $2 AND d.state <> 'pending'
         AND e.store_id = d.store_id AND e.event_id = d.event_id
         AND ($3::uuid IS NULL OR d.delivery_id = $3) AND ($4::bigint IS NULL OR d.sequence >= $4)
         AND ($5::bigint IS NULL OR d.sequence <= $5) AND ($6::timestamptz IS NULL OR e.triggered_at >= $6)
         AND ($7::timestamptz IS NULL OR e.triggered_at <= $7) AND ($8::text IS NULL OR d.state = $8)`,
      [
        store.storeId,
        webhookId,
        wish.deliveryId ?? null,
        wish.fromSequence ?? null,
        wish.toSequence ?? null,
        wish.from ?? null,
        wish.to ?? null,
        wish.state ?? null,
      ],
    );
    if (replayed === 0) return 0;
    store.record({
      action: 'webhook.replayed',
      target: { kind: 'webhook', id: webhookId },
      after: { ...wish, replayed },
    });
    store.enqueue(DeliverWebhooks, { subscriptionId: webhookId }, { dedupeKey: webhookId });
    return replayed;
  }
}

interface ListWish {
  state?: string;
  topic?: string;
  limit: number;
  before: number | null;
}
