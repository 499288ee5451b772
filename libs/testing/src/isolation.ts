import { Client } from 'pg';
import type { Lab, LabOptions } from './lab';
import { openLab } from './lab';

/** What the shared suite needs to know of a slice. */
export interface IsolationOptions {
  modules: LabOptions['modules'];
  /** Every table of the slice that belongs to a store; `storeTablesOf` checks that none of the schema is forgotten. */
  tables: string[];
  /** Puts at least one row into each of the tables, for the store given. */
  seed: (lab: Lab, storeId: string) => Promise<void>;
}

/**
 * The suite that every slice with tables runs: store B sees, changes and counts nothing of store A, whoever forgets
 * a condition; each table has its store first in its keys and its policy forced.
 */
export function isolationSuite({ modules, tables, seed }: IsolationOptions): void {
  describe('stores apart', () => {
    let lab: Lab;
    let owner: Client;
    let a: string;
    let b: string;

    beforeAll(async () => {
      lab = await openLab({ modules });
      owner = new Client({ connectionString: lab.ownerUrl });
      await owner.connect();
      a = await lab.aStore();
      b = await lab.aStore();
      await seed(lab, a);
    });

    afterAll(async () => {
      await owner.end();
      await lab.close();
    });

    it.each(tables)('%s: has rows of the seeded store', async (table) => {
      const rows = await lab.db.read(a, (store) => store.query(`SELECT 1 FROM ${table} LIMIT 1`));
      expect(rows).toHaveLength(1);
    });

    it.each(tables)(
      '%s: another store sees, counts, changes and deletes nothing',
      async (table) => {
        await lab.db.read(b, async (store) => {
          expect(await store.query(`SELECT 1 FROM ${table} WHERE store_id = $1`, [a])).toHaveLength(
            0,
          );
          const [{ n } = { n: -1 }] = await store.query<{ n: number }>(
            `SELECT count(*)::int AS n FROM ${table} WHERE store_id <> $1`,
            [b],
          );
          expect(n).toBe(0);
        });
        for (const sql of [`UPDATE ${table} SET store_id = store_id`, `DELETE FROM ${table}`]) {
          const touched = await lab.db
            .write(b, (store) => store.execute(`${sql} WHERE store_id = $1`, [a]))
            .catch((error: { code?: string }) => {
              // An append-only table refuses the verb altogether, which is stricter.
              expect(error.code).toBe('42501');
              return 0;
            });
          expect(touched).toBe(0);
        }
      },
    );

    it.each(tables)('%s: a row cannot be written into another store', async (table) => {
      const { rows } = await owner.query<{ row: Record<string, unknown> }>(
        `SELECT to_jsonb(t) AS row FROM ${table} t WHERE store_id = $1 LIMIT 1`,
        [a],
      );
      const system = await overriding(owner, table);
      const attempt = lab.db.write(b, (store) =>
        store.execute(
          `INSERT INTO ${table} ${system} SELECT (jsonb_populate_record(NULL::${table}, $1)).*`,
          [JSON.stringify(rows[0]?.row)],
        ),
      );
      await expect(attempt).rejects.toMatchObject({
        code: expect.stringMatching(/^(42501|428C9)$/),
      });
    });

    it.each(tables)(
      '%s: the store comes first in every key and the policy is forced',
      async (table) => {
        const { rows: keys } = await owner.query<{ first: string; name: string }>(
          `SELECT c.relname AS name, a.attname AS first
         FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
         LEFT JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
         WHERE i.indrelid = $1::regclass AND i.indisprimary`,
          [table],
        );
        expect(keys).toEqual([expect.objectContaining({ first: 'store_id' })]);
        const { rows: security } = await owner.query(
          'SELECT relrowsecurity, relforcerowsecurity FROM pg_class WHERE oid = $1::regclass',
          [table],
        );
        expect(security).toEqual([{ relrowsecurity: true, relforcerowsecurity: true }]);
      },
    );
  });
}

/** Identity columns need a word to take the value that the copied row brings. */
async function overriding(owner: Client, table: string): Promise<string> {
  const { rowCount } = await owner.query(
    `SELECT FROM information_schema.columns WHERE table_name = $1 AND is_identity = 'YES'`,
    [table],
  );
  return rowCount ? 'OVERRIDING SYSTEM VALUE' : '';
}
