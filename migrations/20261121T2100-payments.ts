import { storeTable } from '@platform/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const accounts = `
  CREATE TABLE payment_accounts (
    store_id uuid NOT NULL REFERENCES stores,
    account_id uuid NOT NULL,
    provider text NOT NULL,
    -- What stands in the address of its webhooks: unguessable, never changed.
    account_key text NOT NULL,
    title text NOT NULL CHECK (title <> ''),
    description text NOT NULL DEFAULT '',
    test_mode boolean NOT NULL,
    enabled boolean NOT NULL DEFAULT false,
    position int NOT NULL DEFAULT 0,
    -- Who may pay with it, and how: {"countries", "minMinor", "maxMinor", "feeMinor", "capture", "instructions"}.
    settings jsonb NOT NULL DEFAULT '{}',
    -- What a browser may know, such as a publishable key.
    public_keys jsonb NOT NULL DEFAULT '{}',
    -- Each value sealed by itself for this row and field.
    sealed_keys jsonb NOT NULL DEFAULT '{}',
    version int NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (store_id, account_id),
    UNIQUE (store_id, account_key)
  );
`;

const payments = `
  CREATE TABLE payments (
    store_id uuid NOT NULL,
    payment_id uuid NOT NULL,
    account_id uuid NOT NULL,
    provider text NOT NULL,
    test_mode boolean NOT NULL,
    checkout_id uuid NOT NULL,
    -- Of the form that was sent: a double click or a reload is one payment.
    pay_key text NOT NULL,
    order_id uuid,
    amount_minor bigint NOT NULL CHECK (amount_minor > 0),
    currency text NOT NULL,
    capture text NOT NULL CHECK (capture IN ('now', 'later')),
    return_url text NOT NULL,
    -- The provider's name for it; null until the first answer.
    provider_ref text,
    -- From here on the provider may know of it, whether or not an answer came.
    begun_at timestamptz,
    -- Nobody shall pay it any more.
    stopped_at timestamptz,
    -- Its money is not wanted: too late, too much, or not what was asked.
    unwanted_at timestamptz,
    -- Derived from the facts by the transaction that adds one.
    state text NOT NULL DEFAULT 'created' CHECK (state IN ('created', 'action_required', 'processing', 'authorized',
      'part_captured', 'captured', 'failed', 'canceled', 'expired', 'surplus')),
    authorized_minor bigint NOT NULL DEFAULT 0,
    captured_minor bigint NOT NULL DEFAULT 0,
    refunded_minor bigint NOT NULL DEFAULT 0,
    mismatch boolean NOT NULL DEFAULT false,
    failure text,
    -- When the clock asks the provider; null when nothing can change by itself.
    check_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (store_id, payment_id),
    UNIQUE (store_id, checkout_id, pay_key),
    FOREIGN KEY (store_id, account_id) REFERENCES payment_accounts
  );
  CREATE INDEX payments_by_order ON payments (store_id, order_id) WHERE order_id IS NOT NULL;
  CREATE INDEX payments_by_ref ON payments (store_id, account_id, provider_ref) WHERE provider_ref IS NOT NULL;
  CREATE INDEX payments_due ON payments (check_at) WHERE check_at IS NOT NULL;

  CREATE TABLE payment_attempts (
    store_id uuid NOT NULL,
    payment_id uuid NOT NULL,
    attempt_no int NOT NULL,
    method text,
    three_ds text,
    failure_code text,
    at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (store_id, payment_id, attempt_no),
    FOREIGN KEY (store_id, payment_id) REFERENCES payments ON DELETE CASCADE
  );

  -- What providers have told; a row moves up in rank and never back.
  CREATE TABLE payment_facts (
    store_id uuid NOT NULL,
    provider text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('auth', 'capture', 'refund', 'dispute')),
    object_id text NOT NULL,
    payment_id uuid NOT NULL,
    parent_id text,
    status text NOT NULL,
    amount_minor bigint NOT NULL,
    currency text NOT NULL,
    reason text,
    -- The operation that asked for it, as far as the provider repeats that.
    operation_key text,
    -- Until when a dispute must be answered.
    due_at timestamptz,
    -- When it happened, by the provider's clock.
    happened_at timestamptz NOT NULL,
    source text NOT NULL CHECK (source IN ('answer', 'return', 'webhook', 'poll', 'staff')),
    first_seen timestamptz NOT NULL DEFAULT now(),
    last_seen timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (store_id, provider, kind, object_id),
    FOREIGN KEY (store_id, payment_id) REFERENCES payments ON DELETE CASCADE
  );
  CREATE INDEX payment_facts_by_payment ON payment_facts (store_id, payment_id);
`;

const machinery = `
  CREATE TABLE provider_events (
    store_id uuid NOT NULL,
    provider text NOT NULL,
    event_id text NOT NULL,
    account_id uuid NOT NULL,
    type text NOT NULL,
    payload jsonb,
    received_at timestamptz NOT NULL DEFAULT now(),
    applied_at timestamptz,
    error text,
    PRIMARY KEY (store_id, provider, event_id),
    FOREIGN KEY (store_id, account_id) REFERENCES payment_accounts ON DELETE CASCADE
  );
  CREATE INDEX provider_events_old ON provider_events (received_at) WHERE payload IS NOT NULL;

  -- What we want of a provider. Written beside its cause, carried out after the commit.
  CREATE TABLE payment_operations (
    store_id uuid NOT NULL,
    operation_id uuid NOT NULL,
    payment_id uuid NOT NULL,
    kind text NOT NULL CHECK (kind IN ('capture', 'cancel', 'refund')),
    -- The asker's name for it: asking twice is asking once.
    key text NOT NULL,
    part int NOT NULL DEFAULT 0,
    -- The capture that a refund takes from.
    target_id text,
    amount_minor bigint NOT NULL CHECK (amount_minor >= 0),
    currency text NOT NULL,
    final boolean NOT NULL DEFAULT true,
    state text NOT NULL DEFAULT 'wanted' CHECK (state IN ('wanted', 'sent', 'done', 'failed')),
    -- A refusal was an answer: what is tried after it is a new request to the provider, with a new key.
    round int NOT NULL DEFAULT 1,
    tries int NOT NULL DEFAULT 0,
    round_sent_at timestamptz,
    next_at timestamptz DEFAULT now(),
    failure text,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (store_id, operation_id),
    UNIQUE (store_id, payment_id, key, part),
    FOREIGN KEY (store_id, payment_id) REFERENCES payments ON DELETE CASCADE
  );
  CREATE INDEX payment_operations_due ON payment_operations (next_at) WHERE state IN ('wanted', 'sent');

  CREATE TABLE disputes (
    store_id uuid NOT NULL,
    dispute_id text NOT NULL,
    payment_id uuid NOT NULL,
    provider text NOT NULL,
    status text NOT NULL,
    amount_minor bigint NOT NULL,
    currency text NOT NULL,
    reason text,
    evidence_due_at timestamptz,
    opened_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (store_id, provider, dispute_id),
    FOREIGN KEY (store_id, payment_id) REFERENCES payments ON DELETE CASCADE
  );
  CREATE INDEX disputes_by_payment ON disputes (store_id, payment_id);
`;

const tables = [
  'payment_accounts',
  'payments',
  'payment_attempts',
  'payment_facts',
  'provider_events',
  'payment_operations',
  'disputes',
];

/** Payment accounts, payments, and what providers tell of them. */
export class Payments1795294800000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(accounts);
    await q.query(payments);
    await q.query(machinery);
    for (const table of tables) await q.query(storeTable(table));
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP TABLE ${tables.toReversed().join(', ')}`);
  }
}
