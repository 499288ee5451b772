import type { MigrationInterface, QueryRunner } from 'typeorm';
import { storeTable } from '@platform/database';

/** The tables of the domains slice. */
export class Domains1795266000000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE hostnames (
        store_id uuid NOT NULL REFERENCES stores,
        id uuid NOT NULL,
        host_ascii text NOT NULL,
        host_unicode text NOT NULL,
        kind text NOT NULL CHECK (kind IN ('apex', 'sub')),
        registrable text NOT NULL,
        state text NOT NULL CHECK (state IN
          ('awaiting_dns', 'conflict', 'expired', 'verified', 'issuing', 'active', 'blocked', 'releasing', 'released')),
        version int NOT NULL DEFAULT 1,
        token text NOT NULL,
        target_label text NOT NULL,
        proof text CHECK (proof IN ('txt', 'cname')),
        proved_at timestamptz,
        routing text NOT NULL DEFAULT 'unknown' CHECK (routing IN ('ok', 'wrong', 'unknown')),
        caa text NOT NULL DEFAULT 'unknown' CHECK (caa IN ('allows', 'forbids', 'unknown')),
        findings jsonb NOT NULL DEFAULT '[]',
        checks int NOT NULL DEFAULT 0,
        checked_at timestamptz,
        check_at timestamptz,
        check_requested_at timestamptz,
        issue_after timestamptz,
        failures int NOT NULL DEFAULT 0,
        last_error jsonb,
        certificate_id uuid,
        is_primary boolean NOT NULL DEFAULT false,
        next_at timestamptz,
        created_at timestamptz NOT NULL DEFAULT now(),
        released_at timestamptz,
        PRIMARY KEY (store_id, id)
      );
      CREATE UNIQUE INDEX hostnames_once_per_store ON hostnames (store_id, host_ascii) WHERE state <> 'released';
      CREATE UNIQUE INDEX hostnames_one_primary ON hostnames (store_id) WHERE is_primary;
      -- Claims are free, holding is exclusive: this index stands across stores on purpose, since no transaction of one
      -- store can see the others'.
      CREATE UNIQUE INDEX hostnames_one_holder ON hostnames (host_ascii)
        WHERE state IN ('verified', 'issuing', 'active', 'blocked', 'releasing');
      CREATE UNIQUE INDEX hostnames_target ON hostnames (target_label);
      CREATE INDEX hostnames_due ON hostnames (next_at) WHERE next_at IS NOT NULL;
      CREATE INDEX hostnames_claims ON hostnames (host_ascii);

      CREATE TABLE host_history (
        store_id uuid NOT NULL,
        host_ascii text NOT NULL,
        held_from timestamptz NOT NULL,
        held_until timestamptz,
        PRIMARY KEY (store_id, host_ascii, held_from)
      );
      CREATE INDEX host_history_by_host ON host_history (host_ascii);

      CREATE TABLE cert_orders (
        store_id uuid NOT NULL,
        id uuid NOT NULL,
        hostname_id uuid NOT NULL,
        purpose text NOT NULL CHECK (purpose IN ('first', 'renew')),
        state text NOT NULL CHECK (state IN ('keyed', 'ordered', 'stored', 'failed', 'abandoned')),
        version int NOT NULL DEFAULT 1,
        names text[] NOT NULL,
        key_sealed text,
        csr bytea NOT NULL,
        directory_url text NOT NULL,
        order_url text,
        attempts int NOT NULL DEFAULT 0,
        polls int NOT NULL DEFAULT 0,
        error jsonb,
        next_at timestamptz,
        created_at timestamptz NOT NULL DEFAULT now(),
        closed_at timestamptz,
        PRIMARY KEY (store_id, id),
        FOREIGN KEY (store_id, hostname_id) REFERENCES hostnames (store_id, id)
      );
      CREATE UNIQUE INDEX cert_orders_one_open ON cert_orders (store_id, hostname_id) WHERE state IN ('keyed', 'ordered');
      CREATE INDEX cert_orders_recent ON cert_orders (store_id, hostname_id, created_at);

      CREATE TABLE certificates (
        store_id uuid NOT NULL,
        id uuid NOT NULL,
        hostname_id uuid NOT NULL,
        order_id uuid NOT NULL,
        serial text NOT NULL,
        names text[] NOT NULL,
        issuer text NOT NULL,
        chain_pem text NOT NULL,
        key_sealed text,
        not_before timestamptz NOT NULL,
        not_after timestamptz NOT NULL,
        renew_at timestamptz NOT NULL,
        superseded_at timestamptz,
        created_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (store_id, id),
        UNIQUE (store_id, order_id),
        FOREIGN KEY (store_id, hostname_id) REFERENCES hostnames (store_id, id),
        FOREIGN KEY (store_id, order_id) REFERENCES cert_orders (store_id, id)
      );
      CREATE INDEX certificates_expiry ON certificates (not_after) WHERE superseded_at IS NULL;
      CREATE INDEX certificates_by_hostname ON certificates (store_id, hostname_id);
      ALTER TABLE hostnames ADD FOREIGN KEY (store_id, certificate_id) REFERENCES certificates (store_id, id);

      CREATE TABLE acme_accounts (
        directory_url text PRIMARY KEY,
        id uuid NOT NULL,
        key_sealed text NOT NULL,
        kid text,
        created_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE TABLE acme_challenges (
        token text PRIMARY KEY,
        host_ascii text NOT NULL,
        key_authorization text NOT NULL,
        order_id uuid NOT NULL,
        expires_at timestamptz NOT NULL
      );
      CREATE INDEX acme_challenges_by_order ON acme_challenges (order_id);
      CREATE TABLE acme_pauses (
        scope text PRIMARY KEY,
        until timestamptz NOT NULL,
        reason text NOT NULL
      );
    `);
    for (const table of ['hostnames', 'host_history', 'cert_orders', 'certificates']) {
      await q.query(storeTable(table));
    }
    // What a host once was must outlive everything: it is what keeps a leftover record from being taken over.
    await q.query('REVOKE DELETE ON host_history FROM caravel_app, caravel_across');
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      ALTER TABLE hostnames DROP CONSTRAINT hostnames_store_id_certificate_id_fkey;
      DROP TABLE acme_pauses, acme_challenges, acme_accounts, certificates, cert_orders, host_history, hostnames;
    `);
  }
}
