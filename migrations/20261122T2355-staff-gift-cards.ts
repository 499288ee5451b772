import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A gift card that staff make under a name is made once under it. */
export class StaffGiftCards1795391700000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE UNIQUE INDEX stored_value_entries_one_card ON stored_value_entries (store_id, ref)
        WHERE kind = 'issue' AND ref LIKE 'card:%';
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('DROP INDEX stored_value_entries_one_card');
  }
}
