import { z } from 'zod';
import type { Db } from '@platform/database';
import { defineJob } from '@platform/outbox';
import { defaultQueueOptions, JobLedger, Timetable } from '@platform/queue';
import { type Lab, openLab } from '@testing';
import { Dispatcher } from '../src/queue/dispatcher';

const swift = defineJob('fairness-test.swift', {
  version: 1,
  queue: 'swift',
  payload: z.object({}),
});
const heavy = defineJob('fairness-test.heavy', {
  version: 1,
  queue: 'heavy',
  payload: z.object({}),
});

describe('fair turns', () => {
  let lab: Lab;
  let ledger: JobLedger;
  let dispatcher: Dispatcher;

  beforeEach(async () => {
    lab = await openLab({ modules: [] });
    ledger = new JobLedger(lab.db, 60_000);
    dispatcher = new Dispatcher(lab.db, defaultQueueOptions);
  });

  afterEach(() => lab.close());

  const plant = (db: Db, storeId: string, count: number): Promise<number> =>
    db.acrossStores('plant jobs for a test', (tx) =>
      tx.execute(
        `INSERT INTO jobs (job_id, store_id, name, version, queue, payload, max_attempts)
         SELECT gen_random_uuid(), $1, $2, 1, 'swift', '{}', 10 FROM generate_series(1, $3)`,
        [storeId, swift.name, count],
      ),
    );
  const storeOf = (jobId: string): Promise<string | undefined> =>
    lab.db.acrossStores('look at a job for a test', async (tx) => {
      const [row] = await tx.query<{ s: string }>(
        'SELECT store_id AS s FROM jobs WHERE job_id = $1',
        [jobId],
      );
      return row?.s;
    });

  it('ten thousand jobs of one store delay one of another by at most the window', async () => {
    const [a, b] = [await lab.aStore(), await lab.aStore()];
    await plant(lab.db, a, 10_000);
    // What a queue does: first in, first out.
    const queue = await dispatcher.dispatch();
    expect(queue).toHaveLength(defaultQueueOptions.window.swift);
    await lab.db.write(b, async (store) => store.enqueue(swift, {}));

    let ahead = 0;
    for (;;) {
      const next = queue.shift();
      if (next === undefined) throw new Error('The queue ran dry before the job came.');
      if ((await storeOf(next.jobId)) === b) break;
      const job = await ledger.claim(next);
      queue.push(...(await dispatcher.dispatch()));
      if (job !== null) await ledger.finish(job);
      ahead += 1;
    }
    expect(ahead).toBeLessThanOrEqual(defaultQueueOptions.window.swift);
  });

  it('many stores with backlogs are served evenly, also when more of them wait than fit', async () => {
    const stores = await Promise.all(Array.from({ length: 40 }, () => lab.aStore()));
    for (const storeId of stores) await plant(lab.db, storeId, 8);
    const served = new Map(stores.map((storeId) => [storeId, 0]));
    const queue = await dispatcher.dispatch();
    for (let time = 0; time < 120; time += 1) {
      const job = await ledger.claim(queue.shift() ?? { jobId: '', dispatch: 0 });
      if (job === null) throw new Error('Nobody else takes jobs.');
      served.set(job.storeId ?? '', (served.get(job.storeId ?? '') ?? 0) + 1);
      await ledger.finish(job);
      queue.push(...(await dispatcher.dispatch()));
    }
    const counts = [...served.values()];
    expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
  });

  it('a store runs one heavy job at a time, the platform itself counts as a store of its own', async () => {
    const [a, b] = [await lab.aStore(), await lab.aStore()];
    for (const storeId of [a, b]) {
      await lab.db.write(storeId, async (store) => {
        store.enqueue(heavy, {});
        store.enqueue(heavy, {});
      });
    }
    await lab.db.outsideStores(async (tx) => tx.enqueue(heavy, {}));
    const first = await dispatcher.dispatch();
    expect(await Promise.all(first.map(({ jobId }) => storeOf(jobId)))).toEqual(
      expect.arrayContaining([a, b, null]),
    );
    expect(first).toHaveLength(3);
    expect(await dispatcher.dispatch()).toEqual([]);
    const job = await ledger.claim(first[0] ?? { jobId: '', dispatch: 0 });
    expect(await dispatcher.dispatch()).toEqual([]);
    if (job !== null) await ledger.finish(job);
    expect(await dispatcher.dispatch()).toHaveLength(1);
  });

  it('several workers that dispatch at once hand nothing out twice and respect the window', async () => {
    const stores = await Promise.all([lab.aStore(), lab.aStore()]);
    for (const storeId of stores) await plant(lab.db, storeId, 100);
    const others = [1, 2, 3].map(() => new Dispatcher(lab.db, defaultQueueOptions));
    const given = (await Promise.all(others.map((other) => other.dispatch()))).flat();
    given.push(...(await dispatcher.dispatch()));
    expect(given).toHaveLength(defaultQueueOptions.window.swift);
    expect(new Set(given.map(({ jobId }) => jobId)).size).toBe(given.length);
    await ledger.takeBack(given);
    expect(await dispatcher.dispatch()).toHaveLength(defaultQueueOptions.window.swift);
  });
});

describe('the timetable', () => {
  it('gives each tick to one worker, at its time, and goes on after a failure', async () => {
    const lab = await openLab({ modules: [] });
    try {
      let ticks = 0;
      const errors: unknown[] = [];
      const entries = [
        { name: 'fairness-test.tick', everyMs: 3_600_000, tick: async () => void (ticks += 1) },
        {
          name: 'fairness-test.broken',
          everyMs: 3_600_000,
          tick: () => Promise.reject(new Error('broken')),
        },
      ];
      const workers = [1, 2, 3].map(
        () => new Timetable(lab.db, entries, ({ error }) => error && errors.push(error)),
      );
      const round = async (): Promise<number> =>
        (await Promise.all(workers.map((worker) => worker.round()))).reduce((a, b) => a + b);
      expect(await round()).toBe(2);
      expect(await round()).toBe(0);
      await lab.db.acrossStores('let time pass for a test', (tx) =>
        tx.execute('UPDATE schedule_ticks SET next_at = now()'),
      );
      expect(await round()).toBe(2);
      await Promise.all(workers.map((worker) => worker.stop(1_000)));
      expect(ticks).toBe(2);
      expect(errors).toHaveLength(2);
      expect(await round()).toBe(0);
    } finally {
      await lab.close();
    }
  });
});
