import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import type { ProductImport } from '../src/contract/product-imports.contract';
import { REASON_COLUMNS } from '../src/csv';
import { FailedRowsService } from '../src/imports/failed-rows.service';
import { ProductImportsService } from '../src/imports/product-imports.service';
import {
  fixture,
  haveSamples,
  openImportLab,
  sample,
  SAMPLE_COUNTS,
  type ImportLab,
} from './import-lab.builder';

let desk: ImportLab;
beforeAll(async () => {
  desk = await openImportLab();
});
afterAll(() => desk.lab.close());

const counted = ({ counts: { products, variants, images } }: ProductImport) => [
  products.created,
  products.updated,
  products.skipped,
  products.failed,
  variants.created,
  images.queued,
];

const codes = ({ problems }: ProductImport) => problems.map(({ code, line }) => `${code}:${line}`);

/** What is wrong, beside leftovers of editors in descriptions such as `<meta charset>`. */
const complaints = ({ problems }: ProductImport) =>
  problems.filter(({ code }) => code !== 'html-removed');

interface Sample {
  name: string;
  file: () => Buffer;
  expected: readonly [products: number, variants: number, images: number];
}

const files: Sample[] = [
  { name: 'our older file', file: () => fixture('products-legacy.csv'), expected: [3, 6, 4] },
  { name: 'our current file', file: () => fixture('products-current.csv'), expected: [2, 3, 2] },
  ...(haveSamples()
    ? SAMPLE_COUNTS.map(([name, ...expected]) => ({ name, file: () => sample(name), expected }))
    : []),
];

describe.each(files)('$name', ({ file, expected: [products, variants, images] }) => {
  let storeId: string;
  beforeAll(async () => {
    storeId = await desk.lab.aStore();
  });

  it('is judged by a dry run that changes nothing', async () => {
    const before = await desk.dump(storeId);
    const tried = await desk.run(storeId, file(), { dryRun: true });
    expect(tried).toMatchObject({ status: 'completed', progress: 1 });
    expect(complaints(tried)).toEqual([]);
    expect(counted(tried)).toEqual([products, 0, 0, 0, variants, images]);
    expect(await desk.dump(storeId)).toEqual(before);
  });

  it('is imported with exactly its counts', async () => {
    const done = await desk.run(storeId, file());
    expect(done).toMatchObject({ status: 'completed', progress: 1 });
    expect(complaints(done)).toEqual([]);
    expect(counted(done)).toEqual([products, 0, 0, 0, variants, images]);
    const rows = await desk.dump(storeId);
    expect(rows.products).toHaveLength(products);
    expect(rows.variants).toHaveLength(variants);
    expect(rows.product_media).toHaveLength(images);
  });

  it('changes nothing when it is imported again', async () => {
    const before = await desk.dump(storeId);
    const skipped = await desk.run(storeId, file());
    expect(counted(skipped)).toEqual([0, 0, products, 0, 0, 0]);
    expect(complaints(skipped)).toHaveLength(products);
    expect(skipped.problems).toContainEqual(expect.objectContaining({ code: 'handle-exists' }));
    const again = await desk.run(storeId, file(), { overwrite: true });
    expect(complaints(again)).toEqual([]);
    expect(counted(again)).toEqual([0, 0, products, 0, 0, 0]);
    expect(await desk.dump(storeId)).toEqual(before);
  });

  it('changes nothing when its export is imported, here or in an empty store', async () => {
    const before = await desk.dump(storeId);
    const exported = await desk.export(storeId);
    const again = await desk.run(storeId, exported, { overwrite: true });
    expect(again.problems).toEqual([]);
    expect(counted(again)).toEqual([0, 0, products, 0, 0, 0]);
    expect(await desk.dump(storeId)).toEqual(before);
    const copy = await desk.lab.aStore();
    expect(counted(await desk.run(copy, exported))).toEqual([products, 0, 0, 0, variants, images]);
    expect(await desk.export(copy)).toBe(exported);
  });
});

