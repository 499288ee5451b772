import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { Db, type StoreWriter } from '@platform/database';
import { HandlesJob, type JobContext, type JobHandler, RetryAt } from '@platform/outbox';
import { BlobStore } from '@platform/storage';
import { FileFault, readProduct, readProducts, scanFile, type FileScan } from '../csv';
import { ImportBatches, type Batch } from '../imports/import-batches.service';
import type { Outcome } from '../imports/judge';
import { importProducts } from '../imports/import-products.job';
import { type BatchSize, inBatches } from '../imports/in-batches';
import type { ProductImportRow } from '../imports/product-import.entity';

/** A transaction of about a tenth of a second on a small machine. */
const BATCH: BatchSize = { products: 200, rows: 1_000 };

/** How soon to look again when another worker holds the import. */
const TAKEN_MS = 5_000;

/** Carries a dry run's verdicts out of the transaction that it rolls back. */
class DryRun extends Error {
  constructor(readonly outcome: Outcome) {
    super('A dry run changes nothing.');
  }
}

/**
 * Does an import: proves the whole file first, then writes it batch by batch. Each batch moves the
 * import's own position in the same transaction, so that it may be killed anywhere and run again.
 */
@Injectable()
@HandlesJob(importProducts)
export class ImportProductsJob implements JobHandler<typeof importProducts> {
  /** How much one transaction writes. */
  protected size = BATCH;

  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(BlobStore) private readonly blobs: BlobStore,
    @Inject(ImportBatches) private readonly batches: ImportBatches,
  ) {}

  async run(
    { importId }: z.output<typeof importProducts.payload>,
    { storeId, signal }: JobContext,
  ): Promise<void> {
    if (storeId === null) throw new Error('An import belongs to a store.');
    const row = await this.db.write(storeId, (store) => this.batches.begin(store, importId));
    if (!row) return;
    const folder = await mkdtemp(join(tmpdir(), 'caravel-import-'));
    try {
      const path = await this.fetchFile(row, folder);
      await this.importFile(row, path, signal);
    } catch (error) {
      if (!(error instanceof FileFault)) throw error;
      await this.write(row, (store) => this.batches.fail(store, row.id, error.problem));
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  private async fetchFile({ fileKey }: ProductImportRow, folder: string): Promise<string> {
    const blob = await this.blobs.get(fileKey);
    if (!blob)
      throw new FileFault('file-missing', 1, 'The file is no longer there. Send it again.');
    const path = join(folder, 'products.csv');
    await pipeline(blob.stream, createWriteStream(path));
    return path;
  }

  private async importFile(
    row: ProductImportRow,
    path: string,
    signal: AbortSignal,
  ): Promise<void> {
    const scan = await scanFile(createReadStream(path, { highWaterMark: 1 << 18 }));
    const currency = await this.db.read(row.storeId, (store) => this.batches.currencyOf(store));
    let done = row.productsDone;
    const products = readFrom(path, scan, currency, done);
    for await (const items of inBatches(products, this.size, ({ counts }) => counts.variants)) {
      signal.throwIfAborted();
      await this.settle(row, { items, done, scan });
      done += items.length;
    }
    await this.write(row, (store) => this.batches.finish(store, row.id));
  }

  /** Settles a batch as a whole; when the database refuses it, product by product. */
  private async settle(row: ProductImportRow, batch: Batch): Promise<void> {
    try {
      await this.settleWhole(row, batch);
    } catch (error) {
      const reason = this.batches.refusal(error);
      if (reason === null) throw error;
      const { items, done, scan } = batch;
      if (items.length === 1) {
        await this.settleWhole(row, { ...batch, refused: reason });
        return;
      }
      for (const [index, item] of items.entries()) {
        await this.settle(row, { items: [item], done: done + index, scan });
      }
    }
  }

  private async settleWhole(row: ProductImportRow, batch: Batch): Promise<void> {
    const tried = row.dryRun ? await this.tryOut(row, batch) : null;
    const taken = await this.write(row, async (store) => {
      if (!(await this.batches.hold(store, row.id, batch.done))) return true;
      const outcome = tried ?? (await this.batches.write(store, row, batch));
      await this.batches.advance(store, row.id, batch, outcome);
      return false;
    });
    if (taken) {
      throw new RetryAt(new Date(Date.now() + TAKEN_MS), 'Another worker does this import.');
    }
  }

  private async tryOut(row: ProductImportRow, batch: Batch): Promise<Outcome> {
    try {
      return await this.write(row, async (store) => {
        throw new DryRun(await this.batches.write(store, row, batch));
      });
    } catch (error) {
      if (error instanceof DryRun) return error.outcome;
      throw error;
    }
  }

  private write<T>(
    { storeId, actor }: ProductImportRow,
    work: (store: StoreWriter) => Promise<T>,
  ): Promise<T> {
    return this.db.write(storeId, work, { actor });
  }
}

/** The products of a file from a position on. */
async function* readFrom(path: string, scan: FileScan, currency: string, from: number) {
  let position = 0;
  for await (const rows of readProducts(path, scan)) {
    position += 1;
    if (position > from) yield readProduct(rows, scan.header, currency);
  }
}
