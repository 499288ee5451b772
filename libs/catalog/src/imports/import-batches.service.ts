import { Inject, Injectable } from '@nestjs/common';
import { QueryFailedError } from 'typeorm';
import { AppError } from '@libs/kernel';
import { Stores } from '@libs/stores';
import type { StoreReader, StoreWriter } from '@platform/database';
import type { ProductImportCounts } from '../contract/product-imports.contract';
import type { FileScan, ImportProblem, ReadProduct } from '../csv';
import { writeProducts } from '../product-write';
import { fillOptions } from './fill-options';
import { judge, type Outcome } from './judge';
import { ProductImportRow } from './product-import.entity';
import { ProductImportsService } from './product-imports.service';
import { toDraft } from './to-draft';

/** Some products of a file, and how many came before them. */
export interface Batch {
  items: readonly ReadProduct[];
  done: number;
  scan: FileScan;
  /** Why the database refused the only item, when it did. */
  refused?: string;
}

/** Writes an import's products, and moves its position with them. */
@Injectable()
export class ImportBatches {
  constructor(
    @Inject(ProductImportsService) private readonly imports: ProductImportsService,
    @Inject(Stores) private readonly stores: Stores,
  ) {}

  /** Marks an import as running; null when it is settled already. */
  async begin(store: StoreWriter, id: string): Promise<ProductImportRow | null> {
    const row = await this.imports.getImport(store, id);
    if (row.status === 'completed' || row.status === 'failed') return null;
    await store.rows(ProductImportRow).update({ id }, { status: 'running' });
    return row;
  }

  /** ISO 4217 code of the store, in which its prices are. */
  async currencyOf(store: StoreReader): Promise<string> {
    return (await this.stores.get(store)).currency;
  }

  /**
   * Locks the import for this transaction.
   * @returns false when its position is not the expected one: somebody else has moved it
   */
  async hold(store: StoreWriter, id: string, done: number): Promise<boolean> {
    // A session keeps the plans of its foreign key checks. Made while a table without statistics
    // was small, they read all of a store's rows for each check: an import would slow down with
    // every batch until the next ANALYZE. Planning them anew costs about a millisecond a batch.
    await store.execute('DISCARD PLANS');
    const [row] = await store.query<{ done: number; status: string }>(
      `SELECT products_done AS done, status FROM product_imports
       WHERE store_id = $1 AND id = $2 FOR UPDATE`,
      [store.storeId, id],
    );
    return row?.done === done && row.status === 'running';
  }

  /** Writes what can be written of a batch. */
  async write(
    store: StoreWriter,
    { overwrite }: Pick<ProductImportRow, 'overwrite'>,
    batch: Batch,
  ): Promise<Outcome> {
    if (batch.refused !== undefined) return judge(batch.items, new Map(), batch.refused);
    const { header } = batch.scan;
    const filled = header.fields.has('option1Value')
      ? batch.items
      : await fillOptions(store, batch.items);
    const drafts = filled.flatMap(({ product }) => (product ? [toDraft(product)] : []));
    const verdicts = await writeProducts(store, drafts, { overwrite, cause: 'import' });
    const byHandle = new Map(verdicts.map((verdict) => [verdict.handle, verdict]));
    return judge(filled, byHandle);
  }

  /** Adds a batch's outcome to the import and moves its position. */
  async advance(store: StoreWriter, id: string, batch: Batch, outcome: Outcome): Promise<void> {
    const row = await this.imports.getImport(store, id);
    const notices = batch.done === 0 ? batch.scan.header.notices : [];
    const problems = [...notices, ...outcome.problems];
    await this.imports.addProblems(store, id, row.problemCount, problems);
    const productsDone = batch.done + batch.items.length;
    await store.rows(ProductImportRow).update(
      { id },
      {
        productsDone,
        progress: Math.min(1, productsDone / Math.max(1, batch.scan.products)),
        counts: addCounts(row.counts, outcome.counts),
        problemCount: row.problemCount + problems.length,
      },
    );
  }

  /** Ends an import; one of which nothing could be used has failed. */
  async finish(store: StoreWriter, id: string): Promise<void> {
    const { status, counts } = await this.imports.getImport(store, id);
    if (status !== 'running') return;
    const { created, updated, skipped, failed } = counts.products;
    const useless = failed > 0 && created + updated + skipped === 0;
    await this.end(store, id, useless ? 'failed' : 'completed', counts);
  }

  /** Ends an import whose file cannot be used. */
  async fail(store: StoreWriter, id: string, problem: ImportProblem): Promise<void> {
    const { status, counts, problemCount } = await this.imports.getImport(store, id);
    if (status !== 'running') return;
    await this.imports.addProblems(store, id, problemCount, [problem]);
    await store.rows(ProductImportRow).update({ id }, { problemCount: problemCount + 1 });
    await this.end(store, id, 'failed', counts);
  }

  /** Why a batch cannot be written as it is, in a sentence; null for an error that may pass. */
  refusal(error: unknown): string | null {
    if (error instanceof AppError) return error.message;
    if (!(error instanceof QueryFailedError)) return null;
    // Class 22: a value that a column cannot hold. Class 23: a rule of a table (PostgreSQL, appendix A).
    const { code } = error.driverError as { code?: string };
    return code?.startsWith('22') || code?.startsWith('23')
      ? `The database refused the product: ${error.message}`
      : null;
  }

  private async end(
    store: StoreWriter,
    id: string,
    status: 'completed' | 'failed',
    counts: ProductImportCounts,
  ): Promise<void> {
    await store
      .rows(ProductImportRow)
      .update({ id }, { status, progress: 1, finishedAt: new Date() });
    store.record({
      action: `product-import.${status}`,
      target: { kind: 'product-import', id },
      after: { counts },
    });
  }
}

function addCounts(a: ProductImportCounts, b: ProductImportCounts): ProductImportCounts {
  return {
    products: {
      created: a.products.created + b.products.created,
      updated: a.products.updated + b.products.updated,
      skipped: a.products.skipped + b.products.skipped,
      failed: a.products.failed + b.products.failed,
    },
    variants: {
      created: a.variants.created + b.variants.created,
      updated: a.variants.updated + b.variants.updated,
      failed: a.variants.failed + b.variants.failed,
    },
    images: {
      queued: a.images.queued + b.images.queued,
      failed: a.images.failed + b.images.failed,
    },
  };
}
