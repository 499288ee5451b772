import { Log, Metrics } from '@platform/telemetry';
import { PageCache } from './page-cache';
import type { Stamps } from './stamps';

const stamps = { current: () => Promise.resolve(1) } as unknown as Stamps;

/** A cache, and how often a page of so many bytes is made when it is asked for that often. */
async function timesMade(bytes: number, asked: number): Promise<number> {
  const cache = new PageCache(stamps, {} as Log, new Metrics());
  const response = { status: 200, headers: {}, body: Buffer.alloc(bytes, 'x') };
  let made = 0;
  for (let time = 0; time < asked; time += 1) {
    const page = await cache.get('store', 'key', () => {
      made += 1;
      return Promise.resolve({ storeId: 'store', v: 1, response });
    });
    expect(page?.response.body).toHaveLength(bytes);
  }
  return made;
}

test('keeps a page from the first time on, a large one from the second', async () => {
  expect(await timesMade(256 * 1024, 4)).toBe(1);
  expect(await timesMade(256 * 1024 + 1, 4)).toBe(2);
});
