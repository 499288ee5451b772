import { Injectable, Module } from '@nestjs/common';
import { z } from 'zod';
import { defineJob, HandlesJob, type JobContext, type JobHandler, RetryAt } from '@platform/outbox';
import { DeadLetters, HandlerRegistry, JobLedger, JobRunner } from '@platform/queue';
import { type Lab, openLab } from '@testing';

const flaky = defineJob('jobs-test.flaky', {
  version: 2,
  queue: 'swift',
  payload: z.object({ fails: z.number() }),
  attempts: 3,
});
const later = defineJob('jobs-test.later', {
  version: 1,
  queue: 'swift',
  payload: z.object({ at: z.iso.datetime() }),
});

@Injectable()
@HandlesJob(flaky)
class Flaky implements JobHandler<typeof flaky> {
  readonly tries: number[] = [];

  async run({ fails }: { fails: number }, { attempt }: JobContext): Promise<void> {
    this.tries.push(attempt);
    if (attempt <= fails) throw new Error('not yet', { cause: new Error('the reason') });
  }
}

@Injectable()
@HandlesJob(later)
class Later implements JobHandler<typeof later> {
  tries = 0;

  async run({ at }: { at: string }): Promise<void> {
    this.tries += 1;
    if (this.tries === 1) throw new RetryAt(new Date(at), 'the other side is asleep');
  }
}

@Module({ providers: [Flaky, Later] })
class FixtureModule {}

interface JobRow {
  job_id: string;
  state: string;
  attempts: number;
  dispatches: number;
  wait: number;
  last_error: string | null;
}

