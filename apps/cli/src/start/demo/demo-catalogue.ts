import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';

/** A picture of a product: a file, by its path from this folder. */
export interface DemoPicture {
  file: string;
  alt: string;
}

/** The demo's products, apart from their pictures. */
export interface DemoCatalogue {
  /** The file for the import. */
  csv: Buffer;
  /** By the product's handle, in order. */
  pictures: Map<string, DemoPicture[]>;
}

/** The columns of both generations of Shopify's file. */
const handleColumns = ['Handle', 'URL handle'];
const pictureColumns = ['Image Src', 'Product image URL'];
const altColumns = ['Image Alt Text', 'Image alt text'];
const variantColumns = ['Variant Image', 'Variant image URL'];
const pictureOnly = [...pictureColumns, ...altColumns, 'Image Position', 'Image position'];

/**
 * Reads `products.csv`. Where an address of a picture would stand it has the name of a file of ours: an import fetches
 * pictures from the internet only, so these are taken out here and uploaded.
 */
export function readDemoCatalogue(
  text: Buffer = readFileSync(join(__dirname, 'products.csv')),
): DemoCatalogue {
  const rows = parse(text, { columns: true, bom: true, skip_empty_lines: true }) as Record<
    string,
    string
  >[];
  const pictures = new Map<string, DemoPicture[]>();
  const kept = rows.filter((row) => {
    const handle = cell(row, handleColumns);
    const file = cell(row, pictureColumns);
    for (const column of variantColumns) if (isOurs(row[column])) row[column] = '';
    if (!isOurs(file)) return true;
    pictures.set(handle, [...(pictures.get(handle) ?? []), { file, alt: cell(row, altColumns) }]);
    for (const column of pictureOnly) if (column in row) row[column] = '';
    return saysMore(row);
  });
  const columns = Object.keys(rows[0] ?? {});
  return { csv: Buffer.from(stringify(kept, { header: true, columns })), pictures };
}

function isOurs(address: string | undefined): address is string {
  return address !== undefined && address !== '' && !address.includes('://');
}

/** Rows that had nothing but a further picture are not needed any more. */
function saysMore(row: Record<string, string>): boolean {
  return Object.entries(row).some(
    ([column, value]) => value !== '' && !handleColumns.includes(column),
  );
}

function cell(row: Record<string, string>, columns: string[]): string {
  return columns.map((column) => row[column]).find((value) => value !== undefined) ?? '';
}
