import { isUtf8 } from 'node:buffer';
import { FileFault } from './problem';

const newline = 0x0a;

/** Bytes at the start of files that people rename to .csv; sources: the formats' own specifications. */
const FOREIGN = [
  { magic: [0x50, 0x4b, 0x03, 0x04], name: 'an Excel workbook or a zip archive' },
  { magic: [0xd0, 0xcf, 0x11, 0xe0], name: 'an old Excel workbook' },
  { magic: [0x25, 0x50, 0x44, 0x46], name: 'a PDF' },
  { magic: [0x1f, 0x8b], name: 'a gzip archive' },
] as const;

/**
 * Refuses a file that is not UTF-8 text, naming the first wrong byte, instead of guessing an
 * encoding: a wrong guess would write spoiled text into the shop.
 */
export class Utf8Check {
  private tail = Buffer.alloc(0);
  private offset = 0;
  private line = 1;

  /**
   * Takes the next bytes of the file.
   * @throws FileFault wrong-encoding, not-csv
   */
  push(chunk: Buffer): void {
    if (this.offset === 0 && this.tail.length === 0) this.checkStart(chunk);
    const bytes = this.tail.length ? Buffer.concat([this.tail, chunk]) : chunk;
    const whole = bytes.length - unfinished(bytes);
    const text = bytes.subarray(0, whole);
    if (!isUtf8(text)) this.refuse(text, firstFault(text));
    const nul = text.indexOf(0);
    if (nul >= 0) throw new FileFault('not-csv', this.lineAt(text, nul), this.nulMessage(nul));
    this.line = this.lineAt(text, whole);
    this.offset += whole;
    this.tail = Buffer.from(bytes.subarray(whole));
  }

  /**
   * Says that the file has ended.
   * @throws FileFault wrong-encoding when it ends inside a character
   */
  end(): void {
    if (this.tail.length > 0) this.refuse(this.tail, 0);
  }

  private checkStart(chunk: Buffer): void {
    const [first, second] = chunk;
    const bom = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
    const zeroes = chunk.length > 3 && (chunk[0] === 0) !== (chunk[1] === 0);
    if (bom || zeroes) {
      throw new FileFault(
        'wrong-encoding',
        1,
        'The file is UTF-16 (“Unicode text”), not UTF-8. Save it again as “CSV UTF-8”.',
      );
    }
    for (const { magic, name } of FOREIGN) {
      if (magic.every((byte, index) => chunk[index] === byte)) {
        throw new FileFault('not-csv', 1, `The file is ${name}, not a CSV file. Export it as CSV.`);
      }
    }
  }

  private refuse(text: Buffer, at: number): never {
    const byte = text[at] ?? 0;
    const seen = new TextDecoder('windows-1252').decode(Uint8Array.of(byte));
    const hex = byte.toString(16).toUpperCase().padStart(2, '0');
    throw new FileFault(
      'wrong-encoding',
      this.lineAt(text, at),
      `The file is not UTF-8: byte ${this.offset + at + 1} is 0x${hex}. In Windows-1252 (Latin-1) ` +
        `that is “${seen}”, so the file was probably saved in that encoding. Save it again as “CSV UTF-8”.`,
    );
  }

  private nulMessage(at: number): string {
    return `Byte ${this.offset + at + 1} is zero: the file is not plain text. Export it as “CSV UTF-8”.`;
  }

  private lineAt(text: Buffer, end: number): number {
    let line = this.line;
    for (let at = text.indexOf(newline); at >= 0 && at < end; at = text.indexOf(newline, at + 1)) {
      line += 1;
    }
    return line;
  }
}

/** How many bytes at the end begin a character that the next chunk finishes (0 to 3). */
function unfinished(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] as number;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) {
      const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return needed > back ? back : 0;
    }
  }
  return 0;
}

/** The index of the first byte that breaks UTF-8, by halving: a prefix is good up to an unfinished end. */
function firstFault(bytes: Buffer): number {
  let good = 0;
  let bad = bytes.length;
  while (bad - good > 1) {
    const middle = (good + bad) >>> 1;
    const prefix = bytes.subarray(0, middle);
    if (isUtf8(prefix.subarray(0, middle - unfinished(prefix)))) good = middle;
    else bad = middle;
  }
  const prefix = bytes.subarray(0, good);
  return good - unfinished(prefix);
}
