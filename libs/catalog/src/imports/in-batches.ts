/** How much one transaction of an import writes: enough to be fast, little enough to be quick. */
export interface BatchSize {
  products: number;
  rows: number;
}

/**
 * Gathers a stream into batches, reading the next while the taker works on the present one, so that
 * the file is read while the database writes. Two batches are in memory at most.
 * @param weigh how many rows an item has
 */
export async function* inBatches<T>(
  items: AsyncIterable<T>,
  size: BatchSize,
  weigh: (item: T) => number,
): AsyncGenerator<T[]> {
  const batches = gather(items, size, weigh);
  let next = batches.next();
  try {
    for (;;) {
      const present = await next;
      if (present.done) return;
      next = batches.next();
      // The taker may stop before it asks for the next batch; its error is then nobody's.
      next.catch(() => undefined);
      yield present.value;
    }
  } finally {
    await next.catch(() => undefined);
    await batches.return(undefined);
  }
}

async function* gather<T>(
  items: AsyncIterable<T>,
  size: BatchSize,
  weigh: (item: T) => number,
): AsyncGenerator<T[], void> {
  let batch: T[] = [];
  let rows = 0;
  for await (const item of items) {
    batch.push(item);
    rows += weigh(item);
    if (batch.length >= size.products || rows >= size.rows) {
      yield batch;
      batch = [];
      rows = 0;
    }
  }
  if (batch.length > 0) yield batch;
}
