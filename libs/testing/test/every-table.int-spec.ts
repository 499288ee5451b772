import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { Client } from 'pg';
import { findSchemaFaults, listStoreTables } from '../src/schema-faults';
import { type TestDatabase, cloneTestDatabase } from '../src/test-database';
import { schemaRules } from './schema-rules';

const root = resolve(__dirname, '../../..');

describe('every table of the schema', () => {
  let database: TestDatabase;
  let owner: Client;

  beforeAll(async () => {
    database = await cloneTestDatabase();
    owner = new Client({ connectionString: database.url });
    await owner.connect();
  });
  afterAll(async () => {
    await owner.end();
    await database.drop();
  });

  it('keeps stores apart', async () => {
    expect(await findSchemaFaults(owner, schemaRules)).toEqual([]);
  });

  it('stands in the isolation suite of a slice, if it belongs to a store', async () => {
    expect(suiteTables().toSorted()).toEqual(await listStoreTables(owner));
  });

  it('has no exception that nothing needs any more', async () => {
    const { rows } = await owner.query<{ name: string }>(
      `SELECT relname AS name FROM pg_class UNION SELECT proname FROM pg_proc`,
    );
    const known = new Set(rows.map(({ name }) => name));
    const { tablesOfNoStore, ...others } = schemaRules;
    const named = [
      ...tablesOfNoStore,
      ...Object.values(others).flatMap((part) => Object.keys(part)),
    ];
    expect(named.filter((name) => !known.has(name))).toEqual([]);
  });

  it.each([
    ['a table without its store', 'CREATE TABLE zoo (id int PRIMARY KEY)', /^zoo has no store_id/],
    [
      'a table without a policy',
      'CREATE TABLE zoo (store_id uuid NOT NULL, id int, PRIMARY KEY (store_id, id))',
      /^zoo has no forced row-level security/,
    ],
    ['a dropped policy', 'DROP POLICY own_store ON pages', /^pages lacks the policy own_store/],
    [
      'a policy that admits all',
      'CREATE POLICY open ON pages TO caravel_app USING (true)',
      /^pages.open gives caravel_app more/,
    ],
    [
      'a policy for everybody',
      'CREATE POLICY open ON pages USING (title IS NOT NULL)',
      /^pages.open gives caravel_app more/,
    ],
    ['an unforced policy', 'ALTER TABLE menus NO FORCE ROW LEVEL SECURITY', /^menus has no forced/],
    ['an index of no store', 'CREATE INDEX zoo ON pages (title)', /^zoo on pages does not begin/],
    ['a role that sees past policies', 'ALTER ROLE caravel_app BYPASSRLS', /^caravel_app may more/],
    ['a superuser', 'ALTER ROLE caravel_across SUPERUSER', /^caravel_across may more/],
    ['a table of the app', 'ALTER TABLE menus OWNER TO caravel_app', /^menus is owned by/],
    [
      'a search with the rights of the owner',
      'ALTER FUNCTION search_products OWNER TO CURRENT_USER',
      /^search_products runs with the rights/,
    ],
    [
      'a search for everybody',
      'GRANT EXECUTE ON FUNCTION search_products TO PUBLIC',
      /^search_products may be called by everybody/,
    ],
    ['a view of the owner', 'CREATE VIEW zoo AS SELECT * FROM pages', /^zoo is a view/],
  ])('would betray %s', async (_, sabotage, fault) => {
    // Roles belong to all databases of the server, so nothing of this is committed.
    await owner.query('BEGIN');
    try {
      await owner.query(sabotage);
      expect(await findSchemaFaults(owner, schemaRules)).toContainEqual(
        expect.stringMatching(fault),
      );
    } finally {
      await owner.query('ROLLBACK');
    }
  });
});

/** The tables that the slices' isolation suites name. */
function suiteTables(): string[] {
  return readdirSync(resolve(root, 'libs')).flatMap((slice) => {
    const file = resolve(root, 'libs', slice, 'test/isolation.int-spec.ts');
    const source = existsSync(file) ? readFileSync(file, 'utf8') : '';
    const list = /tables: \[([^\]]*)\]/.exec(source)?.[1] ?? '';
    return [...list.matchAll(/'(\w+)'/g)].map(([, table]) => table ?? '');
  });
}
