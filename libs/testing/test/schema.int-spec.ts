import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Client } from 'pg';
import { dumpSchema } from '../src/dump-schema';
import { type TestDatabase, cloneTestDatabase } from '../src/test-database';

const file = resolve(__dirname, '../../../migrations/schema.sql');

describe('migrations/schema.sql', () => {
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

  it('shows what the migrations make', async () => {
    const current = await dumpSchema(owner);
    if (readFileSync(file, 'utf8') !== current) {
      throw new Error('migrations/schema.sql is out of date: run `npm run schema` and review it.');
    }
    expect(current).toContain('CREATE POLICY own_store ON stores TO caravel_app');
  });

  it.each([
    ['a column', 'ALTER TABLE pages ADD COLUMN zoo int'],
    ['a default', 'ALTER TABLE pages ALTER COLUMN version SET DEFAULT 7'],
    ['a check', 'ALTER TABLE pages ADD CONSTRAINT zoo CHECK (version > 0)'],
    ['an index', 'CREATE INDEX zoo ON pages (store_id, title)'],
    ['a policy', 'DROP POLICY own_store ON pages'],
    ['a grant', 'REVOKE DELETE ON pages FROM caravel_app'],
    ['row-level security', 'ALTER TABLE pages NO FORCE ROW LEVEL SECURITY'],
    ['a trigger', 'DROP TRIGGER sealed ON theme_versions'],
    ['who may call a function', 'GRANT EXECUTE ON FUNCTION search_products TO caravel_across'],
  ])('would show a change of %s', async (_, change) => {
    const before = await dumpSchema(owner);
    await owner.query('BEGIN');
    try {
      await owner.query(change);
      expect(await dumpSchema(owner)).not.toBe(before);
    } finally {
      await owner.query('ROLLBACK');
    }
  });
});
