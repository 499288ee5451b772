import type { MigrationInterface, QueryRunner } from 'typeorm';
import { storeTable } from '@platform/database';

const refunds = `
  CREATE TABLE refunds (
    store_id uuid NOT NULL,
    refund_id uuid NOT NULL,
    order_id uuid NOT NULL,
    request_key text NOT NULL,
    state text NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'succeeded', 'failed')),
    amount_minor bigint NOT NULL CHECK (amount_minor > 0),
    tax_minor bigint NOT NULL,
    -- Beyond lines and deliveries; below zero for what is kept.
    free_minor bigint NOT NULL DEFAULT 0,
    reason text,
    -- {rate1e10, bookedMinor, costsMinor, resultMinor} of the day, for another currency than the store's.
    exchange jsonb,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (store_id, refund_id),
    UNIQUE (store_id, order_id, request_key),
    FOREIGN KEY (store_id, order_id) REFERENCES orders
  );
  CREATE TABLE refund_lines (
    store_id uuid NOT NULL,
    refund_id uuid NOT NULL,
    order_line_id uuid NOT NULL,
    quantity int NOT NULL CHECK (quantity > 0),
    amount_minor bigint NOT NULL,
    tax_minor bigint NOT NULL,
    restock text NOT NULL CHECK (restock IN ('return', 'cancel', 'no_restock')),
    -- How many of them had not been shipped.
    unshipped int NOT NULL CHECK (unshipped BETWEEN 0 AND quantity),
    PRIMARY KEY (store_id, refund_id, order_line_id),
    FOREIGN KEY (store_id, refund_id) REFERENCES refunds,
    FOREIGN KEY (store_id, order_line_id) REFERENCES order_lines
  );
  CREATE TABLE refund_deliveries (
    store_id uuid NOT NULL,
    refund_id uuid NOT NULL,
    order_delivery_id uuid NOT NULL,
    amount_minor bigint NOT NULL,
    tax_minor bigint NOT NULL,
    PRIMARY KEY (store_id, refund_id, order_delivery_id),
    FOREIGN KEY (store_id, refund_id) REFERENCES refunds,
    FOREIGN KEY (store_id, order_delivery_id) REFERENCES order_deliveries
  );
  -- The operations of a refund: to which tender how much goes back.
  CREATE TABLE refund_tenders (
    store_id uuid NOT NULL,
    refund_id uuid NOT NULL,
    position int NOT NULL,
    kind text NOT NULL CHECK (kind IN ('provider', 'gift_card', 'store_credit')),
    tender_id text NOT NULL,
    amount_minor bigint NOT NULL CHECK (amount_minor > 0),
    state text NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'succeeded', 'failed')),
    PRIMARY KEY (store_id, refund_id, position),
    FOREIGN KEY (store_id, refund_id) REFERENCES refunds
  );
`;

const returns = `
  CREATE TABLE returns (
    store_id uuid NOT NULL,
    return_id uuid NOT NULL,
    order_id uuid NOT NULL,
    request_key text NOT NULL,
    state text NOT NULL CHECK (state IN ('requested', 'approved', 'declined', 'in_transit', 'received',
      'refunded', 'closed')),
    requested_by text NOT NULL CHECK (requested_by IN ('customer', 'staff', 'withdrawal')),
    note text,
    decline_reason text,
    refund_id uuid,
    withdrawal_id uuid,
    -- A withdrawal's money must be back by then.
    due_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (store_id, return_id),
    UNIQUE (store_id, order_id, request_key),
    FOREIGN KEY (store_id, order_id) REFERENCES orders,
    FOREIGN KEY (store_id, refund_id) REFERENCES refunds
  );
  CREATE TABLE return_lines (
    store_id uuid NOT NULL,
    return_id uuid NOT NULL,
    order_line_id uuid NOT NULL,
    quantity int NOT NULL CHECK (quantity > 0),
    reason text,
    received int NOT NULL DEFAULT 0 CHECK (received >= 0),
    damaged int NOT NULL DEFAULT 0 CHECK (damaged >= 0),
    CHECK (received + damaged <= quantity),
    PRIMARY KEY (store_id, return_id, order_line_id),
    FOREIGN KEY (store_id, return_id) REFERENCES returns,
    FOREIGN KEY (store_id, order_line_id) REFERENCES order_lines
  );
  -- What a consumer declared (Article 11a of Directive 2011/83/EU); only how it was answered may change.
  CREATE TABLE withdrawals (
    store_id uuid NOT NULL REFERENCES stores,
    withdrawal_id uuid NOT NULL,
    request_key text NOT NULL,
    order_id uuid,
    stated_name text NOT NULL,
    stated_reference text NOT NULL,
    email text NOT NULL,
    lines jsonb,
    statement_text text NOT NULL,
    locale text NOT NULL,
    ip_hash text,
    page_version text NOT NULL,
    late boolean NOT NULL DEFAULT false,
    confirmed_at timestamptz NOT NULL DEFAULT now(),
    receipt_hash text NOT NULL,
    status text NOT NULL DEFAULT 'received' CHECK (status IN ('received', 'matched', 'unmatched', 'rejected',
      'completed')),
    rejection text,
    receipt_sent_at timestamptz,
    PRIMARY KEY (store_id, withdrawal_id),
    UNIQUE (store_id, request_key),
    FOREIGN KEY (store_id, order_id) REFERENCES orders
  );
  CREATE INDEX withdrawals_by_order ON withdrawals (store_id, order_id) WHERE order_id IS NOT NULL;
  CREATE TABLE documents (
    store_id uuid NOT NULL,
    document_id uuid NOT NULL,
    order_id uuid NOT NULL,
    kind text NOT NULL CHECK (kind IN ('invoice', 'credit_note')),
    series text NOT NULL,
    number bigint NOT NULL,
    name text NOT NULL,
    -- The refund that a credit note is of; null for an invoice, of which an order has one.
    refund_id uuid,
    corrects uuid,
    content jsonb NOT NULL,
    content_sha256 text NOT NULL,
    issued_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (store_id, document_id),
    UNIQUE (store_id, series, number),
    UNIQUE NULLS NOT DISTINCT (store_id, order_id, kind, refund_id),
    FOREIGN KEY (store_id, order_id) REFERENCES orders,
    FOREIGN KEY (store_id, refund_id) REFERENCES refunds,
    FOREIGN KEY (store_id, corrects) REFERENCES documents
  );
`;

const tables = [
  'refunds',
  'refund_lines',
  'refund_deliveries',
  'refund_tenders',
  'returns',
  'return_lines',
  'withdrawals',
  'documents',
];

/** What becomes of an order after it was paid: refunds, returns, withdrawals, and the papers of it. */
export class AfterSales1795296060000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(refunds + returns);
    for (const table of tables) await q.query(storeTable(table));
    await q.query(`
      REVOKE UPDATE, DELETE ON refund_lines, refund_deliveries, documents, withdrawals FROM caravel_app, caravel_across;
      GRANT UPDATE (order_id, status, rejection, late, receipt_sent_at) ON withdrawals TO caravel_app;
      REVOKE DELETE ON refunds, refund_tenders FROM caravel_app, caravel_across;
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP TABLE ${tables.toReversed().join(', ')}`);
  }
}
