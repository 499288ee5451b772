import * as fc from 'fast-check';
import { Db } from '@platform/database';
import type { JobContext } from '@platform/outbox';
import { BlobStore } from '@platform/storage';
import { ImportBatches } from '../src/imports/import-batches.service';
import { ImportProductsJob } from '../src/worker/import-products.job';
import { openImportLab, type ImportLab } from './import-lab.builder';

let desk: ImportLab;
beforeAll(async () => {
  desk = await openImportLab();
});
afterAll(() => desk.lab.close());

class Killed extends Error {}

/** When in a transaction the process dies. */
type Moment = 'before it begins' | 'before it commits' | 'after it has committed';

/** A database whose process dies in its n-th write. */
function dyingDb(db: Db, writes: number, moment: Moment): Db {
  let left = writes;
  const write: Db['write'] = async (storeId, work, options) => {
    left -= 1;
    if (left !== 0) return db.write(storeId, work, options);
    if (moment === 'before it begins') throw new Killed();
    const result = await db.write(
      storeId,
      async (store) => {
        const done = await work(store);
        if (moment === 'before it commits') throw new Killed();
        return done;
      },
      options,
    );
    if (moment === 'after it has committed') throw new Killed();
    return result;
  };
  return Object.assign(Object.create(db) as Db, { write });
}

/** Small batches, so that there are many moments to die in. */
class SmallBatches extends ImportProductsJob {
  protected override size = { products: 3, rows: 100 };
}

/** 30 products of 2 variants; one has a fault, and the rows of two stand apart. */
function file(): string {
  const rows = [
    'Handle,Title,Option1 Name,Option1 Value,Price,Image Src,Inventory tracker,Inventory quantity',
  ];
  for (let at = 0; at < 30; at += 1) {
    const price = at === 13 ? 'x' : '1.50';
    rows.push(`p${at},P ${at},Size,S,${price},https://pictures.example/${at}.jpg,shopify,5`);
    if (at > 1) rows.push(`p${at},,,M,2,,shopify,1`);
  }
  rows.push('p1,,,M,2,,shopify,1', 'p0,,,M,2,,shopify,1');
  return rows.join('\n');
}

const counts = {
  products: { created: 29, updated: 0, skipped: 0, failed: 1 },
  variants: { created: 58, updated: 0, failed: 2 },
  images: { queued: 29, failed: 0 },
};

function jobOn(db: Db): ImportProductsJob {
  return new SmallBatches(db, desk.lab.get(BlobStore), desk.lab.get(ImportBatches));
}

function context(storeId: string, signal = new AbortController().signal): JobContext {
  return { storeId, jobId: 'job', attempt: 1, signal };
}

async function checkDone(storeId: string, importId: string): Promise<void> {
  const done = await desk.show(storeId, importId);
  expect(done).toMatchObject({ status: 'completed', progress: 1, counts });
  expect(done.problems.map(({ code, handle }) => `${handle}:${code}`)).toEqual(['p13:bad-price']);
  const rows = await desk.dump(storeId);
  expect([rows.products, rows.variants, rows.product_media].map((list) => list?.length)).toEqual([
    29, 58, 29,
  ]);
}

describe('an import whose worker is killed', () => {
  it('goes on where it stopped, and loses and doubles nothing', async () => {
    const moment = fc.constantFrom<Moment>(
      'before it begins',
      'before it commits',
      'after it has committed',
    );
    const deaths = fc.array(fc.tuple(fc.integer({ min: 1, max: 9 }), moment), {
      minLength: 1,
      maxLength: 6,
    });
    await fc.assert(
      fc.asyncProperty(deaths, fc.boolean(), async (list, dryRun) => {
        const storeId = await desk.lab.aStore();
        const importId = await desk.start(storeId, file(), { dryRun });
        for (const [writes, at] of list) {
          const job = jobOn(dyingDb(desk.lab.db, writes, at));
          await job.run({ importId }, context(storeId)).catch((error: unknown) => {
            if (!(error instanceof Killed)) throw error;
          });
        }
        await jobOn(desk.lab.db).run({ importId }, context(storeId));
        if (!dryRun) return checkDone(storeId, importId);
        expect(await desk.show(storeId, importId)).toMatchObject({ status: 'completed', counts });
        expect((await desk.dump(storeId)).products).toEqual([]);
      }),
      { numRuns: 12 },
    );
  }, 120_000);

  it('is not done twice when two workers have it at once', async () => {
    const storeId = await desk.lab.aStore();
    const importId = await desk.start(storeId, file());
    const both = [1, 2].map(() => jobOn(desk.lab.db).run({ importId }, context(storeId)));
    const ends = await Promise.allSettled(both);
    for (const end of ends) {
      if (end.status === 'rejected') expect(String(end.reason)).toContain('Another worker');
    }
    await jobOn(desk.lab.db).run({ importId }, context(storeId));
    await checkDone(storeId, importId);
  });

  it('stops between two batches when it is told to', async () => {
    const storeId = await desk.lab.aStore();
    const importId = await desk.start(storeId, file());
    const stop = new AbortController();
    stop.abort(new Error('The worker stops.'));
    const run = jobOn(desk.lab.db).run({ importId }, context(storeId, stop.signal));
    await expect(run).rejects.toThrow('The worker stops.');
    expect(await desk.show(storeId, importId)).toMatchObject({ status: 'running', progress: 0 });
    await desk.lab.drain();
    await checkDone(storeId, importId);
  });
});
