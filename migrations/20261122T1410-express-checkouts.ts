import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Checkouts that begin at a payment provider: what the shopper agreed to there, and payments that take it. */
export class ExpressCheckouts1795356600000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      -- {accountId, ref, approved, at}, see checkout.ts; null where it began here.
      ALTER TABLE checkouts ADD COLUMN express jsonb;
      ALTER TABLE payments DROP CONSTRAINT payments_flow_check;
      ALTER TABLE payments ADD CONSTRAINT payments_flow_check CHECK (flow IN ('browser', 'redirect', 'approved'));
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      UPDATE payments SET flow = 'redirect' WHERE flow = 'approved';
      ALTER TABLE payments DROP CONSTRAINT payments_flow_check;
      ALTER TABLE payments ADD CONSTRAINT payments_flow_check CHECK (flow IN ('browser', 'redirect'));
      ALTER TABLE checkouts DROP COLUMN express;
    `);
  }
}
