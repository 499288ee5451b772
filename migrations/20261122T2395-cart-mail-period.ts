import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Until when it is kept which carts were reminded of. Links to unsubscribe carry by now what they need; those of the mails
 * before read these rows, which stay.
 */
export class CartMailPeriod1795394100000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      ALTER TABLE abandoned_cart_mails ADD COLUMN kept_until timestamptz;
      CREATE INDEX abandoned_cart_mails_over ON abandoned_cart_mails (kept_until) WHERE kept_until IS NOT NULL;
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('ALTER TABLE abandoned_cart_mails DROP COLUMN kept_until');
  }
}
