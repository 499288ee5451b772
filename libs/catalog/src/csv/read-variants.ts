import type { Cells } from './cells';
import type { Field } from './columns';
import type { CsvUnitPrice, CsvVariant } from './csv-product';
import { readExtras } from './extras';
import type { Header } from './header';
import type { CsvRow } from './read-rows';

/** Shopify's limit, which merchants know (product.md, numbers). */
export const MAX_VARIANTS = 2_048;

const OPTIONS = [
  ['option1Name', 'option1Value'],
  ['option2Name', 'option2Value'],
  ['option3Name', 'option3Value'],
] as const satisfies readonly (readonly [Field, Field])[];

const POLICIES = new Map([
  ['deny', 'deny'],
  ['continue', 'continue'],
  // The current generation's header asks a question, so files are found that answer it.
  ['false', 'deny'],
  ['true', 'continue'],
] as const);

const UNITS = new Map((['g', 'kg', 'lb', 'oz'] as const).map((unit) => [unit, unit]));

/** The cells that make a row a variant's row. */
const SIGNS = ['option1Value', 'price'] as const;

/** Whether a row describes a variant: it has a first option value or a price. */
export function isVariantRow(cells: Cells, row: CsvRow): boolean {
  return SIGNS.some((field) => Boolean(cells.verbatim(row, field)));
}

/** The options and variants of a product; `names` and `variants` are undefined when the file has no such columns. */
export interface ReadVariants {
  names?: string[];
  variants?: CsvVariant[];
}

/**
 * Reads the variants of a product and notes what is wrong with them in `cells`.
 * @param first the product's own row
 * @param rows the rows of its variants; the product's row when there are none
 */
export function readVariants(
  cells: Cells,
  header: Header,
  first: CsvRow,
  rows: readonly CsvRow[],
): ReadVariants {
  const over = rows[MAX_VARIANTS];
  if (over) {
    const message = `The product has ${rows.length} variants, at most ${MAX_VARIANTS} are possible.`;
    cells.fault(over, 'option1Value', 'too-many-variants', message);
    return {};
  }
  const names = readNames(cells, first, rows);
  const variants = rows.map((row) => readVariant(cells, header, row, names ?? []));
  if (names) checkCombinations(cells, rows, variants);
  else if (rows.length > 1) {
    const message =
      'The product has several variants, but the file has no column of their options.';
    cells.fault(rows[1] as CsvRow, null, 'missing-option', message);
  }
  return { names, variants };
}

/** Undefined without option columns; empty for the single default variant. */
function readNames(cells: Cells, first: CsvRow, rows: readonly CsvRow[]): string[] | undefined {
  if (!cells.has('option1Value')) return undefined;
  if (isDefault(cells, first, rows)) return [];
  const names: string[] = [];
  for (const [nameField, valueField] of OPTIONS) {
    const name = cells.text(first, nameField) ?? '';
    const used = rows.find((row) => cells.verbatim(row, valueField));
    if (name === '' && !used) continue;
    if (name === '') {
      const row = used ?? first;
      cells.fault(row, valueField, 'missing-option', 'The option of this value has no name.');
    } else if (names.includes(name)) {
      cells.fault(first, nameField, 'bad-value', `Two options have the name “${name}”.`);
    }
    names.push(name);
  }
  return names;
}

function isDefault(cells: Cells, first: CsvRow, rows: readonly CsvRow[]): boolean {
  if (rows.length > 1) return false;
  const [name, value, second] = (['option1Name', 'option1Value', 'option2Value'] as const).map(
    (field) => cells.verbatim(first, field)?.trim().toLowerCase() ?? '',
  );
  if (second) return false;
  return value === '' || (value === 'default title' && (name === 'title' || name === ''));
}

function readVariant(
  cells: Cells,
  header: Header,
  row: CsvRow,
  names: readonly string[],
): CsvVariant {
  const optionValues = OPTIONS.slice(0, names.length).map(([, field], index) => {
    const value = cells.text(row, field) ?? '';
    if (value !== '') return value;
    const message = `The variant has no value for the option “${names[index]}”.`;
    cells.fault(row, field, 'missing-option', message);
    return '';
  });
  const tracker = cells.text(row, 'tracker');
  const barcode = cells.text(row, 'barcode');
  const price = cells.price(row, 'price');
  return {
    line: row.line,
    optionValues,
    sku: cells.text(row, 'sku'),
    barcode: barcode?.startsWith("'") ? barcode.slice(1) : barcode,
    priceMinor: price ?? undefined,
    compareAtMinor: cells.price(row, 'compareAtPrice'),
    costMinor: cells.price(row, 'cost'),
    taxable: orUsual(cells.boolean(row, 'taxable'), true),
    taxCode: cells.text(row, 'taxCode'),
    unitPrice: readUnitPrice(cells, row),
    tracked: tracker === undefined ? undefined : tracker !== null,
    quantity: orUsual(cells.integer(row, 'quantity'), 0),
    policy: orUsual(cells.choice(row, 'policy', POLICIES), 'deny'),
    grams: orUsual(cells.measure(row, 'grams'), 0),
    weightUnit: orUsual(cells.choice(row, 'weightUnit', UNITS), 'kg'),
    requiresShipping: orUsual(cells.boolean(row, 'requiresShipping'), true),
    imageSrc: cells.verbatim(row, 'variantImage')?.trim() ?? cells.verbatim(row, 'variantImage'),
    extras: readExtras(cells, row, header, 'variant'),
  };
}

/** The base is one of the package's own unit when the file does not say. */
function readUnitPrice(cells: Cells, row: CsvRow): CsvUnitPrice | null | undefined {
  const total = cells.measure(row, 'unitTotal');
  if (total === undefined || total === null) return total;
  const totalUnit = cells.text(row, 'unitTotalUnit', 20);
  if (!totalUnit) {
    cells.fault(row, 'unitTotalUnit', 'bad-value', 'The measure of a unit price has no unit.');
    return null;
  }
  const base = cells.measure(row, 'unitBase') ?? 1;
  return { total, totalUnit, base, baseUnit: cells.text(row, 'unitBaseUnit', 20) ?? totalUnit };
}

/** A value that cannot be empty: a blank cell puts back the usual one. */
function orUsual<T>(value: T | null | undefined, usual: T): T | undefined {
  return value === null ? usual : value;
}

function checkCombinations(
  cells: Cells,
  rows: readonly CsvRow[],
  variants: readonly CsvVariant[],
): void {
  const seen = new Map<string, number>();
  variants.forEach(({ optionValues, line }, index) => {
    const key = JSON.stringify(optionValues);
    const before = seen.get(key);
    if (before === undefined) {
      seen.set(key, line);
      return;
    }
    const what = optionValues.length === 0 ? 'A product without options' : optionValues.join(' / ');
    const message =
      optionValues.length === 0
        ? `${what} has one variant only; the first stands on line ${before}.`
        : `The variant “${what}” is already there on line ${before}.`;
    cells.fault(rows[index] as CsvRow, 'option1Value', 'duplicate-variant', message);
  });
}
