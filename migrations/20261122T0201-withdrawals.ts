import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a withdrawal is called, when it was begun, what was done about it, and the mail that confirmed it. */
export class Withdrawals1795312860000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      ALTER TABLE withdrawals
        ADD COLUMN name text NOT NULL DEFAULT '',
        -- The first step was sent then; confirmed_at is when the second one was.
        ADD COLUMN submitted_at timestamptz NOT NULL DEFAULT now(),
        -- Goods in the consumer's own words; lines has those that were chosen from the order.
        ADD COLUMN stated_goods text,
        -- What the platform did by itself, or that staff have to; null until it was looked at.
        ADD COLUMN answer text CHECK (answer IN ('cancelled', 'return', 'refunded', 'staff')),
        ADD COLUMN receipt_message_id text;
      CREATE INDEX withdrawals_newest ON withdrawals (store_id, withdrawal_id DESC);
      CREATE UNIQUE INDEX returns_by_withdrawal ON returns (store_id, withdrawal_id) WHERE withdrawal_id IS NOT NULL;
      GRANT UPDATE (answer, receipt_message_id) ON withdrawals TO caravel_app;
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      DROP INDEX returns_by_withdrawal;
      DROP INDEX withdrawals_newest;
      ALTER TABLE withdrawals DROP COLUMN name, DROP COLUMN submitted_at, DROP COLUMN stated_goods, DROP COLUMN answer,
        DROP COLUMN receipt_message_id;
    `);
  }
}
