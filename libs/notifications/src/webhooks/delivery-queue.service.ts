import { Inject, Injectable } from '@nestjs/common';
import { Db, type StoreWriter } from '@platform/database';
import type { SealedSecrets } from '@platform/secrets';
import { WebhookPaused } from '../notifications.events';
import { DeliverWebhooks } from './deliver-webhooks.job';
import {
  giveUpAfterMs,
  mostAtOnce,
  restAfterFailures,
  restMs,
  retryDelayMs,
} from './retry-schedule';

/** A delivery that somebody sends now. */
export interface ClaimedDelivery extends SealedSecrets {
  subscriptionId: string;
  deliveryId: string;
  address: string;
  eventId: string;
  topic: string;
  test: boolean;
  payload: string;
  triggeredAt: Date;
  sequence: number;
  /** 1 for the first. */
  attempt: number;
}

/** How an attempt went. */
export interface AttemptResult {
  at: Date;
  durationMs: number;
  requestHeaders: Record<string, string>;
  status: number | null;
  responseExcerpt: string | null;
  error: string | null;
}

interface Standing {
  failures: number;
  resting: boolean;
  state: string;
}

/** Longer than any attempt takes: whoever holds a delivery and is killed is followed by another after so long. */
const leaseSeconds = 60;

/**
 * Which deliveries of a receiver are sent when. Every step is a transaction under the lock of the subscription's row,
 * so that any number of processes together send no more than they may, and a kill between two steps loses nothing.
 */
@Injectable()
export class DeliveryQueue {
  constructor(@Inject(Db) private readonly db: Db) {}

  /**
   * Takes what is due, in the order of the numbers. While a receiver keeps failing one delivery is taken, that which
   * was tried least: one that a receiver refuses for its own sake must not stand before all others.
   */
  claim(storeId: string, subscriptionId: string): Promise<ClaimedDelivery[]> {
    return this.db.write(storeId, async (store) => {
      const standing = await lockStanding(store, subscriptionId);
      if (!standing || standing.state !== 'active' || standing.resting) return [];
      const probing = standing.failures >= restAfterFailures;
      const due = probing ? 'true' : 'd.next_attempt_at <= now()';
      const order = probing ? 'd.attempts, d.sequence' : 'd.sequence';
      return store.query<ClaimedDelivery>(
        `WITH under_way AS (
           SELECT count(*)::int AS n FROM webhook_deliveries d WHERE d.store_id = $1
             AND d.subscription_id = $2 AND d.state = 'pending' AND d.lease_until > now()
         ), due AS (
           SELECT d.delivery_id FROM webhook_deliveries d
           WHERE d.store_id = $1 AND d.subscription_id = $2 AND d.state = 'pending' AND ${due}
             AND (d.lease_until IS NULL OR d.lease_until <= now())
           ORDER BY ${order} LIMIT greatest(0, $3 - (SELECT n FROM under_way))
         ), taken AS (
           UPDATE webhook_deliveries d SET attempts = attempts + 1, trying_since = coalesce(trying_since, now()),
             lease_until = now() + interval '${leaseSeconds} seconds'
           FROM due WHERE d.store_id = $1 AND d.delivery_id = due.delivery_id RETURNING d.*
         )
         SELECT t.delivery_id AS "deliveryId", t.event_id AS "eventId", t.sequence::float8 AS sequence,
           t.attempts AS attempt, e.topic, e.test, e.payload, e.triggered_at AS "triggeredAt",
           s.address, s.subscription_id AS "subscriptionId", s.sealed_secret AS "sealedSecret",
           s.sealed_previous_secret AS "sealedPreviousSecret", s.previous_until AS "previousUntil"
         FROM taken t
         JOIN webhook_events e ON e.store_id = t.store_id AND e.event_id = t.event_id
         JOIN webhook_subscriptions s ON s.store_id = t.store_id AND s.subscription_id = t.subscription_id
         ORDER BY t.sequence`,
        [storeId, subscriptionId, probing ? 1 : mostAtOnce],
      );
    });
  }

  /** Writes down how an attempt went, and what follows from it for the delivery and for its receiver. */
  async settle(storeId: string, delivery: ClaimedDelivery, result: AttemptResult): Promise<void> {
    const { subscriptionId, deliveryId, attempt } = delivery;
    await this.db.write(storeId, async (store) => {
      const standing = await lockStanding(store, subscriptionId);
      // The webhook was deleted meanwhile, and its deliveries with it.
      if (!standing) return;
      await logAttempt(store, delivery, result);
      const ok = result.status !== null && result.status >= 200 && result.status < 300;
      if (ok) return succeed(store, delivery, standing);
      const [after] = await store.query<{ failures: number; tooLong: boolean }>(
        `UPDATE webhook_subscriptions SET failures = failures + 1, failing_since = coalesce(failing_since, now()),
           resting_until = CASE WHEN failures + 1 >= $3 THEN now() + $4 * interval '1 millisecond' END
         WHERE store_id = $1 AND subscription_id = $2
         RETURNING failures, failing_since < now() - $5 * interval '1 millisecond' AS "tooLong"`,
        [
          storeId,
          subscriptionId,
          restAfterFailures,
          restMs(Math.max(standing.failures + 1, restAfterFailures)),
          giveUpAfterMs,
        ],
      );
      // RFC 9110, 15.5.11: the receiver says that the address is gone for good.
      const reason = result.status === 410 ? 'gone' : after?.tooLong ? 'failing' : null;
      if (reason !== null) await pause(store, subscriptionId, reason);
      await store.execute(
        `UPDATE webhook_deliveries SET lease_until = NULL, last_status = $3, last_error = $4,
           next_attempt_at = now() + $5 * interval '1 millisecond',
           state = CASE WHEN NOT $6 AND trying_since < now() - $7 * interval '1 millisecond'
             THEN 'failed' ELSE state END
         WHERE store_id = $1 AND delivery_id = $2 AND attempts = $8 AND state = 'pending'`,
        [
          storeId,
          deliveryId,
          result.status,
          result.error,
          retryDelayMs(attempt),
          reason !== null,
          giveUpAfterMs,
          attempt,
        ],
      );
    });
  }

