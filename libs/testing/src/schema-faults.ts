import type { Client } from 'pg';

/** What keeps stores apart in a schema, with the exceptions and why each may be. */
export interface SchemaRules {
  /** Tables that belong to no store: a new one must be named here, or carry `store_id`. */
  tablesOfNoStore: readonly string[];
  /** Indexes, by name, that do not begin with the store, and why. */
  acrossIndexes: Readonly<Record<string, string>>;
  /** Tables whose `store_id` may be null, and why. */
  optionalStore: Readonly<Record<string, string>>;
  /** Functions with another's rights that are not owned by `caravel_search`, and why. */
  definerFunctions: Readonly<Record<string, string>>;
}

/** One question to the catalogue: each row that it answers is a fault. */
type Question = (rules: SchemaRules) => { sql: string; params?: unknown[] };

const storeTables = `SELECT c.oid, c.relname FROM pg_class c
  WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
    AND EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'store_id')`;

const currentStore = `(NULLIF(current_setting('app.store_id'::text, true), ''::text))::uuid`;

/** What a policy for the app may say, as the catalogue prints it; the second is for rows that may have no store. */
const ownStoreConditions = [
  `(store_id = ${currentStore})`,
  `(NOT (store_id IS DISTINCT FROM ${currentStore}))`,
];

const questions: Question[] = [
  ({ tablesOfNoStore }) => ({
    sql: `SELECT c.relname || ' has no store_id and is not known to belong to no store' AS fault FROM pg_class c
      WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND c.relname <> ALL ($1)
        AND c.oid NOT IN (SELECT oid FROM (${storeTables}) t)`,
    params: [tablesOfNoStore],
  }),
  ({ optionalStore }) => ({
    sql: `SELECT t.relname || '.store_id may be null' AS fault FROM (${storeTables}) t
      JOIN pg_attribute a ON a.attrelid = t.oid AND a.attname = 'store_id'
      WHERE NOT a.attnotnull AND t.relname <> ALL ($1)`,
    params: [Object.keys(optionalStore)],
  }),
  () => ({
    sql: `SELECT t.relname || ' has no forced row-level security' AS fault FROM (${storeTables}) t
      JOIN pg_class c USING (oid) WHERE NOT (c.relrowsecurity AND c.relforcerowsecurity)`,
  }),
  () => ({
    sql: `SELECT t.relname || ' lacks the policy own_store for caravel_app' AS fault FROM (${storeTables}) t
      WHERE NOT EXISTS (SELECT FROM pg_policies p WHERE p.tablename = t.relname AND p.policyname = 'own_store'
        AND p.roles = '{caravel_app}' AND p.permissive = 'PERMISSIVE' AND p.cmd = 'ALL')`,
  }),
  () => ({
    sql: `SELECT tablename || '.' || policyname || ' gives caravel_app more than its store' AS fault
      FROM pg_policies, LATERAL (VALUES (qual), (with_check)) AS side (condition)
      WHERE roles && '{caravel_app,public}' AND permissive = 'PERMISSIVE' AND side.condition <> ALL ($1)
      UNION ALL
      SELECT tablename || '.' || policyname || ' names no store' FROM pg_policies
      WHERE roles && '{caravel_app,public}' AND permissive = 'PERMISSIVE' AND with_check IS NULL AND qual IS NULL`,
    params: [ownStoreConditions],
  }),
  ({ acrossIndexes }) => ({
    sql: `SELECT i.relname || ' on ' || t.relname || ' does not begin with store_id' AS fault
      FROM (${storeTables}) t JOIN pg_index x ON x.indrelid = t.oid JOIN pg_class i ON i.oid = x.indexrelid
      LEFT JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = x.indkey[0]
      WHERE a.attname IS DISTINCT FROM 'store_id' AND i.relname <> ALL ($1)`,
    params: [Object.keys(acrossIndexes)],
  }),
  () => ({
    sql: `SELECT t.relname || ' has no primary key' AS fault FROM (${storeTables}) t
      WHERE NOT EXISTS (SELECT FROM pg_index x WHERE x.indrelid = t.oid AND x.indisprimary)`,
  }),
  () => ({
    sql: `SELECT k.conname || ' of ' || t.relname || ' reaches ' || o.relname || ' without the store' AS fault
      FROM (${storeTables}) t JOIN pg_constraint k ON k.conrelid = t.oid AND k.contype = 'f'
      JOIN (${storeTables}) o ON o.oid = k.confrelid
      JOIN pg_attribute a ON a.attrelid = t.oid AND a.attname = 'store_id'
      WHERE NOT a.attnum = ANY (k.conkey)`,
  }),
  () => ({
    sql: `SELECT rolname || ' may more than a role of the platform should' AS fault FROM pg_roles
      WHERE rolname IN ('caravel_app', 'caravel_across', 'caravel_search')
        AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR rolreplication
          OR (rolname = 'caravel_search' AND rolcanlogin))`,
  }),
  () => ({
    sql: `SELECT relname || ' is owned by ' || relowner::regrole AS fault FROM pg_class
      WHERE relnamespace = 'public'::regnamespace
        AND relowner::regrole::text IN ('caravel_app', 'caravel_across', 'caravel_search')`,
  }),
  ({ definerFunctions }) => ({
    sql: `SELECT p.proname || ' runs with the rights of ' || p.proowner::regrole AS fault FROM pg_proc p
      WHERE p.pronamespace = 'public'::regnamespace AND p.prosecdef
        AND p.proowner::regrole::text <> 'caravel_search' AND p.proname <> ALL ($1)`,
    params: [Object.keys(definerFunctions)],
  }),
  () => ({
    sql: `SELECT p.proname || fault.text AS fault FROM pg_proc p,
        LATERAL (VALUES
          (p.prosrc !~ 'app\\.store_id', ' runs with another''s rights and does not ask for the store'),
          (NOT coalesce(array_to_string(p.proconfig, ',') ~ 'search_path', false), ' fixes no search_path'),
          (has_function_privilege('public', p.oid, 'EXECUTE'), ' may be called by everybody')
        ) AS fault (holds, text)
      WHERE p.pronamespace = 'public'::regnamespace AND p.prosecdef AND fault.holds`,
  }),
  () => ({
    sql: `SELECT c.relname || ' is a view with its owner''s rights' AS fault FROM pg_class c
      WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('v', 'm')
        AND NOT coalesce(array_to_string(c.reloptions, ',') ~ 'security_invoker=(true|on)', false)`,
  }),
];

/**
 * What in a schema would let stores meet, one sentence a fault.
 * @param owner connected as the database's owner
 */
export async function findSchemaFaults(owner: Client, rules: SchemaRules): Promise<string[]> {
  const faults: string[] = [];
  for (const question of questions) {
    const { sql, params } = question(rules);
    const { rows } = await owner.query<{ fault: string }>(sql, params);
    faults.push(...rows.map(({ fault }) => fault));
  }
  return faults.sort();
}

/** The tables that belong to a store. */
export async function listStoreTables(owner: Client): Promise<string[]> {
  const { rows } = await owner.query<{ relname: string }>(`${storeTables} ORDER BY relname`);
  return rows.map(({ relname }) => relname);
}