const head = 'Handle,Title,Option1 Name,Option1 Value,Variant Price\n';
const many = (count: number) =>
  head + Array.from({ length: count }, (_, i) => `a,${i ? ',' : 'A,Number'},${i},1.00`).join('\n');

describe('a spoiled file', () => {
  it.each([
    ['a missing column', 'Handle,Variant Price\na,1\n', 'missing-column:1'],
    ['a broken quote', `${head}a,A,Size,S,1\nb,"B,Size,S,1\nc,C,Size,S,1\n`, 'broken-quote:3'],
    ['a bad price', `${head}a,A,Size,S,12.x\n`, 'bad-price:2'],
    ['the same variant twice', `${head}a,A,Size,S,1\na,,,S,2\n`, 'duplicate-variant:3'],
    ['2,049 variants', many(2_049), 'too-many-variants:2050'],
    ['another encoding', Buffer.from(`${head}a,Caf\xe9,Size,S,1\n`, 'latin1'), 'wrong-encoding:2'],
    ['UTF-16', Buffer.from(`\ufeff${head}a,A,Size,S,1\n`, 'utf16le'), 'wrong-encoding:1'],
    ['semicolons', `${head}a,A,Size,S,1\n`.replaceAll(',', ';'), 'wrong-delimiter:1'],
    ['nothing in it', '', 'empty-file:1'],
    ['no products in it', head, 'no-rows:1'],
  ])('with %s gets a verdict and leaves the store as it was', async (_what, file, code) => {
    const storeId = await desk.lab.aStore();
    await desk.run(storeId, 'Handle,Title,Price\na,Old,3\n');
    const before = await desk.dump(storeId);
    const verdict = await desk.run(storeId, file, { overwrite: true });
    expect(verdict.status).toBe('failed');
    expect(codes(verdict)).toContain(code);
    expect(verdict.problems[0]?.message).not.toBe('');
    expect(await desk.dump(storeId)).toEqual(before);
  });

  it('costs only the products that are at fault', async () => {
    const storeId = await desk.lab.aStore();
    const file = `${head}a,A,Size,S,1\nb,B,Size,S,x\nb,,,M,1\nc,C,Size,S,1\n`;
    const done = await desk.run(storeId, file);
    expect(done.status).toBe('completed');
    expect(counted(done)).toEqual([2, 0, 0, 1, 2, 0]);
    expect(done.counts.variants.failed).toBe(2);
    expect(codes(done)).toEqual(['bad-price:3']);
  });
});

describe('an overwriting import', () => {
  it('clears what is present and blank, and keeps what is absent', async () => {
    const storeId = await desk.lab.aStore();
    await desk.run(
      storeId,
      'Handle,Title,Vendor,Type,Tags,SKU,Price,Compare-at price,Cost per item,Inventory tracker,Inventory quantity\n' +
        'a,A,V,T,"x, y",S1,2,3,1,shopify,7\n',
    );
    const changed = await desk.run(
      storeId,
      'Handle,Title,Vendor,Tags,Compare-at price\na,A2,,,\n',
      {
        overwrite: true,
      },
    );
    expect(counted(changed)).toEqual([0, 1, 0, 0, 0, 0]);
    expect(changed.counts.variants.updated).toBe(1);
    const [header, row] = (await desk.export(storeId)).split('\r\n').map((line) => line.split(','));
    const cell = (name: string) => row?.[header?.indexOf(name) ?? -1];
    const names = ['Title', 'Vendor', 'Type', 'Tags', 'SKU', 'Price', 'Compare-at price'];
    expect(names.map(cell)).toEqual(['A2', '', 'T', '', 'S1', '2.00', '']);
    expect(['Cost per item', 'Inventory quantity'].map(cell)).toEqual(['1.00', '7']);
  });
});

