import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whose checkout it is, where somebody is signed in. */
export class CheckoutCustomers1795298400000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query('ALTER TABLE checkouts ADD COLUMN customer_id uuid');
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('ALTER TABLE checkouts DROP COLUMN customer_id');
  }
}
