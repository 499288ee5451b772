import { AppError, parseDecimal } from '@libs/kernel';
import type { Field } from './columns';
import type { Header } from './header';
import type { ImportProblem, ProblemCode } from './problem';
import type { CsvRow } from './read-rows';

/** A spreadsheet's guard before a value that it would run as a formula: one apostrophe. */
const GUARDED = /^'+[=+\-@\t\r＝＋－＠]/;

/** Takes a guard off again; any other text stays what it is. */
export function unguard(text: string): string {
  return GUARDED.test(text) ? text.slice(1) : text;
}

/**
 * Puts a guard before a value that a spreadsheet would run (OWASP, CSV injection). A value that
 * already looks guarded gets a second one, so that `unguard` always gives back the same text.
 */
export function guard(text: string): string {
  return /^'*[=+\-@\t\r＝＋－＠]/.test(text) ? `'${text}` : text;
}

const TRUE = new Set(['true', 'yes', 'y', '1', 't', 'on', 'wahr', 'vrai']);
const FALSE = new Set(['false', 'no', 'n', '0', 'f', 'off', 'falsch', 'faux']);

/**
 * Reads the cells of one product's rows and collects what is wrong with them. All readers answer
 * `undefined` when the file lacks the column (keep the value) and null when the cell is blank
 * (clear the value).
 */
export class Cells {
  readonly problems: ImportProblem[] = [];

  constructor(
    private readonly header: Header,
    private readonly handle: string,
    private readonly currency: string,
  ) {}

  /** Whether the file has the column. */
  has(field: Field): boolean {
    return this.header.fields.has(field);
  }

  /** The cell exactly as it stands, a formula guard taken off; null when it is blank. */
  raw(row: CsvRow, index: number): string | null {
    const cell = row.cells[index];
    // Most cells of most files are empty, and most others begin with no apostrophe.
    if (cell === undefined || cell === '' || cell.trim() === '') return null;
    return cell.startsWith("'") ? unguard(cell) : cell;
  }

  /** The cell as a whole, spaces kept. */
  verbatim(row: CsvRow, field: Field): string | null | undefined {
    const index = this.header.fields.get(field);
    return index === undefined ? undefined : this.raw(row, index);
  }

  /** The cell without spaces around it. @param max the most characters that it may have */
  text(row: CsvRow, field: Field, max = 255): string | null | undefined {
    return this.limit(row, field, this.verbatim(row, field)?.trim(), max);
  }

  /** The cell with its spaces and line ends. @param max the most characters that it may have */
  html(row: CsvRow, field: Field, max: number): string | null | undefined {
    return this.limit(row, field, this.verbatim(row, field), max);
  }

  /** A price as a decimal, to minor units of the store's currency; never through a float. */
  price(row: CsvRow, field: Field): number | null | undefined {
    const value = this.verbatim(row, field);
    if (value === undefined || value === null) return value;
    try {
      const amount = parseDecimal(value, this.currency);
      if (amount >= 0) return amount;
      this.fault(row, field, 'bad-price', `“${value}” is negative.`);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      this.fault(row, field, 'bad-price', error.message);
    }
    return null;
  }

  /** A whole number; `12.0` counts as whole. */
  integer(row: CsvRow, field: Field): number | null | undefined {
    const value = this.verbatim(row, field);
    if (value === undefined || value === null) return value;
    const match = /^([+-]?\d{1,9})(?:\.0*)?$/.exec(value.trim());
    if (match) return Number(match[1]);
    this.fault(row, field, 'bad-number', `“${value}” is not a whole number.`);
    return null;
  }

  /** A measure of nought or more, such as a weight. */
  measure(row: CsvRow, field: Field): number | null | undefined {
    const value = this.verbatim(row, field);
    if (value === undefined || value === null) return value;
    if (/^\d{1,9}(?:\.\d{0,6})?$/.test(value.trim())) return Number(value);
    this.fault(row, field, 'bad-number', `“${value}” is not a measure such as 12 or 12.5.`);
    return null;
  }

  /** A picture's place in the row of pictures; anything but a whole number counts as none. */
  position(row: CsvRow): number | null {
    const value = this.verbatim(row, 'imagePosition')?.trim() ?? '';
    return /^\d{1,6}$/.test(value) ? Number(value) : null;
  }

  boolean(row: CsvRow, field: Field): boolean | null | undefined {
    const value = this.verbatim(row, field);
    if (value === undefined || value === null) return value;
    const word = value.trim().toLowerCase();
    if (TRUE.has(word)) return true;
    if (FALSE.has(word)) return false;
    this.fault(row, field, 'bad-boolean', `“${value}” is neither true nor false.`);
    return null;
  }

  /** @param words what the cell may say, in lower case, to what it means */
  choice<T>(row: CsvRow, field: Field, words: ReadonlyMap<string, T>): T | null | undefined {
    const value = this.verbatim(row, field);
    if (value === undefined || value === null) return value;
    const meant = words.get(value.trim().toLowerCase());
    if (meant !== undefined) return meant;
    const known = [...words.keys()].join(', ');
    this.fault(row, field, 'bad-value', `“${value}” is not one of: ${known}.`);
    return null;
  }

  private limit(
    row: CsvRow,
    field: Field,
    value: string | null | undefined,
    max: number,
  ): string | null | undefined {
    if (value == null) return this.has(field) ? null : undefined;
    if (value.length <= max) return value;
    const message = `The value has ${value.length} characters, at most ${max} fit.`;
    this.fault(row, field, 'too-long', message);
    return null;
  }

  /** Notes a fault; the field is named as the file names it. */
  fault(row: CsvRow, field: Field | null, code: ProblemCode, message: string): void {
    const index = field === null ? undefined : this.header.fields.get(field);
    const name = index === undefined ? null : (this.header.names[index]?.trim() ?? null);
    this.problems.push({ line: row.line, handle: this.handle, field: name, code, message });
  }
}
