import { ContentModule, Menus, Pages } from '@libs/content';
import { type IsolationGround, isolationChecks, openIsolationGround } from '../src/isolation';
import { type Lab, openLab } from '../src/lab';

/** The suite's own checks, on a database whose nets have been cut: each cut must be noticed. */
describe('the isolation suite bites', () => {
  let lab: Lab;
  let ground: IsolationGround;

  beforeEach(async () => {
    lab = await openLab({ modules: [ContentModule] });
    ground = await openIsolationGround(lab);
    await lab.db.write(ground.a, async (store) => {
      await lab.get(Pages).create(store, { title: 'About us' });
      await lab.get(Menus).create(store, { title: 'Main menu', items: [] });
    });
  });
  afterEach(async () => {
    await ground.owner.end();
    await lab.close();
  });

  /** The checks that a table fails now. */
  const failing = async (table: string): Promise<string[]> => {
    const failed: string[] = [];
    for (const [name, check] of Object.entries(isolationChecks)) {
      await check(ground, table).catch(() => failed.push(name));
    }
    return failed;
  };
  const sees = 'another store sees and counts nothing';
  const changes = 'another store changes and deletes nothing';
  const writes = 'a row cannot be written into another store';
  const forced = 'the row policy is forced';
  const currentStore = `nullif(current_setting('app.store_id', true), '')::uuid`;

  it.each(['pages', 'menus', 'stores', 'audit_log'])(
    'finds no fault in %s as it is',
    async (table) => {
      expect(await failing(table)).toEqual([]);
    },
  );

  it.each([
    ['its policy dropped', 'DROP POLICY own_store ON pages', ['has rows of the seeded store']],
    [
      'its policy dropped and row-level security off',
      'DROP POLICY own_store ON pages; ALTER TABLE pages DISABLE ROW LEVEL SECURITY',
      [sees, changes, writes, forced],
    ],
    [
      'a policy that admits all',
      'CREATE POLICY open ON pages TO caravel_app USING (true) WITH CHECK (true)',
      [sees, changes, writes],
    ],
    [
      'a policy that forgets what is written',
      `DROP POLICY own_store ON pages;
       CREATE POLICY own_store ON pages TO caravel_app USING (store_id = ${currentStore}) WITH CHECK (true)`,
      [writes],
    ],
    [
      'a policy that forgets what is read',
      `DROP POLICY own_store ON pages;
       CREATE POLICY own_store ON pages TO caravel_app USING (true) WITH CHECK (store_id = ${currentStore})`,
      [sees, changes],
    ],
    ['an unforced policy', 'ALTER TABLE pages NO FORCE ROW LEVEL SECURITY', [forced]],
    [
      'a primary key of no store',
      'ALTER TABLE pages DROP CONSTRAINT pages_pkey CASCADE, ADD PRIMARY KEY (page_id)',
      ['the store comes first in the primary key'],
    ],
  ])('notices a table with %s', async (_, sabotage, expected) => {
    await ground.owner.query(sabotage);
    expect(await failing('pages')).toEqual(expect.arrayContaining(expected));
  });

  it('notices a log that opens, though nobody may change it', async () => {
    await ground.owner.query('ALTER TABLE audit_log DISABLE ROW LEVEL SECURITY');
    expect(await failing('audit_log')).toEqual(expect.arrayContaining([sees, writes, forced]));
  });
});
