const currentStore = `nullif(current_setting('app.store_id', true), '')::uuid`;

/**
 * The SQL that puts a table of a store behind row-level security, to be run right after its CREATE TABLE.
 * A pooled session answers an empty string for a setting that was set once, hence the nullif.
 * @param table a table whose first column is `store_id uuid NOT NULL`
 */
export function storeTable(table: string): string {
  if (!/^[a-z_][a-z0-9_]*$/.test(table)) throw new Error(`${table} is not a plain table name.`);
  return `
    ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
    ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;
    CREATE POLICY own_store ON ${table} TO caravel_app
      USING (store_id = ${currentStore}) WITH CHECK (store_id = ${currentStore});
    CREATE POLICY across_stores ON ${table} TO caravel_across USING (true) WITH CHECK (true);
    CREATE POLICY search ON ${table} FOR SELECT TO caravel_search USING (true);
    ${storeIsNoChoice(table)}
  `;
}

/**
 * Tells the planner that the store's column chooses nothing by itself. Without statistics it takes every index that
 * begins with the store for as good as the primary key, and keeps that plan for the checks of foreign keys: an import
 * into a new database then reads all of the store's rows for each one. PostgreSQL 18 can be told; an older one learns
 * it from its first automatic ANALYZE. A table with one row per store is left alone.
 */
function storeIsNoChoice(table: string): string {
  return `
    DO $$ BEGIN
      IF current_setting('server_version_num')::int >= 180000 AND EXISTS (
        SELECT FROM pg_index WHERE indrelid = '${table}'::regclass AND indisprimary AND indnkeyatts > 1
      ) THEN
        PERFORM pg_restore_attribute_stats('schemaname', current_schema()::text, 'relname', '${table}',
          'attname', 'store_id', 'inherited', false, 'null_frac', 0::real, 'avg_width', 16, 'n_distinct', 1::real);
      END IF;
    END $$;`;
}
