import { storeTable } from '@platform/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const tables = ['themes', 'theme_versions', 'theme_publications', 'live_themes', 'theme_uploads'];

/**
 * A version never changes, whoever asks: not even the owner of the tables. Only pruning takes one away, and that names
 * the store itself, since the function runs as the owner.
 */
const sealing = `
  CREATE FUNCTION theme_versions_are_sealed() RETURNS trigger
  LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
  BEGIN
    IF TG_OP = 'DELETE' AND current_setting('themes.pruning', true) = 'on'
      AND current_user = (SELECT tableowner FROM pg_tables
                          WHERE schemaname = TG_TABLE_SCHEMA AND tablename = TG_TABLE_NAME) THEN
      RETURN OLD;
    END IF;
    RAISE EXCEPTION 'A theme version is sealed: it is neither changed nor deleted.'
      USING ERRCODE = 'insufficient_privilege';
  END $$;
  CREATE TRIGGER sealed BEFORE UPDATE OR DELETE ON theme_versions
    FOR EACH ROW EXECUTE FUNCTION theme_versions_are_sealed();

  CREATE FUNCTION prune_theme_versions(unwanted uuid[]) RETURNS bigint
  LANGUAGE sql SECURITY DEFINER
  SET search_path = public, pg_temp SET themes.pruning = 'on' AS $$
    WITH gone AS (
      DELETE FROM theme_versions
      WHERE store_id = nullif(current_setting('app.store_id', true), '')::uuid
        AND version_id = ANY (unwanted)
      RETURNING 1
    ) SELECT count(*) FROM gone
  $$;
  REVOKE EXECUTE ON FUNCTION prune_theme_versions(uuid[]) FROM PUBLIC;
  GRANT EXECUTE ON FUNCTION prune_theme_versions(uuid[]) TO caravel_app;
  CREATE POLICY pruning ON theme_versions TO CURRENT_USER
    USING (store_id = nullif(current_setting('app.store_id', true), '')::uuid) WITH CHECK (false);
  REVOKE UPDATE, DELETE ON theme_versions, theme_publications FROM caravel_app, caravel_across;
`;

/** Themes, their sealed versions, and the one-row pointer that says which is live. */
export class Themes1795276800000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE themes (
        store_id uuid NOT NULL REFERENCES stores,
        theme_id uuid NOT NULL,
        name text NOT NULL,
        latest_n int NOT NULL DEFAULT 0,
        latest_version_id uuid,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        version int NOT NULL DEFAULT 1,
        PRIMARY KEY (store_id, theme_id)
      );
      CREATE TABLE theme_versions (
        store_id uuid NOT NULL,
        version_id uuid NOT NULL,
        theme_id uuid NOT NULL,
        n int NOT NULL CHECK (n > 0),
        -- path -> {hash, size, mime}
        manifest jsonb NOT NULL,
        -- SHA-256 over the paths and hashes of the manifest: equal sources, equal text.
        source_hash text NOT NULL,
        compiler text NOT NULL,
        -- ThemeMeta of the template engine; json keeps the order of keys, which is the order of blocks
        meta json NOT NULL,
        -- [{locale, hash, signature}]
        artefacts jsonb NOT NULL,
        -- warnings and advice; a theme with errors has no version
        findings jsonb NOT NULL DEFAULT '[]',
        created_at timestamptz NOT NULL DEFAULT now(),
        created_by text NOT NULL,
        PRIMARY KEY (store_id, version_id),
        UNIQUE (store_id, theme_id, n),
        UNIQUE (store_id, theme_id, version_id),
        FOREIGN KEY (store_id, theme_id) REFERENCES themes (store_id, theme_id)
      );
      -- History outlives what it names, hence no keys into versions and themes.
      CREATE TABLE theme_publications (
        store_id uuid NOT NULL REFERENCES stores,
        publication_id uuid NOT NULL,
        kind text NOT NULL CHECK (kind IN ('publish', 'rollback')),
        theme_id uuid NOT NULL,
        version_id uuid NOT NULL,
        -- the publication that was in force before; a rollback goes down this chain
        replaced_id uuid,
        published_at timestamptz NOT NULL DEFAULT now(),
        published_by text NOT NULL,
        PRIMARY KEY (store_id, publication_id),
        FOREIGN KEY (store_id, replaced_id) REFERENCES theme_publications (store_id, publication_id)
      );
      CREATE TABLE live_themes (
        store_id uuid PRIMARY KEY REFERENCES stores,
        theme_id uuid NOT NULL,
        version_id uuid NOT NULL,
        publication_id uuid NOT NULL,
        published_at timestamptz NOT NULL,
        published_by text NOT NULL,
        FOREIGN KEY (store_id, theme_id, version_id) REFERENCES theme_versions (store_id, theme_id, version_id),
        FOREIGN KEY (store_id, publication_id) REFERENCES theme_publications (store_id, publication_id)
      );
      -- Claims on files that no version stands for yet: what a killed upload leaves behind is found here.
      CREATE TABLE theme_uploads (
        store_id uuid NOT NULL REFERENCES stores,
        version_id uuid NOT NULL,
        started_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (store_id, version_id)
      );
    `);
    for (const table of tables) await q.query(storeTable(table));
    await q.query(sealing);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      DROP TABLE live_themes, theme_publications, theme_uploads, theme_versions, themes;
      DROP FUNCTION prune_theme_versions(uuid[]);
      DROP FUNCTION theme_versions_are_sealed();
    `);
  }
}
