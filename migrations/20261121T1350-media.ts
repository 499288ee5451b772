import { storeTable } from '@platform/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Files by their content, who needs them, and the images of a store. */
export class Media1795267800000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      -- Bytes belong to nobody: equal files of two stores are one. Who needs them stands in blob_refs.
      CREATE TABLE blobs (
        hash text PRIMARY KEY CHECK (hash ~ '^[0-9a-f]{64}$'),
        size bigint NOT NULL,
        mime text NOT NULL,
        condemned_at timestamptz,
        created_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE INDEX blobs_condemned ON blobs (condemned_at) WHERE condemned_at IS NOT NULL;
      CREATE TABLE blob_refs (
        store_id uuid NOT NULL REFERENCES stores,
        owner_kind text NOT NULL,
        owner_id uuid NOT NULL,
        hash text NOT NULL REFERENCES blobs,
        PRIMARY KEY (store_id, owner_kind, owner_id, hash)
      );
      CREATE INDEX blob_refs_by_hash ON blob_refs (hash);
      CREATE TABLE images (
        store_id uuid NOT NULL REFERENCES stores,
        image_id uuid NOT NULL,
        source_url text,
        state text NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'ready', 'failed')),
        content_hash text,
        mime text,
        width int,
        height int,
        bytes bigint,
        error_code text,
        error text,
        attempts int NOT NULL DEFAULT 0,
        next_at timestamptz,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (store_id, image_id),
        CHECK (state <> 'ready' OR (content_hash IS NOT NULL AND width > 0 AND height > 0))
      );
      CREATE INDEX images_by_state ON images (store_id, state, image_id);
    `);
    for (const table of ['blob_refs', 'images']) await q.query(storeTable(table));
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('DROP TABLE images, blob_refs, blobs');
  }
}
