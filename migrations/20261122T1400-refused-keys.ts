import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Since when a payment provider has refused an account's keys: checkouts do not offer it meanwhile. */
export class RefusedKeys1795356000000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query('ALTER TABLE payment_accounts ADD COLUMN keys_refused_at timestamptz');
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('ALTER TABLE payment_accounts DROP COLUMN keys_refused_at');
  }
}
