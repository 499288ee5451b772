import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Where a payment is made: in the provider's field on our page, or on the provider's own page. */
export class PaymentFlow1795327260000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      ALTER TABLE payments ADD COLUMN flow text NOT NULL DEFAULT 'redirect' CHECK (flow IN ('browser', 'redirect'));
      UPDATE payments SET flow = 'browser' WHERE provider = 'stripe';
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('ALTER TABLE payments DROP COLUMN flow');
  }
}
