import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The gift cards and the credit that a shopper wants to pay with. */
export class CheckoutStoredValue1795305660000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      ALTER TABLE checkouts
        -- [{accountId, lastCharacters}] in the order in which they were entered; codes are kept nowhere.
        ADD COLUMN gift_cards jsonb NOT NULL DEFAULT '[]',
        -- Whether the customer who is signed in pays with their credit first.
        ADD COLUMN use_credit boolean NOT NULL DEFAULT false
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('ALTER TABLE checkouts DROP COLUMN gift_cards, DROP COLUMN use_credit');
  }
}
