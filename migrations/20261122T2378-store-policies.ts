import type { MigrationInterface, QueryRunner } from 'typeorm';
import { storeTable } from '@platform/database';

/** Which pages of a store are its terms, its privacy notice and the like. */
export class StorePolicies1795393080000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      -- A page that is deleted is no policy any more.
      CREATE TABLE store_policies (
        store_id uuid NOT NULL REFERENCES stores,
        kind text NOT NULL CHECK (kind IN ('terms', 'privacy', 'refund', 'shipping', 'imprint')),
        page_id uuid NOT NULL,
        PRIMARY KEY (store_id, kind),
        FOREIGN KEY (store_id, page_id) REFERENCES pages ON DELETE CASCADE
      );
      CREATE INDEX store_policies_page ON store_policies (store_id, page_id);
    `);
    await q.query(storeTable('store_policies'));
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('DROP TABLE store_policies');
  }
}