  /** Asks for the next look at a receiver, at the moment at which something may be due. */
  async scheduleNext(storeId: string, subscriptionId: string): Promise<void> {
    await this.db.write(storeId, async (store) => {
      const [next] = await store.query<{ at: Date | null }>(
        `SELECT greatest(s.resting_until, CASE
             WHEN count(*) FILTER (WHERE d.lease_until > now()) >= CASE WHEN s.failures >= $3 THEN 1 ELSE $4 END
               THEN min(d.lease_until) FILTER (WHERE d.lease_until > now())
             WHEN s.failures >= $3 THEN now()
             ELSE min(greatest(d.next_attempt_at, coalesce(d.lease_until, '-infinity'))) END) AS at
         FROM webhook_subscriptions s JOIN webhook_deliveries d
           ON d.store_id = s.store_id AND d.subscription_id = s.subscription_id AND d.state = 'pending'
         WHERE s.store_id = $1 AND s.subscription_id = $2 AND s.state = 'active'
         GROUP BY s.store_id, s.subscription_id`,
        [storeId, subscriptionId, restAfterFailures, mostAtOnce],
      );
      if (!next?.at) return;
      const options = { dedupeKey: subscriptionId, runAt: next.at };
      store.enqueue(DeliverWebhooks, { subscriptionId }, options);
    });
  }
}

async function lockStanding(store: StoreWriter, id: string): Promise<Standing | null> {
  const [found] = await store.query<Standing>(
    `SELECT failures, coalesce(resting_until > now(), false) AS resting, state FROM webhook_subscriptions
     WHERE store_id = $1 AND subscription_id = $2 FOR UPDATE`,
    [store.storeId, id],
  );
  return found ?? null;
}

/** What arrived is done with, even if its lease was over and somebody else sends it once more. */
async function succeed(
  store: StoreWriter,
  { subscriptionId, deliveryId }: ClaimedDelivery,
  { failures }: Standing,
): Promise<void> {
  await store.execute(
    `UPDATE webhook_deliveries SET state = 'delivered', delivered_at = now(), lease_until = NULL, last_error = NULL,
       last_status = (SELECT status FROM webhook_attempts a WHERE a.store_id = $1 AND a.delivery_id = $2
         ORDER BY attempt DESC LIMIT 1)
     WHERE store_id = $1 AND delivery_id = $2`,
    [store.storeId, deliveryId],
  );
  await store.execute(
    `UPDATE webhook_subscriptions SET failures = 0, failing_since = NULL, resting_until = NULL,
       last_success_at = now() WHERE store_id = $1 AND subscription_id = $2`,
    [store.storeId, subscriptionId],
  );
  // The receiver is back: what waited for it need not wait out its own delay.
  if (failures >= restAfterFailures) {
    await store.execute(
      `UPDATE webhook_deliveries SET next_attempt_at = now()
       WHERE store_id = $1 AND subscription_id = $2 AND state = 'pending' AND next_attempt_at > now()`,
      [store.storeId, subscriptionId],
    );
  }
}

async function pause(
  store: StoreWriter,
  subscriptionId: string,
  reason: 'failing' | 'gone',
): Promise<void> {
  const paused = await store.execute(
    `UPDATE webhook_subscriptions SET state = 'paused', pause_reason = $3, paused_at = now(),
       version = version + 1, updated_at = now()
     WHERE store_id = $1 AND subscription_id = $2 AND state = 'active'`,
    [store.storeId, subscriptionId, reason],
  );
  if (paused > 0) store.publish(WebhookPaused, { subscriptionId, reason });
}

async function logAttempt(
  store: StoreWriter,
  { deliveryId, attempt }: ClaimedDelivery,
  result: AttemptResult,
): Promise<void> {
  await store.execute(
    `INSERT INTO webhook_attempts (store_id, delivery_id, attempt, at, duration_ms, request_headers, status,
       response_excerpt, error) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING`,
    [
      store.storeId,
      deliveryId,
      attempt,
      result.at,
      result.durationMs,
      JSON.stringify(result.requestHeaders),
      result.status,
      result.responseExcerpt,
      result.error,
    ],
  );
}
