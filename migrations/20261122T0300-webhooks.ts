import { storeTable } from '@platform/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const tables = `
  CREATE TABLE webhook_subscriptions (
    store_id uuid NOT NULL REFERENCES stores,
    subscription_id uuid NOT NULL,
    address text NOT NULL,
    topics text[] NOT NULL CHECK (cardinality(topics) > 0),
    state text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'paused')),
    pause_reason text CHECK (pause_reason IN ('staff', 'failing', 'gone')),
    paused_at timestamptz,
    sealed_secret text NOT NULL,
    sealed_previous_secret text,
    previous_until timestamptz,
    next_sequence bigint NOT NULL DEFAULT 1,
    failures int NOT NULL DEFAULT 0,
    failing_since timestamptz,
    resting_until timestamptz,
    last_success_at timestamptz,
    version int NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (store_id, subscription_id),
    CHECK ((state = 'paused') = (pause_reason IS NOT NULL AND paused_at IS NOT NULL)),
    CHECK ((sealed_previous_secret IS NULL) = (previous_until IS NULL))
  );
  COMMENT ON COLUMN webhook_subscriptions.failures IS 'Attempts in a row that failed, whatever they carried.';
  COMMENT ON COLUMN webhook_subscriptions.resting_until IS
    'A receiver that keeps failing is asked with one delivery at a time, not before this moment.';

  CREATE TABLE webhook_events (
    store_id uuid NOT NULL,
    event_id uuid NOT NULL,
    topic text NOT NULL,
    resource_id text NOT NULL,
    -- the very bytes that are signed and sent
    payload text NOT NULL,
    test boolean NOT NULL DEFAULT false,
    triggered_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (store_id, event_id)
  );
  CREATE INDEX webhook_events_by_age ON webhook_events (store_id, triggered_at);

  CREATE TABLE webhook_deliveries (
    store_id uuid NOT NULL,
    delivery_id uuid NOT NULL,
    subscription_id uuid NOT NULL,
    event_id uuid NOT NULL,
    sequence bigint NOT NULL,
    state text NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'delivered', 'failed')),
    attempts int NOT NULL DEFAULT 0,
    replays int NOT NULL DEFAULT 0,
    trying_since timestamptz,
    next_attempt_at timestamptz NOT NULL DEFAULT now(),
    lease_until timestamptz,
    delivered_at timestamptz,
    last_status int,
    last_error text,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (store_id, delivery_id),
    UNIQUE (store_id, subscription_id, event_id),
    UNIQUE (store_id, subscription_id, sequence),
    FOREIGN KEY (store_id, subscription_id) REFERENCES webhook_subscriptions ON DELETE CASCADE,
    FOREIGN KEY (store_id, event_id) REFERENCES webhook_events ON DELETE CASCADE
  );
  CREATE INDEX webhook_deliveries_by_event ON webhook_deliveries (store_id, event_id);
  CREATE INDEX webhook_deliveries_pending ON webhook_deliveries (store_id, subscription_id, sequence)
    WHERE state = 'pending';

  CREATE TABLE webhook_attempts (
    store_id uuid NOT NULL,
    delivery_id uuid NOT NULL,
    attempt int NOT NULL,
    at timestamptz NOT NULL,
    duration_ms int NOT NULL,
    request_headers jsonb NOT NULL,
    status int,
    response_excerpt text,
    error text,
    PRIMARY KEY (store_id, delivery_id, attempt),
    FOREIGN KEY (store_id, delivery_id) REFERENCES webhook_deliveries ON DELETE CASCADE
  );
`;

/** What stores tell other systems: who listens, what happened, and how each telling went. */
export class Webhooks1795316400000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(tables);
    for (const table of [
      'webhook_subscriptions',
      'webhook_events',
      'webhook_deliveries',
      'webhook_attempts',
    ]) {
      await q.query(storeTable(table));
    }
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(
      'DROP TABLE webhook_attempts, webhook_deliveries, webhook_events, webhook_subscriptions',
    );
  }
}