describe('the file of failed rows', () => {
  async function failedRows(storeId: string, file: string): Promise<string[][]> {
    const importId = await desk.start(storeId, file);
    await desk.lab.drain();
    const imports = desk.lab.get(ProductImportsService);
    const faults = await desk.lab.db.read(storeId, (store) => imports.listFaults(store, importId));
    const key = imports.fileKey(storeId, importId);
    const stream = await desk.lab.get(FailedRowsService).open(key, faults);
    return parse(Buffer.concat(await stream.toArray()));
  }

  it('holds all rows of the products at fault, and is imported once it is mended', async () => {
    const storeId = await desk.lab.aStore();
    const rows = await failedRows(storeId, `${head}a,A,Size,S,1\nb,"B, x",Size,S,1\nb,,,M,x\n`);
    expect(rows).toEqual([
      ['Handle', 'Title', 'Option1 Name', 'Option1 Value', 'Variant Price', ...REASON_COLUMNS],
      ['b', 'B, x', 'Size', 'S', '1', '', ''],
      ['b', '', '', 'M', 'x', expect.stringContaining('“x”'), 'Variant Price'],
    ]);
    const mended = stringify(rows.map((row) => row.map((cell) => (cell === 'x' ? '2' : cell))));
    const done = await desk.run(storeId, mended);
    expect(done.problems).toEqual([]);
    expect(counted(done)).toEqual([1, 0, 0, 0, 2, 0]);
  });

  it('names the fault of a file that failed as a whole', async () => {
    const storeId = await desk.lab.aStore();
    const rows = await failedRows(storeId, 'Handle;Title;Price\na;A;1\n');
    expect(rows).toEqual([
      ['Line', ...REASON_COLUMNS],
      ['1', expect.stringContaining('semicolons'), ''],
    ]);
  });
});

it('tells of each product what its description lost, and writes the product', async () => {
  const storeId = await desk.lab.aStore();
  const rows = [
    'a,A,"<p onclick=""a()"" onclick=""b()"">A</p><script>c()</script>",1',
    'b,B,<p>B</p>,1',
    'c,C,"<a href=""javascript:d()"">C</a>",1',
  ];
  const file = `Handle,Title,Body (HTML),Variant Price\n${rows.join('\n')}\n`;
  const lost = [
    {
      line: 2,
      handle: 'a',
      field: 'bodyHtml',
      code: 'html-removed',
      message: 'Taken out of the HTML: onclick of <p>, <script>.',
    },
    {
      line: 4,
      handle: 'c',
      field: 'bodyHtml',
      code: 'html-removed',
      message: 'Taken out of the HTML: href of <a>.',
    },
  ];
  const tried = await desk.run(storeId, file, { dryRun: true });
  expect([tried.problems, counted(tried)]).toEqual([lost, [3, 0, 0, 0, 3, 0]]);
  const done = await desk.run(storeId, file);
  expect([done.problems, counted(done)]).toEqual([lost, [3, 0, 0, 0, 3, 0]]);
  const bodies = parse(await desk.export(storeId), { columns: true, bom: true }).map(
    (row) => (row as Record<string, string>)['Description'],
  );
  expect(bodies).toEqual(['<p>A</p>', '<p>B</p>', '<a>C</a>']);
  const again = await desk.run(storeId, file, { overwrite: true });
  expect([again.problems, counted(again)]).toEqual([lost, [0, 0, 3, 0, 0, 0]]);
});

it('pages through the problems of an import', async () => {
  const storeId = await desk.lab.aStore();
  const rows = Array.from({ length: 5 }, (_, i) => `p${i},P,Size,S,x`);
  const importId = await desk.start(storeId, head + rows.join('\n'));
  await desk.lab.drain();
  const imports = desk.lab.get(ProductImportsService);
  const page = (cursor?: string) =>
    desk.lab.db.read(storeId, (store) =>
      imports.listProblems(store, importId, { limit: 3, cursor }),
    );
  const first = await page();
  expect(first.items.map(({ line }) => line)).toEqual([2, 3, 4]);
  const last = await page(first.nextCursor ?? undefined);
  expect(last.items.map(({ line }) => line)).toEqual([5, 6]);
  expect(last.nextCursor).toBeNull();
});
