import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { handleOf } from './handle';
import type { Header } from './header';
import { readCells, readRows, type CsvRow, type Place } from './read-rows';
import type { FileScan } from './scan';

/** All rows of one product, in the order of the file. */
export interface ProductRows {
  /** Lower case; '' when the rows name neither a handle nor a title. */
  handle: string;
  rows: [CsvRow, ...CsvRow[]];
}

/**
 * A product keeps at most this many rows in memory: 2,048 variants and 250 pictures need fewer.
 * Rows beyond it are counted as empty rows, so that the verdict can still say how many there are.
 */
const MAX_KEPT_ROWS = 4_096;

type PlacedRow = Place & { line: number };

/**
 * Second pass: the products of a file, in a fixed order that a resumed import can rely on: products
 * whose rows stand together first, then those whose rows are apart, each in the order of the file.
 * Memory holds one product; of rows that stand apart it holds their places only.
 * @param path a file that `scanFile` has passed
 * @throws FileFault broken-quote when the file has changed since
 */
export async function* readProducts(path: string, scan: FileScan): AsyncGenerator<ProductRows> {
  const apart = new Map<string, PlacedRow[]>();
  let current: ProductRows | null = null;
  let first = true;
  for await (const { line, start, end, cells } of readRows(createReadStream(path))) {
    if (first) {
      first = false;
      continue;
    }
    const handle = handleOfRow(cells, scan.header);
    if (current && (current.handle !== handle || handle === '')) {
      yield current;
      current = null;
    }
    if (scan.apart.has(handle)) {
      const places = apart.get(handle);
      if (places) places.push({ line, start, end });
      else apart.set(handle, [{ line, start, end }]);
      continue;
    }
    if (current) keepRow(current, { line, cells });
    else current = { handle, rows: [{ line, cells }] };
  }
  if (current) yield current;
  yield* readApart(path, apart);
}

/** The handle of the product to which a row belongs; '' when it names neither handle nor title. */
export function handleOfRow(cells: readonly string[], { fields }: Header): string {
  const cell = (field: 'handle' | 'title') => cells[fields.get(field) ?? -1] ?? '';
  return handleOf(cell('handle'), cell('title'));
}

function keepRow(product: ProductRows, row: CsvRow): void {
  const full = product.rows.length >= MAX_KEPT_ROWS;
  product.rows.push(full ? { line: row.line, cells: [] } : row);
}

async function* readApart(
  path: string,
  apart: ReadonlyMap<string, PlacedRow[]>,
): AsyncGenerator<ProductRows> {
  if (apart.size === 0) return;
  const file = await open(path, 'r');
  try {
    for (const [handle, places] of apart) {
      let product: ProductRows | null = null;
      for (const { line, start, end } of places) {
        const bytes = Buffer.alloc(end - start);
        await file.read(bytes, 0, bytes.length, start);
        const row = { line, cells: readCells(bytes) };
        if (product) keepRow(product, row);
        else product = { handle, rows: [row] };
      }
      if (product) yield product;
    }
  } finally {
    await file.close();
  }
}
