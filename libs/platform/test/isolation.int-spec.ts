import { newId } from '@libs/kernel';
import { type Lab, openLab } from '@testing';

/** The machine room's tables, whose rows may belong to no store: the shared suite asks for one in each. */
const suite = { tables: ['jobs', 'outbox_events'] };

describe('stores apart in the machine room', () => {
  let lab: Lab;
  let a: string;
  let b: string;
  const jobId = newId();

  const values = {
    jobs: `(job_id, name, version, queue, payload, max_attempts, store_id)
      VALUES (gen_random_uuid(), 'a-job', 1, 'steady', '{}', 1, $1)`,
    outbox_events: `(name, version, payload, store_id) VALUES ('an.event', 1, '{}', $1)`,
  } as Record<string, string>;

  beforeAll(async () => {
    lab = await openLab({ modules: [] });
    a = await lab.aStore();
    b = await lab.aStore();
    await lab.db.acrossStores('seed a test', async (tx) => {
      await tx.execute(
        `INSERT INTO jobs (job_id, store_id, name, version, queue, payload, max_attempts)
         VALUES ($1, $2, 'a-job', 1, 'steady', '{}', 1)`,
        [jobId, a],
      );
    });
  });
  afterAll(() => lab.close());

  it.each(suite.tables)('%s: takes rows of the open store only', async (table) => {
    const insert = (storeId: string | null) =>
      lab.db.write(b, (store) => store.execute(`INSERT INTO ${table} ${values[table]}`, [storeId]));
    expect(await insert(b)).toBe(1);
    await expect(insert(a)).rejects.toMatchObject({ code: '42501' });
    await expect(insert(null)).rejects.toMatchObject({ code: '42501' });
  });

  it.each(suite.tables)('%s: takes rows of no store outside stores only', async (table) => {
    const insert = (storeId: string | null) =>
      lab.db.outsideStores((tx) => tx.execute(`INSERT INTO ${table} ${values[table]}`, [storeId]));
    expect(await insert(null)).toBe(1);
    await expect(insert(a)).rejects.toMatchObject({ code: '42501' });
  });

  it('jobs: another store sees and brings forward nothing', async () => {
    const seen = await lab.db.read(b, (store) =>
      store.query('SELECT 1 FROM jobs WHERE job_id = $1', [jobId]),
    );
    const moved = await lab.db.write(b, (store) =>
      store.execute('UPDATE jobs SET run_at = now() WHERE job_id = $1', [jobId]),
    );
    expect([seen.length, moved]).toEqual([0, 0]);
  });

  it.each([
    ['outbox_events', 'SELECT 1 FROM outbox_events'],
    ['outbox_events', 'DELETE FROM outbox_events'],
    ['jobs', 'DELETE FROM jobs'],
    ['jobs', `UPDATE jobs SET payload = '{}'`],
  ])('%s: the app may not run %s', async (_, sql) => {
    const attempt = lab.db.write(a, (store) => store.execute(sql));
    await expect(attempt).rejects.toMatchObject({ code: '42501' });
  });
});
