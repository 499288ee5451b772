import type { MigrationInterface, QueryRunner } from 'typeorm';
import { storeTable } from '@platform/database';

/** The catalog's imports of product files, and what was found in them. */
export class CatalogImports1795270200000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE product_imports (
        store_id uuid NOT NULL REFERENCES stores,
        id uuid NOT NULL,
        status text NOT NULL DEFAULT 'queued'
          CHECK (status IN ('queued', 'running', 'completed', 'failed')),
        file_key text NOT NULL,
        filename text NOT NULL,
        dry_run boolean NOT NULL,
        overwrite boolean NOT NULL,
        actor jsonb NOT NULL,
        progress real NOT NULL DEFAULT 0 CHECK (progress BETWEEN 0 AND 1),
        -- How many of the file's products are settled. It moves in the transaction that writes
        -- them, so that a killed import goes on exactly where it stopped.
        products_done int NOT NULL DEFAULT 0,
        counts jsonb NOT NULL,
        problem_count int NOT NULL DEFAULT 0,
        created_at timestamptz NOT NULL DEFAULT now(),
        finished_at timestamptz,
        PRIMARY KEY (store_id, id)
      );
      CREATE TABLE product_import_problems (
        store_id uuid NOT NULL,
        import_id uuid NOT NULL,
        seq int NOT NULL,
        line int NOT NULL,
        handle text,
        field text,
        code text NOT NULL,
        message text NOT NULL,
        fault boolean NOT NULL,
        PRIMARY KEY (store_id, import_id, seq),
        FOREIGN KEY (store_id, import_id) REFERENCES product_imports ON DELETE CASCADE
      );
    `);
    await q.query(storeTable('product_imports'));
    await q.query(storeTable('product_import_problems'));
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('DROP TABLE product_import_problems, product_imports');
  }
}
