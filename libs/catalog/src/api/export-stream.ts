import { Readable, pipeline } from 'node:stream';
import { stringify } from 'csv-stringify';
import type { Db } from '@platform/database';
import type { ProductExportsService } from '../exports/product-exports.service';

/**
 * A store's products as CSV, page by page: each page is a transaction of its own, so that a slow
 * client holds none open.
 */
export function exportStream(db: Db, exports: ProductExportsService, storeId: string): Readable {
  // Formulas are guarded cell by cell, since a negative number is none.
  const csv = stringify({ record_delimiter: '\r\n' });
  // A failed page destroys the output, which ends the download with an error.
  pipeline(Readable.from(exportLines(db, exports, storeId)), csv, () => undefined);
  return csv;
}

async function* exportLines(
  db: Db,
  exports: ProductExportsService,
  storeId: string,
): AsyncGenerator<string[]> {
  const plan = await db.read(storeId, (store) => exports.plan(store));
  yield plan.header;
  let after: string | null = null;
  do {
    const page = await db.read(storeId, (store) => exports.readPage(store, plan, after));
    yield* page.rows;
    after = page.next;
  } while (after !== null);
}
