import { inBatches } from './in-batches';

async function* numbers(to: number, seen: number[] = []) {
  for (let number = 1; number <= to; number += 1) {
    seen.push(number);
    yield number;
  }
}

async function all(source: AsyncIterable<number[]>): Promise<number[][]> {
  const batches: number[][] = [];
  for await (const batch of source) batches.push(batch);
  return batches;
}

describe('inBatches', () => {
  it('closes a batch at its number of items or of rows', async () => {
    const byItems = inBatches(numbers(5), { products: 2, rows: 99 }, () => 1);
    expect(await all(byItems)).toEqual([[1, 2], [3, 4], [5]]);
    const byRows = inBatches(numbers(5), { products: 99, rows: 4 }, (number) => number);
    expect(await all(byRows)).toEqual([[1, 2, 3], [4], [5]]);
    expect(await all(inBatches(numbers(0), { products: 1, rows: 1 }, () => 1))).toEqual([]);
  });

  it('reads one batch ahead and no further', async () => {
    const seen: number[] = [];
    const batches = inBatches(numbers(100, seen), { products: 3, rows: 99 }, () => 1);
    expect((await batches.next()).value).toEqual([1, 2, 3]);
    await new Promise(setImmediate);
    expect(seen).toEqual([1, 2, 3, 4, 5, 6]);
    await batches.return(undefined);
    expect(seen).toHaveLength(6);
  });

  it('hands an error of the source to the taker', async () => {
    async function* broken() {
      yield 1;
      throw new Error('The disk is gone.');
    }
    await expect(all(inBatches(broken(), { products: 1, rows: 9 }, () => 1))).rejects.toThrow(
      'The disk is gone.',
    );
  });
});
