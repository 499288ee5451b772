import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';

const folder = mkdtempSync(join(tmpdir(), 'caravel-csv-memory-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The heap, in MB, that both passes over a file must do with; the file is larger than that. */
const HEAP_MB = 40;

const PROGRAM = `
  const { createReadStream } = require('node:fs');
  const { readProduct, readProducts, scanFile } = require(process.argv[1]);
  void (async () => {
    const path = process.argv[2];
    const scan = await scanFile(createReadStream(path));
    let products = 0, variants = 0, problems = 0;
    for await (const rows of readProducts(path, scan)) {
      const read = readProduct(rows, scan.header, 'EUR');
      products += 1;
      variants += read.counts.variants;
      problems += read.problems.length;
    }
    process.stdout.write(JSON.stringify({ rows: scan.rows, apart: scan.apart.size, products, variants, problems }));
  })();
`;

function bundle(): string {
  const outfile = join(folder, 'csv.cjs');
  buildSync({
    entryPoints: [join(__dirname, 'index.ts')],
    tsconfig: join(__dirname, '../../../../tsconfig.json'),
    bundle: true,
    platform: 'node',
    format: 'cjs',
    outfile,
  });
  return outfile;
}

/** 50,000 rows of about a kilobyte each; the last rows return to products from the start. */
function bigFile(): string {
  const path = join(folder, 'big.csv');
  const html = `<p>${'It is a fine cap, “made by hand”. '.repeat(80)}</p>`;
  const rows = ['Handle,Title,Body (HTML),Option1 Name,Option1 Value,Variant Price,Image Src'];
  for (let row = 0; row < 49_000; row += 1) {
    const product = Math.floor(row / 3);
    const own = row % 3 === 0 ? `Cap ${product},"${html}",Size` : ',,';
    rows.push(`cap-${product},${own},S${row % 3},19.90,https://x.test/${row}.jpg`);
  }
  for (let row = 0; row < 1_000; row += 1) rows.push(`cap-${row},,,,XL,21.90,`);
  writeFileSync(path, rows.join('\n'));
  return path;
}

it('reads 50,000 rows in a heap that the file would not fit in', () => {
  const args = [`--max-old-space-size=${HEAP_MB}`, '-e', PROGRAM, bundle(), bigFile()];
  const found: unknown = JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' }));
  expect(found).toEqual({
    rows: 50_000,
    apart: 1_000,
    products: 16_334,
    variants: 50_000,
    problems: 0,
  });
});
