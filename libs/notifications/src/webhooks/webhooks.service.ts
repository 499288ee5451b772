import { Inject, Injectable } from '@nestjs/common';
import { newId } from '@libs/kernel';
import { CONFIG, type Config } from '@platform/config';
import type { StoreReader, StoreWriter } from '@platform/database';
import { checkVersion } from '@platform/http';
import { SigningSecrets } from '@platform/secrets';
import type { WebhookPatch, WebhookTopicName, WebhookView } from '../contract';
import { notificationsErrors } from '../notifications.errors';
import { DeliverWebhooks } from './deliver-webhooks.job';
import { checkWebhookAddress } from './webhook-address';
import { signedWebhooks } from './signed-webhooks';

const most = 50;

const columns = `s.subscription_id AS id, s.address, s.topics, s.state, s.pause_reason AS "pauseReason",
  s.paused_at AS "pausedAt", CASE WHEN s.previous_until > now() THEN s.previous_until END AS "previousSecretUntil",
  s.failures, s.failing_since AS "failingSince", s.last_success_at AS "lastSuccessAt",
  (SELECT count(*)::int FROM webhook_deliveries d WHERE d.store_id = s.store_id
     AND d.subscription_id = s.subscription_id AND d.state = 'pending') AS pending,
  s.created_at AS "createdAt", s.updated_at AS "updatedAt", s.version`;

/** What an editor saw, for optimistic locking. */
interface Seen {
  ifMatch?: string;
  version?: number;
}

/** Who listens to a store. */
@Injectable()
export class Webhooks {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(SigningSecrets) private readonly secrets: SigningSecrets,
  ) {}

  /** All webhooks of the store, oldest first; there are few. */
  list(store: StoreReader): Promise<WebhookView[]> {
    return store.query<WebhookView>(
      `SELECT ${columns} FROM webhook_subscriptions s WHERE s.store_id = $1 ORDER BY s.subscription_id`,
      [store.storeId],
    );
  }

  /** @throws notifications.webhook-not-found */
  async get(store: StoreReader, id: string): Promise<WebhookView> {
    const [found] = await store.query<WebhookView>(
      `SELECT ${columns} FROM webhook_subscriptions s WHERE s.store_id = $1 AND s.subscription_id = $2`,
      [store.storeId, id],
    );
    if (!found) throw notificationsErrors.error('webhook-not-found');
    return found;
  }

  /**
   * Adds a webhook. Its secret is in this answer and in no other.
   * @throws notifications.webhook-address, notifications.too-many-webhooks
   */
  async create(
    store: StoreWriter,
    input: { address: string; topics: WebhookTopicName[] },
  ): Promise<WebhookView & { secret: string }> {
    const address = checkWebhookAddress(input.address, this.config.fetch.allowPrivate);
    const known = await this.list(store);
    if (known.length >= most) throw notificationsErrors.error('too-many-webhooks', { limit: most });
    const id = newId();
    const { secret, sealed } = this.secrets.make(signedWebhooks, {
      storeId: store.storeId,
      rowId: id,
    });
    await store.execute(
      `INSERT INTO webhook_subscriptions (store_id, subscription_id, address, topics, sealed_secret)
       VALUES ($1, $2, $3, $4, $5)`,
      [store.storeId, id, address, input.topics, sealed],
    );
    store.record({
      action: 'webhook.created',
      target: { kind: 'webhook', id },
      after: { address, topics: input.topics },
    });
    return { ...(await this.get(store, id)), secret };
  }

  /**
   * Changes a webhook. What waited while it was paused is sent once it is active again, in its order.
   * @throws notifications.webhook-not-found, notifications.webhook-address, http.version-conflict
   */
  async update(
    store: StoreWriter,
    id: string,
    { version, ...patch }: WebhookPatch,
    ifMatch?: string,
  ): Promise<WebhookView> {
    const before = await this.lock(store, id, { ifMatch, version });
    const { allowPrivate } = this.config.fetch;
    const address =
      patch.address === undefined
        ? before.address
        : checkWebhookAddress(patch.address, allowPrivate);
    const next = { address, topics: patch.topics ?? before.topics };
    await store.execute(
      `UPDATE webhook_subscriptions SET address = $3, topics = $4, version = version + 1, updated_at = now()
       WHERE store_id = $1 AND subscription_id = $2`,
      [store.storeId, id, next.address, next.topics],
    );
    if (patch.state === 'paused' && before.state === 'active') await this.pause(store, id);
    // A new address is worth a new try at once.
    if (patch.state === 'active' || address !== before.address) await this.resume(store, id, patch);
    const after = await this.get(store, id);
    store.record({
      action: 'webhook.updated',
      target: { kind: 'webhook', id },
      before: { address: before.address, topics: before.topics, state: before.state },
      after: { ...next, state: after.state },
    });
    return after;
  }

  /** Takes a webhook away with all that waits for it. @throws notifications.webhook-not-found */
  async delete(store: StoreWriter, id: string, seen: Seen): Promise<void> {
    const { address } = await this.lock(store, id, seen);
    await store.execute(
      'DELETE FROM webhook_subscriptions WHERE store_id = $1 AND subscription_id = $2',
      [store.storeId, id],
    );
    const target = { kind: 'webhook', id };
    store.record({ action: 'webhook.deleted', target, before: { address } });
  }

  /**
   * Gives a webhook a new secret, shown in this answer only; the one before it signs as well for a while.
   * @throws notifications.webhook-not-found
   */
  async rotateSecret(
    store: StoreWriter,
    id: string,
    overlapHours: number,
  ): Promise<WebhookView & { secret: string }> {
    await this.lock(store, id, {});
    const secret = await this.secrets.rotate(store, signedWebhooks, { rowId: id, overlapHours });
    store.record({ action: 'webhook.secret-rotated', target: { kind: 'webhook', id } });
    return { ...(await this.get(store, id)), secret };
  }

  private async pause(store: StoreWriter, id: string): Promise<void> {
    await store.execute(
      `UPDATE webhook_subscriptions SET state = 'paused', pause_reason = 'staff', paused_at = now()
       WHERE store_id = $1 AND subscription_id = $2`,
      [store.storeId, id],
    );
  }

  private async resume(store: StoreWriter, id: string, { state }: WebhookPatch): Promise<void> {
    await store.execute(
      `UPDATE webhook_subscriptions SET failures = 0, failing_since = NULL, resting_until = NULL,
         state = CASE WHEN $3 THEN 'active' ELSE state END,
         pause_reason = CASE WHEN $3 THEN NULL ELSE pause_reason END,
         paused_at = CASE WHEN $3 THEN NULL ELSE paused_at END
       WHERE store_id = $1 AND subscription_id = $2`,
      [store.storeId, id, state === 'active'],
    );
    await store.execute(
      `UPDATE webhook_deliveries SET next_attempt_at = least(next_attempt_at, now()), trying_since = NULL
       WHERE store_id = $1 AND subscription_id = $2 AND state = 'pending'`,
      [store.storeId, id],
    );
    store.enqueue(DeliverWebhooks, { subscriptionId: id }, { dedupeKey: id });
  }

  private async lock(store: StoreWriter, id: string, seen: Seen): Promise<WebhookView> {
    const sql = `SELECT FROM webhook_subscriptions WHERE store_id = $1 AND subscription_id = $2 FOR UPDATE`;
    await store.query(sql, [store.storeId, id]);
    const found = await this.get(store, id);
    checkVersion(found.version, seen);
    return found;
  }
}
