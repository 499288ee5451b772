import { Db } from '@platform/database';
import { type Lab, openLab } from '@testing';
import { ForgetRequests } from '../src/clock/forget-requests.job';

describe('what is kept of requests', () => {
  let lab: Lab;

  beforeAll(async () => {
    lab = await openLab({ modules: [] });
  });
  afterAll(() => lab.close());

  it('is answers for 72 hours and counted tries for a day', async () => {
    const db = lab.get(Db);
    await db.outsideStores(async (tx) => {
      await tx.execute(
        `INSERT INTO idempotency_keys (scope, key, request_hash, state, created_at)
         SELECT 'somebody', age::text, '', 'done', now() - make_interval(hours => age) FROM unnest(ARRAY[0, 71, 73]) age`,
      );
      await tx.execute(
        `INSERT INTO rate_limits (bucket, tokens, updated_at)
         SELECT age::text, 1, now() - make_interval(hours => age) FROM unnest(ARRAY[0, 23, 25]) age`,
      );
    });
    await new ForgetRequests(db).tick();
    const left = await db.outsideStores((tx) =>
      tx.query(`SELECT key FROM idempotency_keys UNION ALL SELECT bucket FROM rate_limits`),
    );
    expect(left).toHaveLength(4);
    expect(left).toEqual(
      expect.arrayContaining(['0', '23', '71'].map((key) => expect.objectContaining({ key }))),
    );
  });
});
