import { isHandle } from '../handles/handle';
import { Cells } from './cells';
import { levelOf } from './columns';
import type { CsvProduct } from './csv-product';
import { readExtras } from './extras';
import type { Header } from './header';
import { isFault, type ImportProblem } from './problem';
import { readImages } from './read-images';
import type { ProductRows } from './read-products';
import type { CsvRow } from './read-rows';
import { isVariantRow, readVariants } from './read-variants';

/** What the rows of one product say. */
export interface ReadProduct {
  handle: string;
  /** The physical line of its first row. */
  line: number;
  /** Null when a fault was found: such a product is not written. */
  product: CsvProduct | null;
  problems: ImportProblem[];
  /** Rows that describe a variant (at least one a product), and pictures that can be used or not. */
  counts: { variants: number; images: number; imagesFailed: number };
}

const STATUSES = new Map([
  ['active', 'active'],
  ['draft', 'draft'],
  ['archived', 'archived'],
  // Shopify's fourth state is reachable by its address only; ours has no such state.
  ['unlisted', 'draft'],
] as const);

/** Longest description in characters; Shopify takes 512 KB. */
const MAX_DESCRIPTION = 524_288;

/**
 * Turns the rows of one product into a product, or into findings.
 * @param currency ISO 4217 code of the store, in which all prices are read
 */
export function readProduct(
  { handle, rows }: ProductRows,
  header: Header,
  currency: string,
): ReadProduct {
  const cells = new Cells(header, handle, currency);
  const first = rows.find((row) => cells.verbatim(row, 'title')) ?? rows[0];
  checkCells(cells, rows, header);
  const described = rows.filter((row) => isVariantRow(cells, row));
  const variantRows = described.length > 0 ? described : [first];
  const own = readOwn(cells, header, first, handle);
  const { names, variants } = readVariants(cells, header, first, variantRows);
  const { images, failed } = readImages(cells, rows, variants ?? []);
  const product: CsvProduct = {
    ...own,
    options: names,
    variants: describesVariants(header) ? variants : undefined,
    images,
  };
  return {
    handle,
    line: rows[0].line,
    product: cells.problems.some(isFault) ? null : product,
    problems: cells.problems,
    counts: { variants: variantRows.length, images: images?.length ?? 0, imagesFailed: failed },
  };
}

function describesVariants({ fields, metafields, markets }: Header): boolean {
  return (
    [...fields.keys()].some((field) => levelOf(field) === 'variant') ||
    metafields.some(({ owner }) => owner === 'variant') ||
    markets.some(({ kind }) => kind !== 'included')
  );
}

/** A row with too few or too many cells has lost its columns: nothing in it can be trusted. */
function checkCells(cells: Cells, rows: readonly CsvRow[], header: Header): void {
  const wanted = header.names.length;
  for (const row of rows) {
    const surplus = row.cells.slice(wanted).some((cell) => cell !== '');
    if (row.cells.length >= wanted && !surplus) continue;
    // Rows beyond the kept ones carry no cells; the product fails for its variants anyway.
    if (row.cells.length === 0) continue;
    const message = `The row has ${row.cells.length} cells, the first line names ${wanted}.`;
    cells.fault(row, null, 'wrong-cell-count', message);
  }
}

function readOwn(cells: Cells, header: Header, first: CsvRow, handle: string): CsvProduct {
  const title = cells.text(first, 'title') ?? '';
  if (handle === '') {
    cells.fault(first, 'handle', 'missing-handle', 'The row has neither a handle nor a title.');
  } else if (title === '') {
    cells.fault(first, 'title', 'missing-title', 'The product has no title.');
  }
  if (handle !== '' && !isHandle(handle)) {
    const message = `“${handle}” cannot be part of an address: use letters, digits and hyphens.`;
    cells.fault(first, 'handle', 'bad-handle', message);
  }
  return {
    handle,
    title,
    descriptionHtml: cells.html(first, 'description', MAX_DESCRIPTION),
    vendor: cells.text(first, 'vendor'),
    type: cells.text(first, 'type'),
    tags: readTags(cells, first),
    published: cells.boolean(first, 'published') ?? (cells.has('published') ? true : undefined),
    status: cells.choice(first, 'status', STATUSES) ?? (cells.has('status') ? 'active' : undefined),
    giftCard: cells.boolean(first, 'giftCard') ?? (cells.has('giftCard') ? false : undefined),
    seoTitle: cells.text(first, 'seoTitle'),
    seoDescription: cells.text(first, 'seoDescription', 5_000),
    extras: readExtras(cells, first, header, 'product'),
  };
}

function readTags(cells: Cells, row: CsvRow): string[] | undefined {
  const text = cells.verbatim(row, 'tags');
  if (text === undefined) return undefined;
  const tags = (text ?? '').split(',').map((tag) => tag.trim());
  return [...new Set(tags.filter((tag) => tag !== ''))];
}
