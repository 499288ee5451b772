import { Client } from 'pg';
import type { Db } from '@platform/database';
import { type Lab, type LabOptions, openLab } from './lab';

/** What the shared suite needs to know of a slice. */
export interface IsolationOptions {
  modules: LabOptions['modules'];
  /** Every table of the slice that belongs to a store; every-table.int-spec.ts finds one that is forgotten. */
  tables: string[];
  /** Puts at least one row into each of the tables, for the store given. */
  seed: (lab: Lab, storeId: string) => Promise<void>;
}

/** Where a check is made: store `a` has rows, store `b` must not meet them. */
export interface IsolationGround {
  db: Db;
  /** Connected as the database's owner. */
  owner: Client;
  a: string;
  b: string;
}

/** What the suite asks of each table; a check throws when the table fails it. */
export const isolationChecks: Readonly<
  Record<string, (ground: IsolationGround, table: string) => Promise<void>>
> = {
  'has rows of the seeded store': async ({ db, a }, table) => {
    const rows = await db.read(a, (store) => store.query(`SELECT 1 FROM ${table} LIMIT 1`));
    expect(rows).toHaveLength(1);
  },

  'another store sees and counts nothing': async ({ db, a, b }, table) => {
    await db.read(b, async (store) => {
      expect(await store.query(`SELECT 1 FROM ${table} WHERE store_id = $1`, [a])).toHaveLength(0);
      const [{ n } = { n: -1 }] = await store.query<{ n: number }>(
        `SELECT count(*)::int AS n FROM ${table} WHERE store_id <> $1`,
        [b],
      );
      expect(n).toBe(0);
    });
  },

  'another store changes and deletes nothing': async ({ db, a, b }, table) => {
    for (const sql of [`UPDATE ${table} SET store_id = store_id`, `DELETE FROM ${table}`]) {
      const touched = await db
        .write(b, (store) => store.execute(`${sql} WHERE store_id = $1`, [a]))
        .catch((error: { code?: string }) => {
          // An append-only table refuses the verb altogether, which is stricter.
          expect(error.code).toBe('42501');
          return 0;
        });
      expect(touched).toBe(0);
    }
  },

  'a row cannot be written into another store': async ({ db, owner, a, b }, table) => {
    const { rows } = await owner.query<{ row: Record<string, unknown> }>(
      `SELECT to_jsonb(t) AS row FROM ${table} t WHERE store_id = $1 LIMIT 1`,
      [a],
    );
    const system = await overriding(owner, table);
    const attempt = db.write(b, (store) =>
      store.execute(
        `INSERT INTO ${table} ${system} SELECT (jsonb_populate_record(NULL::${table}, $1)).*`,
        [JSON.stringify(rows[0]?.row)],
      ),
    );
    await expect(attempt).rejects.toMatchObject({ code: expect.stringMatching(/^(42501|428C9)$/) });
  },

  'the store comes first in the primary key': async ({ owner }, table) => {
    const { rows } = await owner.query(
      `SELECT a.attname AS first FROM pg_index i
       LEFT JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
       WHERE i.indrelid = $1::regclass AND i.indisprimary`,
      [table],
    );
    expect(rows).toEqual([{ first: 'store_id' }]);
  },

  'the row policy is forced': async ({ owner }, table) => {
    const { rows } = await owner.query(
      'SELECT relrowsecurity, relforcerowsecurity FROM pg_class WHERE oid = $1::regclass',
      [table],
    );
    expect(rows).toEqual([{ relrowsecurity: true, relforcerowsecurity: true }]);
  },
};

/**
 * The suite that every slice with tables runs: store B sees, changes and counts nothing of store A, whoever forgets
 * a condition; each table has its store first in its keys and its policy forced.
 */
export function isolationSuite({ modules, tables, seed }: IsolationOptions): void {
  describe('stores apart', () => {
    let lab: Lab;
    let ground: IsolationGround;

    beforeAll(async () => {
      lab = await openLab({ modules });
      ground = await openIsolationGround(lab);
      await seed(lab, ground.a);
    });

    afterAll(async () => {
      await ground.owner.end();
      await lab.close();
    });

    describe.each(tables)('%s', (table) => {
      it.each(Object.entries(isolationChecks))('%s', (_, check) => check(ground, table));
    });
  });
}

/** Two stores of a lab, and a connection that sees everything; end `owner` when done. */
export async function openIsolationGround(lab: Lab): Promise<IsolationGround> {
  const owner = new Client({ connectionString: lab.ownerUrl });
  await owner.connect();
  return { db: lab.db, owner, a: await lab.aStore(), b: await lab.aStore() };
}

/** Identity columns need a word to take the value that the copied row brings. */
async function overriding(owner: Client, table: string): Promise<string> {
  const { rowCount } = await owner.query(
    `SELECT FROM information_schema.columns WHERE table_name = $1 AND is_identity = 'YES'`,
    [table],
  );
  return rowCount ? 'OVERRIDING SYSTEM VALUE' : '';
}
