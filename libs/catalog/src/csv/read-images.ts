import type { Cells } from './cells';
import type { CsvImage, CsvVariant } from './csv-product';
import type { CsvRow } from './read-rows';

/** Shopify's limit of pictures a product. */
export const MAX_IMAGES = 250;

/** Most characters of a picture's alternative text. */
const MAX_ALT = 512;

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
  if (!cells.has('imageSrc')) return { failed: 0 };
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
    const src = cells.verbatim(row, 'imageSrc')?.trim();
    if (src) add(row, 'imageSrc', { src, alt: readAlt(cells, row) });
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

/** A picture's words never cost the product: too many of them are cut, and that is said. */
function readAlt(cells: Cells, row: CsvRow): string | null | undefined {
  const alt = cells.verbatim(row, 'imageAlt');
  if (!alt) return alt;
  const words = alt.trim();
  if (words.length <= MAX_ALT) return words;
  cells.fault(row, 'imageAlt', 'text-cut', `Only ${MAX_ALT} characters of it are kept.`);
  return words.slice(0, MAX_ALT);
}

const FULL = `A product has at most ${MAX_IMAGES} pictures; this one is left out.`;

/** A picture that has no address of its own: our export names its file by its id. */
const MEDIA = /^media:[0-9a-f-]{36}$/;

function checkAddress(text: string): { src: string; problem?: string } {
  const src = text.startsWith('//') ? `https:${text}` : text;
  if (MEDIA.test(src)) return { src };
  if (src.length <= 2_048 && /^https?:\/\//i.test(src) && URL.canParse(src)) return { src };
  return { src, problem: `“${text}” is not the address of a picture on the web.` };
}