describe('jobs', () => {
  let lab: Lab;
  let storeId: string;
  let letters: DeadLetters;

  beforeAll(async () => {
    lab = await openLab({ modules: [FixtureModule] });
    storeId = await lab.aStore();
    letters = new DeadLetters(lab.db);
  });

  beforeEach(async () => {
    await lab.db.acrossStores('clean up', (tx) => tx.execute('DELETE FROM jobs'));
    lab.get(Flaky).tries.length = 0;
  });

  afterAll(() => lab.close());

  const table = (): Promise<JobRow[]> =>
    lab.db.acrossStores('look at jobs for a test', (tx) =>
      tx.query<JobRow>(
        `SELECT job_id, state, attempts, dispatches, last_error,
           extract(epoch FROM run_at - now())::float8 AS wait FROM jobs ORDER BY job_id`,
      ),
    );
  const only = async (): Promise<JobRow> => {
    const rows = await table();
    expect(rows).toHaveLength(1);
    return rows[0] as JobRow;
  };
  const dueNow = (): Promise<unknown> =>
    lab.db.acrossStores('let time pass for a test', (tx) =>
      tx.execute(`UPDATE jobs SET run_at = now(), lease_until = now() - interval '1 s'`),
    );
  const ask = (fails: number, dedupeKey?: string): Promise<void> =>
    lab.db.write(storeId, async (store) => store.enqueue(flaky, { fails }, { dedupeKey }));
  const patiently = { tolerateFailures: true };

  it('are done once, and gone', async () => {
    await ask(0);
    await lab.drain();
    expect(lab.get(Flaky).tries).toEqual([1]);
    expect(await table()).toEqual([]);
  });

  it('come back after a failure, later each time, until they succeed', async () => {
    await ask(2);
    await expect(lab.drain()).rejects.toThrow('jobs-test.flaky failed on try 1: Error: not yet');
    const first = await only();
    expect(first).toMatchObject({ state: 'ready', attempts: 1 });
    expect(first.last_error).toBe('Error: not yet; because Error: the reason');
    expect(first.wait).toBeGreaterThan(1);
    await dueNow();
    await lab.drain(patiently);
    expect((await only()).wait).toBeGreaterThan(first.wait * 2);
    await dueNow();
    await lab.drain();
    expect(lab.get(Flaky).tries).toEqual([1, 2, 3]);
    expect(await table()).toEqual([]);
  });

  it('become dead letters that can be seen, retried and discarded, by nobody else', async () => {
    await ask(5);
    for (let time = 0; time < 3; time += 1) {
      await lab.drain(patiently);
      if (time < 2) await dueNow();
    }
    const { items, nextCursor } = await letters.list({ storeId });
    expect(items).toMatchObject([
      { name: flaky.name, queue: 'swift', storeId, attempts: 3, payload: { fails: 5 } },
    ]);
    expect(items[0]?.error).toContain('not yet');
    expect(nextCursor).toBeNull();
    const jobId = items[0]?.jobId ?? '';
    const stranger = await lab.aStore();
    expect((await letters.list({ storeId: stranger })).items).toEqual([]);
    expect(await letters.retry(jobId, stranger)).toBe(false);
    expect(await letters.discard(jobId, stranger)).toBe(false);

    expect(await letters.retry(jobId, storeId)).toBe(true);
    await lab.drain(patiently);
    expect(lab.get(Flaky).tries).toEqual([1, 2, 3, 1]);
    expect(await letters.discard(jobId)).toBe(false);
    for (let time = 0; time < 2; time += 1) {
      await dueNow();
      await lab.drain(patiently);
    }
    expect(await letters.discard(jobId)).toBe(true);
    expect(await table()).toEqual([]);
  });

  it('page through dead letters', async () => {
    await lab.db.write(storeId, async (store) => {
      for (let n = 0; n < 5; n += 1) store.enqueue(flaky, { fails: n });
    });
    await lab.db.acrossStores('bury for a test', (tx) =>
      tx.execute(`UPDATE jobs SET state = 'dead'`),
    );
    const first = await letters.list({ limit: 3 });
    const second = await letters.list({ limit: 3, cursor: first.nextCursor ?? '' });
    const fails = [...first.items, ...second.items].map(({ payload }) => payload);
    expect(fails).toEqual([0, 1, 2, 3, 4].map((n) => ({ fails: n })));
    expect(second.nextCursor).toBeNull();
  });

  it('may ask to run at a moment of their own, which is no failure', async () => {
    const at = new Date(Date.now() + 3_600_000);
    await lab.db.write(storeId, async (store) => store.enqueue(later, { at: at.toISOString() }));
    await lab.drain();
    const row = await only();
    expect(row).toMatchObject({ state: 'ready', attempts: 0 });
    expect(row.wait).toBeGreaterThan(3_500);
    await lab.drain({ until: new Date(at.getTime() + 1_000) });
    expect(lab.get(Later).tries).toBe(2);
    expect(await table()).toEqual([]);
  });

  it('are one while they wait under one key, and the earlier moment counts', async () => {
    const tomorrow = new Date(Date.now() + 86_400_000);
    await lab.db.write(storeId, async (store) => {
      store.enqueue(flaky, { fails: 0 }, { dedupeKey: 'k', runAt: tomorrow });
      store.enqueue(flaky, { fails: 0 }, { dedupeKey: 'k', runAt: tomorrow });
      store.enqueue(flaky, { fails: 0 }, { dedupeKey: 'other', runAt: tomorrow });
    });
    const stranger = await lab.aStore();
    await lab.db.write(stranger, async (store) =>
      store.enqueue(flaky, { fails: 0 }, { dedupeKey: 'k', runAt: tomorrow }),
    );
    expect(await table()).toHaveLength(3);
    await ask(0, 'k');
    await lab.drain();
    expect(lab.get(Flaky).tries).toEqual([1]);
    expect(await table()).toHaveLength(2);
  });

  it('do not begin before the changes of all who asked under their key are to be seen', async () => {
    await ask(0, 'k');
    const ledger = new JobLedger(lab.db, 60_000);
    const next = { names: [flaky.name], until: null, except: [] };
    let claimed: unknown;
    await lab.db.write(storeId, async (store) => {
      // What a write does at its end, held open for a look from outside.
      await store.execute(
        `INSERT INTO jobs (job_id, store_id, name, version, queue, payload, max_attempts, dedupe_key)
         VALUES (gen_random_uuid(), $1, $2, 2, 'swift', '{"fails":0}', 3, 'k')
         ON CONFLICT (name, lane, dedupe_key) WHERE state IN ('ready', 'queued') AND dedupe_key IS NOT NULL
         DO UPDATE SET run_at = least(jobs.run_at, excluded.run_at)`,
        [storeId, flaky.name],
      );
      claimed = await ledger.claimNext(next);
    });
    expect(claimed).toBeNull();
    expect(await ledger.claimNext(next)).toMatchObject({ attempt: 1 });
  });

  it('merge into the one that waits when they come back under its key', async () => {
    await ask(1, 'k');
    const ledger = new JobLedger(lab.db, 60_000);
    const job = await ledger.claimNext({ names: [flaky.name], until: null, except: [] });
    if (job === null) throw new Error('There should be a job.');
    await ask(0, 'k');
    expect((await table()).map(({ state }) => state).toSorted()).toEqual(['ready', 'running']);
    await ledger.retry(job, 60_000, 'failed');
    expect(await only()).toMatchObject({ state: 'ready', attempts: 0 });
  });

  it('are taken from a worker that gives no sign of life, whose word then counts for nothing', async () => {
    await ask(0);
    const ledger = new JobLedger(lab.db, 60_000);
    const next = { names: [flaky.name], until: null, except: [] };
    const old = await ledger.claimNext(next);
    if (old === null) throw new Error('There should be a job.');
    expect(await ledger.extend([old])).toEqual([{ jobId: old.jobId, dispatch: old.dispatch }]);
    expect(await ledger.sweep()).toMatchObject({ returned: 0, buried: 0 });
    await dueNow();
    expect(await ledger.sweep()).toMatchObject({ returned: 1, buried: 0 });
    const renewed = await ledger.claimNext(next);
    expect(renewed).toMatchObject({ jobId: old.jobId, attempt: 2 });

    expect(await ledger.extend([old])).toEqual([]);
    expect(await ledger.finish(old)).toBe(false);
    await ledger.retry(old, 0, 'late');
    await ledger.bury(old, 'late');
    expect(await only()).toMatchObject({
      state: 'running',
      last_error: expect.stringContaining('without a word'),
    });
    await dueNow();
    await ledger.sweep();
    await ledger.claimNext(next);
    await dueNow();
    expect(await ledger.sweep()).toMatchObject({ returned: 0, buried: 1 });
    expect(await only()).toMatchObject({ state: 'dead' });
  });

  it('of a newer version or an unknown name wait for a worker that knows them', async () => {
    const runner = new JobRunner(
      new JobLedger(lab.db, 60_000),
      HandlerRegistry.discover(lab.module),
      () => undefined,
    );
    const ledger = new JobLedger(lab.db, 60_000);
    await lab.db.acrossStores('plant jobs for a test', (tx) =>
      tx.execute(
        `INSERT INTO jobs (job_id, name, version, queue, payload, max_attempts) VALUES
         (gen_random_uuid(), $1, 3, 'swift', '{}', 3), (gen_random_uuid(), 'jobs-test.tomorrow', 1, 'swift', '{}', 3)`,
        [flaky.name],
      ),
    );
    const next = { names: [flaky.name, 'jobs-test.tomorrow'], until: null, except: [] };
    for (let time = 0; time < 2; time += 1) {
      const job = await ledger.claimNext(next);
      if (job === null) throw new Error('There should be a job.');
      expect((await runner.run(job)).outcome).toBe('postponed');
    }
    for (const row of await table()) {
      expect(row).toMatchObject({ state: 'ready', attempts: 0 });
      expect(row.wait).toBeGreaterThan(25);
    }
  });
});
