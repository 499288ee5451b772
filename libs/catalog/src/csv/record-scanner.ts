import { FileFault } from './problem';

/** A record may have this many bytes: an open quote otherwise swallows the rest of the file. */
export const MAX_RECORD_BYTES = 1 << 20;

const QUOTE = 0x22;
const COMMA = 0x2c;
const LF = 0x0a;
const CR = 0x0d;

const enum State {
  CellStart,
  Bare,
  Quoted,
  QuoteSeen,
}

/** A record as the scanner sees it: where it starts, and the cells that were asked for. */
export interface ScannedRecord {
  /** The physical line on which it starts. */
  line: number;
  /** Whether all its cells are empty, as in a line of commas only. */
  blank: boolean;
  /** Text of the wanted cells by their index. */
  cells: ReadonlyMap<number, string>;
}

/**
 * Walks the bytes of a CSV file (RFC 4180) and finds its records without keeping them: the cheap
 * first pass that proves a file's form before anything of it is written.
 */
export class RecordScanner {
  /** Indexes of the cells to keep; null keeps all (for the header). */
  wanted: ReadonlySet<number> | null = null;

  private state: State = State.CellStart;
  private line = 1;
  private startLine = 1;
  private quoteLine = 1;
  private cell = 0;
  private bytes = 0;
  private afterCr = false;
  private kept: Buffer[] = [];
  private cells = new Map<number, string>();

  constructor(private readonly onRecord: (record: ScannedRecord) => void) {}

  /**
   * @param chunk the next bytes, without a byte order mark
   * @throws FileFault broken-quote, record-too-long
   */
  push(chunk: Buffer): void {
    let start = 0;
    for (let at = 0; at < chunk.length; at += 1) {
      const byte = chunk[at] as number;
      if (this.state === State.Quoted) {
        if (byte === QUOTE) this.state = State.QuoteSeen;
        else if (byte === LF) this.line += 1;
        continue;
      }
      if (byte === COMMA || byte === LF || byte === CR) {
        this.keep(chunk, start, at);
        start = at + 1;
        if (byte === COMMA) this.endCell();
        else this.endLine(byte);
      } else this.step(byte);
    }
    this.keep(chunk, start, chunk.length);
  }

  /**
   * Says that the file has ended.
   * @throws FileFault broken-quote
   */
  end(): void {
    if (this.state === State.Quoted) {
      throw new FileFault(
        'broken-quote',
        this.startLine,
        `A quoted value that starts on line ${this.quoteLine} is never closed.`,
      );
    }
    if (this.cell > 0 || this.state !== State.CellStart) this.endRecord();
  }

  private step(byte: number): void {
    this.afterCr = false;
    if (this.state === State.CellStart) {
      this.state = byte === QUOTE ? State.Quoted : State.Bare;
      if (byte === QUOTE) this.quoteLine = this.line;
    } else if (this.state === State.QuoteSeen) {
      if (byte !== QUOTE) throw this.broken('There is text after the closing quote of a value');
      this.state = State.Quoted;
    } else if (byte === QUOTE) {
      throw this.broken('A quote stands inside a value that does not begin with one');
    }
  }

  private broken(what: string): FileFault {
    return new FileFault(
      'broken-quote',
      this.startLine,
      `${what} on line ${this.line}. A quote inside a quoted value must be doubled (“""”).`,
    );
  }

  private endLine(byte: number): void {
    if (byte === LF && this.afterCr) {
      this.afterCr = false;
      this.startLine = this.line;
      this.bytes = 0;
      this.kept = [];
      return;
    }
    this.afterCr = byte === CR;
    const blank = this.cell === 0 && this.state === State.CellStart;
    if (!blank) this.endRecord();
    this.line += 1;
    this.startLine = this.line;
    this.bytes = 0;
  }

  private endCell(): void {
    if (this.isWanted()) this.cells.set(this.cell, unquote(Buffer.concat(this.kept)));
    this.kept = [];
    this.cell += 1;
    this.state = State.CellStart;
    this.afterCr = false;
  }

  private endRecord(): void {
    this.endCell();
    const record = { line: this.startLine, blank: this.bytes === 0, cells: this.cells };
    this.cell = 0;
    this.cells = new Map();
    this.onRecord(record);
  }

  private isWanted(): boolean {
    return this.wanted === null || this.wanted.has(this.cell);
  }

  private keep(chunk: Buffer, start: number, end: number): void {
    this.bytes += end - start;
    if (this.bytes > MAX_RECORD_BYTES) {
      throw new FileFault(
        'record-too-long',
        this.startLine,
        `The record that starts on line ${this.startLine} is longer than 1 MB. ` +
          'Is a closing quote missing?',
      );
    }
    // A copy: the chunk's memory is used again for the next read.
    if (end > start && this.isWanted()) this.kept.push(Buffer.from(chunk.subarray(start, end)));
  }
}

function unquote(cell: Buffer): string {
  const text = cell.toString('utf8');
  return text.startsWith('"') ? text.slice(1, -1).replaceAll('""', '"') : text;
}
