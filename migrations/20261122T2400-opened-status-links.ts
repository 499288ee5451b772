import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When the link of a mail to an order's page was first followed: names and addresses show for a day from then. */
export class OpenedStatusLinks1795394400000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query('ALTER TABLE order_status_tokens ADD COLUMN opened_at timestamptz');
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('ALTER TABLE order_status_tokens DROP COLUMN opened_at');
  }
}
