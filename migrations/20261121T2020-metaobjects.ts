import { storeTable } from '@platform/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Records of kinds that a merchant defines. */
export class Metaobjects1795292400000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE metaobject_definitions (
        store_id uuid NOT NULL REFERENCES stores,
        definition_id uuid NOT NULL,
        type text NOT NULL,
        name text NOT NULL,
        fields jsonb NOT NULL,
        display_field text,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        version int NOT NULL DEFAULT 1,
        PRIMARY KEY (store_id, definition_id),
        UNIQUE (store_id, type)
      );
      COMMENT ON COLUMN metaobject_definitions.fields IS 'A list of {key, name, type, required}.';
      CREATE SEQUENCE metaobject_public_ids START 100000001 MAXVALUE 9007199254740991;
      CREATE TABLE metaobjects (
        store_id uuid NOT NULL,
        metaobject_id uuid NOT NULL,
        definition_id uuid NOT NULL,
        public_id bigint NOT NULL DEFAULT nextval('metaobject_public_ids'),
        handle text NOT NULL,
        fields jsonb NOT NULL,
        published_at timestamptz,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        version int NOT NULL DEFAULT 1,
        PRIMARY KEY (store_id, metaobject_id),
        UNIQUE (store_id, definition_id, handle),
        UNIQUE (store_id, public_id),
        FOREIGN KEY (store_id, definition_id) REFERENCES metaobject_definitions ON DELETE CASCADE
      );
    `);
    for (const table of ['metaobject_definitions', 'metaobjects']) {
      await q.query(storeTable(table));
    }
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('DROP TABLE metaobjects, metaobject_definitions');
    await q.query('DROP SEQUENCE metaobject_public_ids');
  }
}
