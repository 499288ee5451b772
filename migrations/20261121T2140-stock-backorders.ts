import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How many units of a reservation were not there when they were promised. */
export class StockBackorders1795297200000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      ALTER TABLE stock_reservations ADD COLUMN backordered int NOT NULL DEFAULT 0
        CHECK (backordered BETWEEN 0 AND qty);
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('ALTER TABLE stock_reservations DROP COLUMN backordered');
  }
}
