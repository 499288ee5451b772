import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { newId } from '@libs/kernel';
import { BlobStore } from '@platform/storage';
import { openLab, type Lab } from '@testing';
import { exportStream } from '../src/api/export-stream';
import { CatalogModule } from '../src/catalog.module';
import { CatalogWorkerModule } from '../src/worker';
import { ImportProductsJob } from '../src/worker/import-products.job';
import type { ProductImport } from '../src/contract/product-imports.contract';
import { ProductExportsService } from '../src/exports/product-exports.service';
import { ProductImportsService } from '../src/imports/product-imports.service';

/** The sample stores' files, which are no part of the product; null where they are absent. */
const SAMPLES = join(__dirname, '../../../../shared/data/shopify-csv');

/** The six sample files with the counts of their README: products, variants, image rows. */
export const SAMPLE_COUNTS = [
  ['apparel.csv', 25, 96, 55],
  ['jewelry.csv', 19, 24, 25],
  ['snowdevil.csv', 278, 622, 412],
  ['partner-apparel.csv', 20, 22, 20],
  ['partner-home-and-garden.csv', 20, 21, 21],
  ['partner-jewelery.csv', 20, 23, 41],
] as const;

/** Whether the sample files are there; says so once when they are not. */
export function haveSamples(): boolean {
  const there = existsSync(SAMPLES);
  if (!there) process.stderr.write(`Skipped: the sample files are not in ${SAMPLES}.\n`);
  return there;
}

/** The bytes of a sample file. */
export function sample(name: string): Buffer {
  return readFileSync(join(SAMPLES, name));
}

/** The bytes of a fixture of ours. */
export function fixture(name: string): Buffer {
  return readFileSync(join(__dirname, 'fixtures', name));
}

/** A lab that imports and exports. */
export interface ImportLab {
  lab: Lab;
  /** Takes a file in, without doing the work. */
  start(storeId: string, file: Buffer | string, how?: How): Promise<string>;
  /** Does the work of an import at once, without the queue. */
  work(storeId: string, importId: string): Promise<void>;
  /** Takes a file in and does the work. */
  run(storeId: string, file: Buffer | string, how?: How): Promise<ProductImport>;
  show(storeId: string, importId: string): Promise<ProductImport>;
  export(storeId: string): Promise<string>;
  /** Every catalog row of a store, its times and versions included. */
  dump(storeId: string): Promise<Record<string, unknown[]>>;
}

interface How {
  dryRun?: boolean;
  overwrite?: boolean;
}

const TABLES = [
  'products',
  'variants',
  'product_media',
  'product_metafields',
  'variant_metafields',
  'inventory_levels',
  'stock_movements',
  'price_intervals',
];

/** Opens such a lab; close its `lab` in `afterAll`. */
export async function openImportLab(): Promise<ImportLab> {
  const lab = await openLab({ modules: [CatalogModule, CatalogWorkerModule] });
  const imports = lab.get(ProductImportsService);
  const blobs = lab.get(BlobStore);
  const start = async (storeId: string, file: Buffer | string, how: How = {}) => {
    const id = newId();
    const fileKey = imports.fileKey(storeId, id);
    await blobs.putIfAbsent(fileKey, Buffer.from(file), { contentType: 'text/csv' });
    const wanted = { id, fileKey, filename: 'x.csv', dryRun: false, overwrite: false, ...how };
    await lab.db.write(storeId, (store) => imports.startImport(store, wanted));
    return id;
  };
  const show = (storeId: string, id: string) =>
    lab.db.read(storeId, (store) => imports.showImport(store, id));
  return {
    lab,
    start,
    show,
    work: (storeId, importId) => {
      const { signal } = new AbortController();
      const context = { storeId, jobId: 'test', attempt: 1, signal };
      return lab.get(ImportProductsJob).run({ importId }, context);
    },
    run: async (storeId, file, how) => {
      const id = await start(storeId, file, how);
      await lab.drain();
      return show(storeId, id);
    },
    export: async (storeId) => {
      const chunks: Buffer[] = [];
      for await (const chunk of exportStream(lab.db, lab.get(ProductExportsService), storeId)) {
        chunks.push(Buffer.from(chunk as string));
      }
      return Buffer.concat(chunks).toString('utf8');
    },
    dump: (storeId) =>
      lab.db.read(storeId, async (store) => {
        const found: Record<string, unknown[]> = {};
        for (const table of TABLES) {
          found[table] = await store.query(
            `SELECT to_jsonb(t) AS row FROM ${table} t WHERE store_id = $1 ORDER BY 1`,
            [storeId],
          );
        }
        return found;
      }),
  };
}
