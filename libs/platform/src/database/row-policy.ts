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
  `;
}
