import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { newId } from '@libs/kernel';
import { Db, type StoreReader, type StoreWriter } from '@platform/database';
import type { JobContext } from '@platform/outbox';
import type { WebhookTopicName } from '../contract';
import { DeliverWebhooks } from './deliver-webhooks.job';

/** One thing that happened, as receivers are told. */
export interface WebhookFact {
  topic: WebhookTopicName | 'ping';
  /** The object's id; with the topic it tells the facts of one event apart. */
  resourceId: string;
  /** Becomes JSON once, when it is written down. */
  payload: unknown;
  test?: boolean;
}

interface Listener {
  id: string;
  topics: string[];
  sequence: number;
}

/**
 * Writes down what receivers are to be told, before anybody is told: one row for the event and one for each delivery,
 * in one transaction. A second run for the same event of the outbox writes nothing.
 */
@Injectable()
export class WebhookRecorder {
  constructor(@Inject(Db) private readonly db: Db) {}

  /**
   * Reacts to an event of the outbox.
   * @param topics what the event can be about; without a listener of one of them nothing is read
   * @param read the facts, of the store as it is now
   */
  async react(
    { storeId, jobId }: JobContext,
    topics: readonly WebhookTopicName[],
    read: (store: StoreWriter) => Promise<WebhookFact[]>,
  ): Promise<void> {
    if (storeId === null) return;
    await this.db.write(storeId, async (store) => {
      if (!(await this.isHeard(store, topics))) return;
      const facts = (await read(store)).map((fact) => ({ ...fact, eventId: idOf(jobId, fact) }));
      await this.write(store, facts, await lockListeners(store, topics));
    });
  }

  /** Whether anybody listens to one of these topics. */
  async isHeard(store: StoreReader, topics: readonly WebhookTopicName[]): Promise<boolean> {
    const found = await store.query(
      'SELECT FROM webhook_subscriptions WHERE store_id = $1 AND topics && $2 LIMIT 1',
      [store.storeId, topics],
    );
    return found.length > 0;
  }

  /** Tells one receiver something that nobody else hears; answers the delivery's id. */
  async tell(store: StoreWriter, subscriptionId: string, fact: WebhookFact): Promise<string> {
    const [listener] = await store.query<Listener>(
      `SELECT subscription_id AS id, ARRAY[$3::text] AS topics, next_sequence::float8 AS sequence
       FROM webhook_subscriptions WHERE store_id = $1 AND subscription_id = $2 FOR UPDATE`,
      [store.storeId, subscriptionId, fact.topic],
    );
    const made = await this.write(
      store,
      [{ ...fact, eventId: newId() }],
      listener ? [listener] : [],
    );
    return made[0] ?? '';
  }

  private async write(
    store: StoreWriter,
    facts: readonly (WebhookFact & { eventId: string })[],
    listeners: readonly Listener[],
  ): Promise<string[]> {
    const fresh = await insertEvents(store, facts);
    const deliveries = listeners.flatMap((listener) =>
      facts
        .filter(({ eventId, topic }) => fresh.has(eventId) && listener.topics.includes(topic))
        .map(({ eventId }, index) => ({
          delivery_id: newId(),
          subscription_id: listener.id,
          event_id: eventId,
          sequence: listener.sequence + index,
        })),
    );
    if (deliveries.length === 0) return [];
    await store.execute(
      `WITH made AS (
         INSERT INTO webhook_deliveries (store_id, delivery_id, subscription_id, event_id, sequence)
         SELECT $1, delivery_id, subscription_id, event_id, sequence FROM jsonb_to_recordset($2)
           AS d (delivery_id uuid, subscription_id uuid, event_id uuid, sequence bigint)
         RETURNING subscription_id, sequence)
       UPDATE webhook_subscriptions s SET next_sequence = m.last + 1
       FROM (SELECT subscription_id, max(sequence) AS last FROM made GROUP BY 1) m
       WHERE s.store_id = $1 AND s.subscription_id = m.subscription_id`,
      [store.storeId, JSON.stringify(deliveries)],
    );
    for (const id of new Set(deliveries.map((row) => row.subscription_id)))
      store.enqueue(DeliverWebhooks, { subscriptionId: id }, { dedupeKey: id });
    return deliveries.map((row) => row.delivery_id);
  }
}

/** The store's listeners, locked in one order: whoever holds the row gives out its next numbers. */
function lockListeners(store: StoreWriter, topics: readonly string[]): Promise<Listener[]> {
  return store.query<Listener>(
    `SELECT subscription_id AS id, topics, next_sequence::float8 AS sequence FROM webhook_subscriptions
     WHERE store_id = $1 AND topics && $2 ORDER BY subscription_id FOR UPDATE`,
    [store.storeId, topics],
  );
}

/** @returns the ids of the events that were not there before */
async function insertEvents(
  store: StoreWriter,
  facts: readonly (WebhookFact & { eventId: string })[],
): Promise<Set<string>> {
  const rows = facts.map(({ eventId, topic, resourceId, payload, test = false }) => ({
    event_id: eventId,
    topic,
    resource_id: resourceId,
    payload: JSON.stringify(payload),
    test,
  }));
  const made = await store.query<{ id: string }>(
    `INSERT INTO webhook_events (store_id, event_id, topic, resource_id, payload, test)
     SELECT $1, event_id, topic, resource_id, payload, test FROM jsonb_to_recordset($2)
       AS e (event_id uuid, topic text, resource_id text, payload text, test boolean)
     ON CONFLICT DO NOTHING RETURNING event_id AS id`,
    [store.storeId, JSON.stringify(rows)],
  );
  return new Set(made.map(({ id }) => id));
}

/** The same event of the outbox gives the same id, however often its reaction runs: a UUID of version 8 (RFC 9562). */
function idOf(jobId: string, { topic, resourceId }: WebhookFact): string {
  const bytes = createHash('sha256').update(`${jobId}\n${topic}\n${resourceId}`).digest();
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20, 32),
  ].join('-');
}
