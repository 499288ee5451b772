import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Refunds as store credit, and what staff change of a customer's credit. */
export class RefundTenders1795305720000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      -- The credit account that got the part instead of what had paid; it counts against what had paid all the same.
      ALTER TABLE refund_tenders ADD COLUMN credited_to uuid;

      -- Why staff gave or took credit, as they say it.
      ALTER TABLE stored_value_entries ADD COLUMN reason text;
      ALTER TABLE stored_value_entries DROP CONSTRAINT stored_value_entries_kind_check;
      ALTER TABLE stored_value_entries ADD CONSTRAINT stored_value_entries_kind_check
        CHECK (kind IN ('issue', 'hold', 'release', 'spend', 'refund', 'adjust'));
      DROP INDEX stored_value_entries_once;
      CREATE UNIQUE INDEX stored_value_entries_once ON stored_value_entries (store_id, account_id, kind, ref)
        WHERE kind IN ('issue', 'refund', 'adjust');
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      DROP INDEX stored_value_entries_once;
      CREATE UNIQUE INDEX stored_value_entries_once ON stored_value_entries (store_id, account_id, kind, ref)
        WHERE kind IN ('issue', 'refund');
      ALTER TABLE stored_value_entries DROP CONSTRAINT stored_value_entries_kind_check;
      ALTER TABLE stored_value_entries ADD CONSTRAINT stored_value_entries_kind_check
        CHECK (kind IN ('issue', 'hold', 'release', 'spend', 'refund'));
      ALTER TABLE stored_value_entries DROP COLUMN reason;
      ALTER TABLE refund_tenders DROP COLUMN credited_to;
    `);
  }
}
