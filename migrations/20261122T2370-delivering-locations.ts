import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Countries to which a location sends; null is everywhere. */
export class DeliveringLocations1795392600000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query('ALTER TABLE locations ADD COLUMN delivers_to text[]');
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('ALTER TABLE locations DROP COLUMN delivers_to');
  }
}
