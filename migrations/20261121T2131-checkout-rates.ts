import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Frozen with a checkout's amounts: the rate at which they are booked in the store's own currency. */
export class CheckoutRates1795296660000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query('ALTER TABLE checkouts ADD COLUMN exchange jsonb');
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('ALTER TABLE checkouts DROP COLUMN exchange');
  }
}
