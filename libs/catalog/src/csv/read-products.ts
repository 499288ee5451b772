import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import { CsvError, parse, type Info, type Options } from 'csv-parse';
import { parse as parseSync } from 'csv-parse/sync';
import { handleOf } from './handle';
import { FileFault } from './problem';
import { MAX_RECORD_BYTES } from './record-scanner';
import type { FileScan } from './scan';

/** One record of the file: the physical line on which it starts, and its cells as text. */
export interface CsvRow {
  line: number;
  cells: string[];
}

/** All rows of one product, in the order of the file. */
export interface ProductRows {
  /** Lower case; '' when the rows name neither a handle nor a title. */
  handle: string;
  rows: CsvRow[];
}

/**
 * A product keeps at most this many rows in memory: 2,048 variants and 250 pictures need fewer.
 * Rows beyond it are counted as empty rows, so that the verdict can still say how many there are.
 */
const MAX_KEPT_ROWS = 4_096;

// `cast` stays off: 0.00 and 2016 are text until a column says otherwise.
const OPTIONS: Options = {
  bom: true,
  info: true,
  max_record_size: MAX_RECORD_BYTES,
  record_delimiter: ['\r\n', '\n', '\r'],
  relax_column_count: true,
  skip_empty_lines: true,
};

interface Parsed {
  info: Info;
  record: string[];
}

interface Slice {
  line: number;
  start: number;
  end: number;
}

/**
 * Second pass: the products of a file, in a fixed order that a resumed import can rely on: products
 * whose rows stand together first, then those whose rows are apart, each in the order of the file.
 * Memory holds one product; of rows that stand apart it holds their places only.
 * @param path a file that `scanFile` has passed
 * @throws FileFault broken-quote when the file has changed since
 */
export async function* readProducts(path: string, scan: FileScan): AsyncGenerator<ProductRows> {
  const places = new Map<string, Slice[]>();
  let current: ProductRows | null = null;
  for await (const { line, start, end, cells } of readRows(path)) {
    const handle = rowHandle(cells, scan);
    if (current && (current.handle !== handle || handle === '')) {
      yield current;
      current = null;
    }
    if (scan.apart.has(handle)) {
      const slices = places.get(handle);
      if (slices) slices.push({ line, start, end });
      else places.set(handle, [{ line, start, end }]);
      continue;
    }
    current ??= { handle, rows: [] };
    keepRow(current, { line, cells });
  }
  if (current) yield current;
  yield* readApart(path, places);
}

function rowHandle(cells: readonly string[], { header }: FileScan): string {
  const cell = (field: 'handle' | 'title') => cells[header.fields.get(field) ?? -1] ?? '';
  return handleOf(cell('handle'), cell('title'));
}

function keepRow(product: ProductRows, row: CsvRow): void {
  const full = product.rows.length >= MAX_KEPT_ROWS;
  product.rows.push(full ? { line: row.line, cells: [] } : row);
}

async function* readRows(path: string): AsyncGenerator<Slice & CsvRow> {
  const parser = parse(OPTIONS);
  // A failed read destroys the parser, whose iteration below then throws the same error.
  pipeline(createReadStream(path), parser, () => undefined);
  let previous = { lines: 0, empty: 0, bytes: 0 };
  try {
    for await (const { info, record } of parser as AsyncIterable<Parsed>) {
      const line = previous.lines + 1 + info.empty_lines - previous.empty;
      const start = previous.bytes;
      const end = info.bytes;
      const first = previous.bytes === 0;
      previous = { lines: info.lines, empty: info.empty_lines, bytes: end };
      if (!first && record.some((cell) => cell !== '')) yield { line, start, end, cells: record };
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new FileFault('broken-quote', previous.lines + 1, error.message);
  }
}

async function* readApart(
  path: string,
  places: ReadonlyMap<string, Slice[]>,
): AsyncGenerator<ProductRows> {
  if (places.size === 0) return;
  const file = await open(path, 'r');
  try {
    for (const [handle, slices] of places) {
      const product: ProductRows = { handle, rows: [] };
      for (const { line, start, end } of slices) {
        const bytes = Buffer.alloc(end - start);
        await file.read(bytes, 0, bytes.length, start);
        const [row] = parseSync(bytes, { ...OPTIONS, bom: false }) as unknown as Parsed[];
        keepRow(product, { line, cells: row?.record ?? [] });
      }
      yield product;
    }
  } finally {
    await file.close();
  }
}
