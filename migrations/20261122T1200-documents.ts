import type { MigrationInterface, QueryRunner } from 'typeorm';
import { storeTable } from '@platform/database';

/** How a store writes its invoices, and what was printed of them. */
export class Documents1795348800000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE document_settings (
        store_id uuid PRIMARY KEY REFERENCES stores,
        issue_at text NOT NULL CHECK (issue_at IN ('capture', 'shipment', 'never')),
        seller jsonb,
        shown_to_shoppers boolean NOT NULL
      );
      CREATE TABLE document_files (
        store_id uuid NOT NULL,
        document_id uuid NOT NULL,
        sha256 text NOT NULL,
        bytes bytea NOT NULL,
        PRIMARY KEY (store_id, document_id),
        FOREIGN KEY (store_id, document_id) REFERENCES documents
      );
    `);
    for (const table of ['document_settings', 'document_files']) await q.query(storeTable(table));
    await q.query('REVOKE UPDATE, DELETE ON document_files FROM caravel_app, caravel_across');
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('DROP TABLE document_files, document_settings');
  }
}
