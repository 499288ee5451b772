import { Utf8Check } from './encoding';
import { checkDelimiter, readHeader, type Header } from './header';
import { handleOf } from './handle';
import { FileFault } from './problem';
import { RecordScanner, type ScannedRecord } from './record-scanner';

/** More rows than this are refused: the handles of a file are held in memory, about 100 bytes each. */
export const MAX_ROWS = 1_000_000;

/** What the first pass over a file found. */
export interface FileScan {
  header: Header;
  rows: number;
  /** Products, counted by handle. */
  products: number;
  /** Handles whose rows do not stand together; the second pass gathers them at the end. */
  apart: ReadonlySet<string>;
}

/**
 * First pass: proves that the whole file can be read, without keeping it. Memory holds one chunk
 * and the handles.
 * @param source the file's bytes
 * @throws FileFault for anything that spoils the file as a whole
 */
export async function scanFile(source: AsyncIterable<Buffer>): Promise<FileScan> {
  const scan = new Scan();
  for await (const chunk of source) scan.push(chunk);
  return scan.end();
}

class Scan {
  private readonly utf8 = new Utf8Check();
  private readonly scanner = new RecordScanner((record) => this.take(record));
  private readonly seen = new Set<string>();
  private readonly apart = new Set<string>();
  private header: Header | null = null;
  private lead: Buffer | null = Buffer.alloc(0);
  private rows = 0;
  private handle: string | null = null;

  push(chunk: Buffer): void {
    this.utf8.push(chunk);
    if (this.lead === null) {
      this.scanner.push(chunk);
      return;
    }
    // The first line is held back until it is whole: its separators are judged before its quotes.
    this.lead = Buffer.concat([this.lead, chunk]);
    if (/[\r\n]/.test(this.lead.toString('latin1')) || this.lead.length > 65_536) this.start();
  }

  end(): FileScan {
    this.utf8.end();
    if (this.lead) this.start();
    this.scanner.end();
    if (!this.header) throw new FileFault('empty-file', 1, 'The file is empty.');
    if (this.rows === 0) {
      throw new FileFault('no-rows', 1, 'The file has a first line but no products below it.');
    }
    const { header, rows, apart } = this;
    return { header, rows, products: this.seen.size, apart };
  }

  private start(): void {
    const lead = this.lead as Buffer;
    this.lead = null;
    const bom = lead[0] === 0xef && lead[1] === 0xbb && lead[2] === 0xbf;
    const bytes = bom ? lead.subarray(3) : lead;
    checkDelimiter(bytes.toString('utf8').split(/[\r\n]/, 1)[0] ?? '');
    this.scanner.push(bytes);
  }

  private take({ line, blank, cells }: ScannedRecord): void {
    if (!this.header) {
      this.header = readHeader([...cells.values()]);
      const { fields } = this.header;
      this.scanner.wanted = new Set([fields.get('handle') ?? -1, fields.get('title') ?? -1]);
      return;
    }
    if (blank) return;
    this.rows += 1;
    if (this.rows > MAX_ROWS) {
      throw new FileFault('too-many-rows', line, `The file has more than ${MAX_ROWS} rows.`);
    }
    this.note(line, cells, this.header);
  }

  private note(line: number, cells: ReadonlyMap<number, string>, header: Header): void {
    const cell = (field: 'handle' | 'title') => cells.get(header.fields.get(field) ?? -1) ?? '';
    const handle = handleOf(cell('handle'), cell('title'));
    if (handle === '' && !header.fields.has('handle')) {
      throw new FileFault(
        'missing-column',
        line,
        `The column “Handle” is missing: the row on line ${line} has no title, so nobody can tell ` +
          'to which product it belongs.',
        'Handle',
      );
    }
    if (handle !== this.handle && handle !== '') {
      if (this.seen.has(handle)) this.apart.add(handle);
      this.seen.add(handle);
    }
    this.handle = handle;
  }
}
