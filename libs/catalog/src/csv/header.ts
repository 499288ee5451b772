import { findColumn, type Field } from './columns';
import { FileFault, type ImportProblem } from './problem';

/** A column `Name (product.metafields.<namespace>.<key>)`; `owner` says on whose rows it stands. */
export interface MetafieldColumn {
  index: number;
  header: string;
  owner: 'product' | 'variant';
  namespace: string;
  key: string;
}

/** A column of a market: `Included / <market>`, `Price / <market>`, `Compare At Price / <market>`. */
export interface MarketColumn {
  index: number;
  header: string;
  kind: 'included' | 'price' | 'compareAtPrice';
  market: string;
}

/** Where a file keeps what: the answer to its first line. */
export interface Header {
  /** The cells of the first line as the file writes them. */
  names: string[];
  /** Index of each known column that the file has. */
  fields: ReadonlyMap<Field, number>;
  metafields: readonly MetafieldColumn[];
  markets: readonly MarketColumn[];
  /** Notices about columns that nobody knows. */
  notices: ImportProblem[];
}

/** The columns that a file of failed rows has more than its source; an import overlooks them. */
export const REASON_COLUMNS = ['Import problem', 'Import problem in column'] as const;

const OVERLOOKED: ReadonlySet<string> = new Set(REASON_COLUMNS);
const METAFIELD = /\((product|variant)\.metafields\.([\w-]+)\.([\w-]+)\)\s*$/i;
const MARKET = /^(included|price|compare[ -]at price) \/ (.+)$/i;

/**
 * Reads a file's first line in either generation, in any order and with columns missing.
 * @throws FileFault empty-file, missing-column, duplicate-column
 */
export function readHeader(names: string[]): Header {
  if (names.every((name) => name.trim() === '')) {
    throw new FileFault('empty-file', 1, 'The first line is empty: it must name the columns.');
  }
  const fields = new Map<Field, number>();
  const metafields: MetafieldColumn[] = [];
  const markets: MarketColumn[] = [];
  const notices: ImportProblem[] = [];
  names.forEach((header, index) => {
    const column = findColumn(header);
    if (column) {
      const before = fields.get(column.field);
      if (before !== undefined) throw duplicate(names[before] as string, header);
      fields.set(column.field, index);
      return;
    }
    const metafield = readMetafield(header, index);
    const market = readMarket(header, index);
    if (metafield) metafields.push(metafield);
    else if (market) markets.push(market);
    else if (!OVERLOOKED.has(header.trim()) && header.trim() !== '') notices.push(unknown(header));
  });
  checkTitle(fields);
  return { names, fields, metafields, markets, notices };
}

function readMetafield(header: string, index: number): MetafieldColumn | null {
  const match = METAFIELD.exec(header);
  if (!match) return null;
  const [, owner, namespace, key] = match as unknown as [string, string, string, string];
  const level = owner.toLowerCase() === 'variant' ? 'variant' : 'product';
  return { index, header, owner: level, namespace, key };
}

function readMarket(header: string, index: number): MarketColumn | null {
  const match = MARKET.exec(header.trim().replace(/\s+/g, ' '));
  if (!match) return null;
  const [, word, market] = match as unknown as [string, string, string];
  const kinds = { included: 'included', price: 'price' } as const;
  const kind = kinds[word.toLowerCase() as keyof typeof kinds] ?? 'compareAtPrice';
  return { index, header, kind, market };
}

function checkTitle(fields: ReadonlyMap<Field, number>): void {
  if (fields.has('title')) return;
  const known = fields.size === 0 ? ' None of its columns is known.' : '';
  throw new FileFault(
    'missing-column',
    1,
    `The column “Title” is missing from the first line.${known} Every product needs one.`,
    'Title',
  );
}

function duplicate(first: string, second: string): FileFault {
  return new FileFault(
    'duplicate-column',
    1,
    `The columns “${first}” and “${second}” mean the same. Remove one of them.`,
    second,
  );
}

function unknown(header: string): ImportProblem {
  return {
    line: 1,
    handle: null,
    field: header,
    code: 'unknown-column',
    message: `Nobody knows the column “${header}”; its values are not imported.`,
  };
}

const DELIMITERS = [
  { sign: ';', name: 'semicolons' },
  { sign: '\t', name: 'tabs' },
  { sign: '|', name: 'vertical bars' },
] as const;

/**
 * Recognises a file with other separators than commas by the known columns that appear when its
 * first line is split by them.
 * @param line the first line as it stands in the file
 * @throws FileFault wrong-delimiter, naming the separator found
 */
export function checkDelimiter(line: string): void {
  const knownBy = (sign: string) =>
    line.split(sign).filter((cell) => findColumn(cell.replaceAll('"', ''))).length;
  const known = Math.max(knownBy(','), 1);
  for (const { sign, name } of DELIMITERS) {
    if (knownBy(sign) <= known) continue;
    throw new FileFault(
      'wrong-delimiter',
      1,
      `The columns are separated by ${name}, not by commas. ` +
        'Export the file again with commas as separators.',
    );
  }
}
