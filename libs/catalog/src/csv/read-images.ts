import type { Cells } from './cells';
import type { CsvImage, CsvVariant } from './csv-product';
import type { CsvRow } from './read-rows';

/** Shopify's limit of pictures a product. */
export const MAX_IMAGES = 250;

/** The pictures of a product, and how many of its rows name one that cannot be used. */
export interface ReadImages {
  images?: CsvImage[];
  failed: number;
}

/**
 * Reads the pictures of a product in their order. A bad address is reported and left out; it never
 * costs the product. A variant's picture that no row lists joins at the end.
 */
export function readImages(
  cells: Cells,
  rows: readonly CsvRow[],
  variants: readonly CsvVariant[],
): ReadImages {
  if (!cells.has('imageSrc') && !cells.has('variantImage')) return { failed: 0 };
  const found = new Map<string, CsvImage & { position: number }>();
  let failed = 0;
  const add = (row: CsvRow, field: 'imageSrc' | 'variantImage', image: Omit<CsvImage, 'line'>) => {
    const { problem, src } = checkAddress(image.src);
    const full = found.size >= MAX_IMAGES && !found.has(src);
    if (problem || full) {
      failed += 1;
      cells.fault(row, field, full ? 'too-many-images' : 'bad-image', problem ?? FULL);
      return;
    }
    const listed = field === 'imageSrc' ? found.size + 1 : Number.MAX_SAFE_INTEGER;
    const position = (field === 'imageSrc' ? cells.position(row) : null) ?? listed;
    if (!found.has(src)) found.set(src, { ...image, src, line: row.line, position });
  };
  for (const row of rows) {
    const src = cells.text(row, 'imageSrc', 8_192);
    if (src) add(row, 'imageSrc', { src, alt: cells.text(row, 'imageAlt', 512) });
  }
  for (const variant of variants) {
    if (!variant.imageSrc) continue;
    const { src } = checkAddress(variant.imageSrc);
    const row = rows.find(({ line }) => line === variant.line) as CsvRow;
    if (!found.has(src)) add(row, 'variantImage', { src: variant.imageSrc });
    variant.imageSrc = found.has(src) ? src : null;
  }
  const images = [...found.values()]
    .sort((a, b) => a.position - b.position)
    .map(({ position: _, ...image }) => image);
  return { images, failed };
}

const FULL = `A product has at most ${MAX_IMAGES} pictures; this one is left out.`;

function checkAddress(text: string): { src: string; problem?: string } {
  const src = text.startsWith('//') ? `https:${text}` : text;
  if (/^https?:\/\//i.test(src) && URL.canParse(src)) return { src };
  return { src, problem: `“${text}” is not the address of a picture on the web.` };
}
