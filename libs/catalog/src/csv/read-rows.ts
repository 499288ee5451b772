import { pipeline, type Readable } from 'node:stream';
import { CsvError, parse, type Info, type Options } from 'csv-parse';
import { parse as parseSync } from 'csv-parse/sync';
import { FileFault } from './problem';
import { MAX_RECORD_BYTES } from './record-scanner';

/** One record of the file: the physical line on which it starts, and its cells as text. */
export interface CsvRow {
  line: number;
  cells: string[];
}

/** Where in the file a record lies, in bytes from its start. */
export interface Place {
  start: number;
  end: number;
}

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

/**
 * Parses a CSV file record by record, the first line included; rows of empty cells are left out.
 * @throws FileFault broken-quote
 */
export async function* readRows(source: Readable): AsyncGenerator<CsvRow & Place> {
  const parser = parse(OPTIONS);
  // A failed read destroys the parser, whose iteration below then throws the same error.
  pipeline(source, parser, () => undefined);
  let previous = { lines: 0, empty: 0, bytes: 0 };
  try {
    for await (const { info, record } of parser as AsyncIterable<Parsed>) {
      const line = previous.lines + 1 + info.empty_lines - previous.empty;
      const start = previous.bytes;
      previous = { lines: info.lines, empty: info.empty_lines, bytes: info.bytes };
      if (record.some((cell) => cell !== '')) {
        yield { line, start, end: info.bytes, cells: record };
      }
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new FileFault('broken-quote', previous.lines + 1, error.message);
  }
}

/** The cells of one record, from the bytes of its place. */
export function readCells(bytes: Buffer): string[] {
  const [row] = parseSync(bytes, { ...OPTIONS, bom: false }) as unknown as Parsed[];
  return row?.record ?? [];
}
