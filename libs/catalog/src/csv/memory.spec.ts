import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folder = mkdtempSync(join(tmpdir(), 'caravel-csv-memory-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The heap, in MB, that both passes must do with; the file's text as strings is larger than that. */
const HEAP_MB = 64;

const PROGRAM = `
  const { createReadStream } = require('node:fs');
  const { readProduct, readProducts, scanFile } = require('./index.ts');
  void (async () => {
    const path = process.argv[1];
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

it('reads 50,000 rows in a heap that their text would not fit in', () => {
  const register = join(__dirname, '../../../testing/jest/register.cjs');
  const args = [`--max-old-space-size=${HEAP_MB}`, '-r', register, '-e', PROGRAM, bigFile()];
  const output = execFileSync(process.execPath, args, { encoding: 'utf8', cwd: __dirname });
  const found: unknown = JSON.parse(output);
  expect(found).toEqual({
    rows: 50_000,
    apart: 1_000,
    products: 16_334,
    variants: 50_000,
    problems: 0,
  });
  // Other suites may be using the machine.
}, 120_000);
