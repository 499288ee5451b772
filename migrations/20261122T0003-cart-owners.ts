import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whose cart it is, where it came from, and links of checkouts that change at sign-in. */
export class CartOwners1795305780000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      ALTER TABLE carts
        -- Of whoever is signed in; null for a guest's.
        ADD COLUMN customer_id uuid,
        -- Of the share link that made it.
        ADD COLUMN source text;
      -- A customer has one cart, whichever browser they come with.
      CREATE UNIQUE INDEX carts_of_customer ON carts (store_id, customer_id) WHERE state = 'open' AND customer_id IS NOT NULL;
      -- How often the token of its address was replaced: the ones before lead nowhere.
      ALTER TABLE checkouts ADD COLUMN token_round int NOT NULL DEFAULT 0;
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      ALTER TABLE checkouts DROP COLUMN token_round;
      ALTER TABLE carts DROP COLUMN customer_id, DROP COLUMN source;
    `);
  }
}
