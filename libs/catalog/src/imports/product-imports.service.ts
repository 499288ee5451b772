import { Injectable } from '@nestjs/common';
import { type Page, decodeCursor, toPage } from '@libs/kernel';
import type { StoreReader, StoreWriter } from '@platform/database';
import type { ProductImport, ProductImportProblem } from '../contract/product-imports.contract';
import type { ImportProblem } from '../csv';
import { isFault } from '../csv';
import { importErrors } from './imports.errors';
import { noCounts } from './judge';
import { importProducts } from './import-products.job';
import { ProductImportProblemRow, ProductImportRow } from './product-import.entity';

/** How many problems an import shows at once; the list of problems has them all. */
const SHOWN_PROBLEMS = 1_000;

/** What a merchant asks for with a file. */
export interface NewImport {
  id: string;
  fileKey: string;
  filename: string;
  dryRun: boolean;
  overwrite: boolean;
}

/** Starts imports of product files and tells how they stand. */
@Injectable()
export class ProductImportsService {
  /** Where the file of an import lies in the blob store. */
  fileKey(storeId: string, importId: string): string {
    return `imports/${storeId}/${importId}.csv`;
  }

  /** Takes an import in and asks for its work. */
  async startImport(store: StoreWriter, wanted: NewImport): Promise<void> {
    await store.rows(ProductImportRow).insert({
      ...wanted,
      status: 'queued',
      actor: store.actor,
      progress: 0,
      productsDone: 0,
      counts: noCounts(),
      problemCount: 0,
      finishedAt: null,
    });
    store.enqueue(importProducts, { importId: wanted.id });
    store.record({
      action: 'product-import.started',
      target: { kind: 'product-import', id: wanted.id },
      after: { filename: wanted.filename, dryRun: wanted.dryRun, overwrite: wanted.overwrite },
    });
  }

  /** @throws catalog-imports.import-missing */
  async getImport(store: StoreReader, id: string): Promise<ProductImportRow> {
    const row = await store.rows(ProductImportRow).findOne({ id });
    if (!row) throw importErrors.error('import-missing');
    return row;
  }

  /** An import as the API shows it. @throws catalog-imports.import-missing */
  async showImport(store: StoreReader, id: string): Promise<ProductImport> {
    const { status, progress, counts } = await this.getImport(store, id);
    const problems = await this.readProblems(store, id, 0, SHOWN_PROBLEMS);
    return { status, progress, counts, problems: problems.map(shown) };
  }

  /** A page of an import's problems. @throws catalog-imports.import-missing, paging.bad-cursor */
  async listProblems(
    store: StoreReader,
    id: string,
    { limit, cursor }: { limit: number; cursor?: string },
  ): Promise<Page<ProductImportProblem>> {
    await this.getImport(store, id);
    const after = cursor === undefined ? 0 : Number(decodeCursor(cursor, 1)[0]);
    const page = toPage(await this.readProblems(store, id, after, limit + 1), limit, ({ seq }) => [
      seq,
    ]);
    return { items: page.items.map(shown), nextCursor: page.nextCursor };
  }

  /** Every fault of an import, in order: what its file of failed rows is made of. */
  async listFaults(store: StoreReader, id: string): Promise<ImportProblem[]> {
    const rows = await store
      .rows(ProductImportProblemRow)
      .find({ importId: id, fault: true }, { order: { seq: 'ASC' } });
    return rows.map((row) => ({ ...row, code: row.code as ImportProblem['code'] }));
  }

  /** Appends findings; `from` is how many there are already. */
  async addProblems(
    store: StoreWriter,
    id: string,
    from: number,
    problems: readonly ImportProblem[],
  ): Promise<void> {
    if (problems.length === 0) return;
    const rows = problems.map((problem, index) => ({
      ...problem,
      seq: from + index + 1,
      fault: isFault(problem),
    }));
    await store.execute(
      `INSERT INTO product_import_problems
         (store_id, import_id, seq, line, handle, field, code, message, fault)
       SELECT $1, $2, seq, line, handle, field, code, message, fault
       FROM jsonb_to_recordset($3) AS p (seq int, line int, handle text, field text, code text,
         message text, fault boolean)`,
      [store.storeId, id, JSON.stringify(rows)],
    );
  }

  private readProblems(
    store: StoreReader,
    id: string,
    after: number,
    limit: number,
  ): Promise<ProductImportProblemRow[]> {
    return store.query<ProductImportProblemRow>(
      `SELECT seq, line, handle, field, code, message FROM product_import_problems
       WHERE store_id = $1 AND import_id = $2 AND seq > $3 ORDER BY seq LIMIT $4`,
      [store.storeId, id, after, limit],
    );
  }
}

function shown(row: ProductImportProblem): ProductImportProblem {
  const { line, handle, field, code, message } = row;
  return { line, handle, field, code, message };
}
