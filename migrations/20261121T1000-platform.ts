import type { MigrationInterface, QueryRunner } from 'typeorm';
import { storeTable } from '@platform/database';

/** The machine room's own tables: outbox, jobs, timetable, audit log, idempotency keys, stamps. */
export class Platform1795255200000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE outbox_events (
        event_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        store_id uuid,
        name text NOT NULL,
        version int NOT NULL,
        payload jsonb NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE TABLE jobs (
        job_id uuid PRIMARY KEY,
        store_id uuid,
        -- The store, or the last of all ids for the platform's own jobs: those, too, take their turn.
        lane uuid NOT NULL GENERATED ALWAYS AS (coalesce(store_id, 'ffffffff-ffff-ffff-ffff-ffffffffffff')) STORED,
        name text NOT NULL,
        version int NOT NULL,
        queue text NOT NULL CHECK (queue IN ('swift', 'steady', 'heavy')),
        payload jsonb NOT NULL,
        state text NOT NULL DEFAULT 'ready' CHECK (state IN ('ready', 'queued', 'running', 'dead')),
        attempts int NOT NULL DEFAULT 0,
        max_attempts int NOT NULL,
        dispatches int NOT NULL DEFAULT 0,
        run_at timestamptz NOT NULL DEFAULT now(),
        lease_until timestamptz,
        dedupe_key text,
        last_error text,
        created_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE UNIQUE INDEX jobs_waiting_once ON jobs (name, lane, dedupe_key)
        WHERE state IN ('ready', 'queued') AND dedupe_key IS NOT NULL;
      CREATE INDEX jobs_due ON jobs (queue, run_at) WHERE state = 'ready';
      CREATE INDEX jobs_by_lane ON jobs (queue, lane, run_at, job_id) WHERE state = 'ready';
      CREATE INDEX jobs_in_flight ON jobs (queue, lane) WHERE state IN ('queued', 'running');
      CREATE INDEX jobs_leases ON jobs (state, lease_until) WHERE state IN ('queued', 'running');
      CREATE INDEX jobs_dead ON jobs (lane, job_id) WHERE state = 'dead';
      CREATE TABLE schedule_ticks (name text PRIMARY KEY, next_at timestamptz NOT NULL);
      CREATE TABLE store_stamps (store_id uuid PRIMARY KEY, v bigint NOT NULL DEFAULT 1);
      CREATE TABLE idempotency_keys (
        scope text NOT NULL,
        key text NOT NULL,
        request_hash text NOT NULL,
        state text NOT NULL CHECK (state IN ('started', 'done')),
        status int,
        response text,
        created_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (scope, key)
      );
      CREATE INDEX idempotency_keys_age ON idempotency_keys (created_at);
      CREATE TABLE audit_log (
        store_id uuid NOT NULL,
        entry_id uuid NOT NULL,
        at timestamptz NOT NULL DEFAULT now(),
        actor jsonb NOT NULL,
        action text NOT NULL,
        target_kind text NOT NULL,
        target_id text NOT NULL,
        before jsonb,
        after jsonb,
        PRIMARY KEY (store_id, entry_id)
      );
      CREATE INDEX audit_log_target ON audit_log (store_id, target_kind, target_id, entry_id);
      CREATE TABLE account_audit_log (
        entry_id uuid PRIMARY KEY,
        at timestamptz NOT NULL DEFAULT now(),
        actor jsonb NOT NULL,
        action text NOT NULL,
        target_kind text NOT NULL,
        target_id text NOT NULL,
        before jsonb,
        after jsonb
      );
      CREATE INDEX account_audit_log_target ON account_audit_log (target_kind, target_id, entry_id);
      CREATE TABLE rate_limits (
        bucket text PRIMARY KEY,
        tokens double precision NOT NULL,
        updated_at timestamptz NOT NULL DEFAULT now()
      );
    `);
    await q.query(storeTable('audit_log'));
    await q.query(storeTable('store_stamps'));
    await q.query(`
      REVOKE UPDATE, DELETE ON audit_log, account_audit_log FROM caravel_app, caravel_across;
      -- A store's transaction may add to the outbox and not see it.
      REVOKE SELECT, UPDATE, DELETE ON outbox_events FROM caravel_app;
      REVOKE UPDATE, DELETE ON jobs FROM caravel_app;
      -- Asking again for a job that waits may bring it forward, and holds it until the asker's changes are to be seen.
      GRANT UPDATE (run_at) ON jobs TO caravel_app;
      ALTER TABLE outbox_events ENABLE ROW LEVEL SECURITY;
      ALTER TABLE outbox_events FORCE ROW LEVEL SECURITY;
      ALTER TABLE jobs ENABLE ROW LEVEL SECURITY;
      ALTER TABLE jobs FORCE ROW LEVEL SECURITY;
      CREATE POLICY own_store ON outbox_events TO caravel_app
        WITH CHECK (store_id IS NOT DISTINCT FROM nullif(current_setting('app.store_id', true), '')::uuid);
      CREATE POLICY own_store ON jobs TO caravel_app
        USING (store_id IS NOT DISTINCT FROM nullif(current_setting('app.store_id', true), '')::uuid)
        WITH CHECK (store_id IS NOT DISTINCT FROM nullif(current_setting('app.store_id', true), '')::uuid);
      CREATE POLICY across_stores ON outbox_events TO caravel_across USING (true) WITH CHECK (true);
      CREATE POLICY across_stores ON jobs TO caravel_across USING (true) WITH CHECK (true);
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      DROP TABLE rate_limits, account_audit_log, audit_log, idempotency_keys, store_stamps, schedule_ticks, jobs, outbox_events;
    `);
  }
}
