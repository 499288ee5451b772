import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** A product file with what must come of it. */
export interface ProductFile {
  content: Buffer;
  products: number;
  variants: number;
  /** A product with sizes, all of them in stock. */
  chosen: { handle: string; title: string; size: string; price: string; search: string };
}

const foreign = resolve(__dirname, '../../../../shared/data/shopify-csv/snowdevil.csv');
const ours = join(__dirname, '../fixtures/winter-shop.csv');

/** A real shop's file that nobody here wrote, counted by an independent reader; where it is absent, one of ours. */
export function readProductFile(): ProductFile {
  if (existsSync(foreign)) {
    return {
      content: readFileSync(foreign),
      products: 278,
      variants: 622,
      chosen: {
        handle: 'spyder-t-hot-conduct-liner-2016',
        title: 'T-Hot Conduct Liner',
        size: 'Large',
        price: '$25.00',
        search: 'conduct liner',
      },
    };
  }
  return {
    content: readFileSync(ours),
    products: 12,
    variants: 34,
    chosen: {
      handle: 'fjord-wool-glove',
      title: 'Fjord Wool Glove',
      size: 'Large',
      price: '$25.00',
      search: 'fjord glove',
    },
  };
}
