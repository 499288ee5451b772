import type { MigrationInterface, QueryRunner } from 'typeorm';

/** In which order a store's refunds go back to what paid. */
export class RefundTenderOrder1795391940000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      ALTER TABLE order_settings
        ADD COLUMN refund_tenders text[] NOT NULL DEFAULT '{provider,store_credit,gift_card}',
        ADD CONSTRAINT each_tender_once CHECK (cardinality(refund_tenders) = 3
          AND refund_tenders @> '{provider,store_credit,gift_card}')
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('ALTER TABLE order_settings DROP COLUMN refund_tenders');
  }
}
