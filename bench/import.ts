/**
 * Import of a product file against PostgreSQL's COPY of the rows that it makes, on the same server
 * in the same run, by turns.
 *
 *   node -r ./libs/testing/jest/register.cjs bench/import.ts [products=4000] [rounds=5]
 *
 * Each product has three variants and one picture. The reference copies every row that the import
 * has written (jobs to fetch the pictures among them), out of memory, into tables of the same shape
 * with the same indexes and checks, but without row policies and foreign keys.
 */
import { performance } from 'node:perf_hooks';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Client } from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { openImportLab, type ImportLab } from '../libs/catalog/test/import-lab.builder';
import { productFile } from './import-file';
import { withPostgres } from './lab';

/** Every row that an import writes: the products, their pictures' files, and the jobs to fetch them. */
const TABLES = [
  'images',
  'jobs',
  'products',
  'product_media',
  'variants',
  'inventory_levels',
  'stock_movements',
  'price_intervals',
];

/** The target of the design (performance.md): a quarter of COPY's speed. */
const TARGET = 0.25;

const products = Number(process.argv[2] ?? 4_000);
const rounds = Number(process.argv[3] ?? 5);
const variants = 3;

async function main(): Promise<void> {
  const desk = await openImportLab();
  const owner = new Client({ connectionString: desk.lab.ownerUrl });
  await owner.connect();
  try {
    await compare(desk, owner);
  } finally {
    await owner.end();
    await desk.lab.close();
  }
}

async function compare(desk: ImportLab, owner: Client): Promise<void> {
  const file = Buffer.from(productFile(products, variants));
  for (const table of TABLES) {
    await owner.query(`CREATE TABLE copy_${table} (LIKE ${table} INCLUDING ALL)`);
  }
  const times: { ours: number; copy: number }[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const storeId = await desk.lab.aStore();
    const ours = await timeImport(desk, storeId, file);
    const rows: Copy[] = [];
    for (const table of TABLES) rows.push(await readRows(owner, table, storeId));
    const copy = await timeCopy(owner, rows);
    // The first round warms both up.
    if (round > 0) times.push({ ours, copy });
    print(round, ours, copy);
  }
  const ratio = median(times.map(({ ours, copy }) => copy / ours));
  const perSecond = Math.round(products / median(times.map(({ ours }) => ours)));
  process.stdout.write(
    `import: ${perSecond} products of ${variants} variants a second, ` +
      `${ratio.toFixed(2)} of COPY (target ${TARGET}) over ${rounds} rounds\n`,
  );
}

function print(round: number, ours: number, copy: number): void {
  const rows = (seconds: number) => `${Math.round((products * variants) / seconds)} rows/s`;
  process.stdout.write(
    `${round === 0 ? 'warm-up' : `round ${round}`}: import ${rows(ours)}, COPY ${rows(copy)}, ` +
      `ratio ${(copy / ours).toFixed(2)}\n`,
  );
}

/** Seconds from the job's start to its end. */
async function timeImport(desk: ImportLab, storeId: string, file: Buffer): Promise<number> {
  const importId = await desk.start(storeId, file);
  const start = performance.now();
  await desk.work(storeId, importId);
  const seconds = (performance.now() - start) / 1_000;
  const { status, counts } = await desk.show(storeId, importId);
  if (status !== 'completed' || counts.products.created !== products) {
    throw new Error(`The import ended as ${status}: ${JSON.stringify(counts)}`);
  }
  return seconds;
}

/** A table's rows in COPY's own format, and the columns that they have. */
interface Copy {
  target: string;
  rows: Buffer;
}

async function readRows(owner: Client, table: string, storeId: string): Promise<Copy> {
  const { rows: found } = await owner.query<{ columns: string }>(
    `SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) AS columns FROM pg_attribute
     WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''`,
    [table],
  );
  const columns = found[0]?.columns ?? '';
  const query = `COPY (SELECT ${columns} FROM ${table} WHERE store_id = '${storeId}') TO STDOUT`;
  const chunks = (await owner.query(copyTo(query)).toArray()) as Buffer[];
  return { target: `copy_${table} (${columns})`, rows: Buffer.concat(chunks) };
}

async function timeCopy(owner: Client, copies: readonly Copy[]): Promise<number> {
  const start = performance.now();
  await owner.query('BEGIN');
  for (const { target, rows } of copies) {
    await pipeline(Readable.from([rows]), owner.query(copyFrom(`COPY ${target} FROM STDIN`)));
  }
  await owner.query('COMMIT');
  return (performance.now() - start) / 1_000;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? NaN;
}

withPostgres(main).catch((error: unknown) => {
  process.stderr.write(`${String(error instanceof Error ? error.stack : error)}\n`);
  process.exitCode = 1;
});
