import { storeTable } from '@platform/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const people = `
  CREATE SEQUENCE customer_public_ids START 1000001 MAXVALUE 9007199254740991;
  CREATE TABLE customers (
    store_id uuid NOT NULL REFERENCES stores,
    customer_id uuid NOT NULL,
    public_id bigint NOT NULL DEFAULT nextval('customer_public_ids'),
    email text CHECK (email = lower(email)),
    first_name text NOT NULL DEFAULT '',
    last_name text NOT NULL DEFAULT '',
    phone text,
    locale text NOT NULL,
    state text NOT NULL DEFAULT 'guest' CHECK (state IN ('guest', 'enabled', 'disabled', 'erased')),
    password_hash text,
    email_verified_at timestamptz,
    email_marketing boolean NOT NULL DEFAULT false,
    tags text[] NOT NULL DEFAULT '{}',
    note text NOT NULL DEFAULT '',
    version int NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (store_id, customer_id),
    UNIQUE (store_id, public_id),
    UNIQUE (store_id, email),
    CHECK (email IS NOT NULL OR state = 'erased')
  );
  COMMENT ON COLUMN customers.state IS 'guest: bought or was entered without an account; enabled: may sign in.';
  COMMENT ON COLUMN customers.email_verified_at IS
    'Who owns the address has proved it; until then nobody else''s orders join the account.';
  CREATE INDEX customers_by_tag ON customers USING gin (store_id, tags);

  CREATE TABLE customer_addresses (
    store_id uuid NOT NULL,
    address_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    public_id bigint NOT NULL DEFAULT nextval('customer_public_ids'),
    address jsonb NOT NULL,
    is_default boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (store_id, address_id),
    FOREIGN KEY (store_id, customer_id) REFERENCES customers ON DELETE CASCADE
  );
  CREATE INDEX customer_addresses_by_customer ON customer_addresses (store_id, customer_id);
  CREATE UNIQUE INDEX customer_addresses_default ON customer_addresses (store_id, customer_id) WHERE is_default;

  CREATE TABLE customer_consents (
    store_id uuid NOT NULL,
    consent_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    kind text NOT NULL CHECK (kind IN ('email_marketing')),
    granted boolean NOT NULL,
    source text NOT NULL,
    at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (store_id, consent_id),
    FOREIGN KEY (store_id, customer_id) REFERENCES customers ON DELETE CASCADE
  );
  CREATE INDEX customer_consents_by_customer ON customer_consents (store_id, customer_id);

  CREATE TABLE customer_groups (
    store_id uuid NOT NULL REFERENCES stores,
    group_id uuid NOT NULL,
    name text NOT NULL CHECK (name <> ''),
    version int NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (store_id, group_id),
    UNIQUE (store_id, name)
  );
  CREATE TABLE customer_group_members (
    store_id uuid NOT NULL,
    group_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    PRIMARY KEY (store_id, group_id, customer_id),
    FOREIGN KEY (store_id, group_id) REFERENCES customer_groups ON DELETE CASCADE,
    FOREIGN KEY (store_id, customer_id) REFERENCES customers ON DELETE CASCADE
  );
  CREATE INDEX customer_group_members_by_customer ON customer_group_members (store_id, customer_id);
`;

const accounts = `
  CREATE TABLE customer_sessions (
    store_id uuid NOT NULL,
    session_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    token_hash text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (store_id, session_id),
    UNIQUE (store_id, token_hash),
    FOREIGN KEY (store_id, customer_id) REFERENCES customers ON DELETE CASCADE
  );
  CREATE INDEX customer_sessions_by_customer ON customer_sessions (store_id, customer_id);

  CREATE TABLE customer_codes (
    store_id uuid NOT NULL,
    code_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    purpose text NOT NULL CHECK (purpose IN ('sign_in', 'reset', 'activate')),
    code_hash text NOT NULL,
    tries int NOT NULL DEFAULT 0,
    used_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (store_id, code_id),
    FOREIGN KEY (store_id, customer_id) REFERENCES customers ON DELETE CASCADE
  );
  CREATE INDEX customer_codes_by_customer ON customer_codes (store_id, customer_id, purpose);
`;

const tables = [
  'customers',
  'customer_addresses',
  'customer_consents',
  'customer_groups',
  'customer_group_members',
  'customer_sessions',
  'customer_codes',
];

/** Customers of a store: who they are, what they allowed, and their accounts. */
export class Customers1795297800000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(people);
    await q.query(accounts);
    for (const table of tables) await q.query(storeTable(table));
    await q.query('REVOKE UPDATE ON customer_consents FROM caravel_app');
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP TABLE ${[...tables].reverse().join(', ')}`);
    await q.query('DROP SEQUENCE customer_public_ids');
  }
}
