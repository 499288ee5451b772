import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createReadStream } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { guard, unguard } from './cells';
import { COLUMNS } from './columns';
import { readProduct, type ReadProduct } from './read-product';
import { readProducts } from './read-products';
import { scanFile } from './scan';

const folder = mkdtempSync(join(tmpdir(), 'caravel-csv-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function read(content: string, currency = 'EUR'): Promise<ReadProduct[]> {
  const path = join(folder, 'file.csv');
  writeFileSync(path, content);
  const scan = await scanFile(createReadStream(path));
  const products: ReadProduct[] = [];
  for await (const rows of readProducts(path, scan)) {
    products.push(readProduct(rows, scan.header, currency));
  }
  return products;
}

async function one(content: string, currency?: string): Promise<ReadProduct> {
  const [product] = await read(content, currency);
  if (!product) throw new Error('No product was read.');
  return product;
}

const codes = ({ problems }: ReadProduct) => problems.map(({ code, line }) => `${code}:${line}`);

describe('the rows of a product', () => {
  it('reads a product of the legacy generation', async () => {
    const { product, problems, counts } = await one(
      'Handle,Title,Body (HTML),Tags,Published,Option1 Name,Option1 Value,Variant Price,' +
        'Variant Compare At Price,Variant Grams,Variant Inventory Qty,Variant Inventory Policy,' +
        'Variant Barcode,Variant Taxable,Image Src,Image Alt Text,Variant Image\n' +
        'Cap,Cap," <p>A\nB</p>","2016, Hats,2016",TRUE,Size,0.00,12.5,20,453.6,-1,CONTINUE,' +
        "'0012,no,//x.test/1.png,One,https://x.test/2.png\n" +
        'cap,,,,,,2016,7,,,,,,,https://x.test/2.png,,\n',
    );
    expect(problems).toEqual([]);
    expect(counts).toEqual({ variants: 2, images: 2, imagesFailed: 0 });
    expect(product).toMatchObject({
      handle: 'cap',
      title: 'Cap',
      descriptionHtml: ' <p>A\nB</p>',
      tags: ['2016', 'Hats'],
      published: true,
      options: ['Size'],
      images: [
        { src: 'https://x.test/1.png', alt: 'One' },
        { src: 'https://x.test/2.png', alt: null },
      ],
    });
    expect(product?.variants?.[0]).toMatchObject({
      optionValues: ['0.00'],
      priceMinor: 1250,
      compareAtMinor: 2000,
      grams: 453.6,
      quantity: -1,
      policy: 'continue',
      barcode: '0012',
      taxable: false,
      imageSrc: 'https://x.test/2.png',
    });
    expect(product?.variants?.[1]).toMatchObject({
      optionValues: ['2016'],
      priceMinor: 700,
      compareAtMinor: null,
      quantity: 0,
      taxable: true,
    });
    expect(product?.variants?.[0]).toHaveProperty('sku', undefined);
  });

  it('reads a product of the current generation, in any order, and keeps what has no home', async () => {
    const { product, problems } = await one(
      'Price,Title,URL handle,Status,Tax code,Product category,Google Shopping / MPN,Price / Japan,' +
        'Included / Japan,Fabric (product.metafields.custom.fabric)\n' +
        '9.990,Cup,cup,Draft,P0000,Home > Cups,M1,1200,true,Clay\n',
    );
    expect(problems).toEqual([]);
    expect(product).toMatchObject({ status: 'draft', options: undefined, images: undefined });
    expect(product?.vendor).toBeUndefined();
    expect(product?.extras).toEqual([
      expect.objectContaining({
        namespace: 'shopify-csv',
        key: 'product_category',
        value: 'Home > Cups',
      }),
      expect.objectContaining({ namespace: 'custom', key: 'fabric', value: 'Clay' }),
      expect.objectContaining({
        type: 'json',
        value: '{"kind":"included","market":"Japan","value":"true"}',
      }),
    ]);
    expect(product?.variants?.[0]?.priceMinor).toBe(999);
    expect(product?.variants?.[0]?.taxCode).toBe('P0000');
    expect(product?.variants?.[0]?.extras.map(({ value }) => value)).toEqual([
      'M1',
      '{"kind":"price","market":"Japan","value":"1200"}',
    ]);
  });

  it('gathers rows that do not stand together', async () => {
    const products = await read(
      'Handle,Title,Option1 Name,Option1 Value\na,A,Size,S\nb,B,Size,S\n"a",,,"M"\nc,C,Size,S\nb,,,M\n\na,,,L\n',
    );
    const seen = products.map(({ handle, line, product }) => [
      handle,
      line,
      product?.variants?.map((variant) => `${variant.optionValues[0]}:${variant.line}`).join(' '),
    ]);
    expect(seen).toEqual([
      ['c', 5, 'S:5'],
      ['a', 2, 'S:2 M:4 L:8'],
      ['b', 3, 'S:3 M:6'],
    ]);
  });

  it('makes a handle from the title, and a default variant from nothing', async () => {
    const [first, second] = await read('Title\nÄrger & Glück\n银行 2016\n');
    expect(first?.product).toMatchObject({ handle: 'aerger-and-glueck', variants: undefined });
    expect(second?.handle).toBe('yin-hang-2016');
    const titled = await one('Handle,Title,Option1 Name,Option1 Value\na,A,Title,Default Title\n');
    expect(titled.product).toMatchObject({ options: [], variants: [{ optionValues: [] }] });
    const real = await one('Handle,Title,Option1 Name,Option1 Value\na,A,Title,Large\n');
    expect(real.product).toMatchObject({
      options: ['Title'],
      variants: [{ optionValues: ['Large'] }],
    });
  });

  const head = 'Handle,Title,Option1 Name,Option1 Value,Variant Price,Variant Taxable,Status\n';
  it.each([
    ['a price in words', `${head}a,A,Size,S,ten,,`, 'bad-price:2'],
    ['a comma as decimal sign', `${head}a,A,Size,S,"1,50",,`, 'bad-price:2'],
    ['a negative price', `${head}a,A,Size,S,-1,,`, 'bad-price:2'],
    ['more decimals than the currency has', `${head}a,A,Size,S,1.005,,`, 'bad-price:2'],
    ['neither true nor false', `${head}a,A,Size,S,1,maybe,`, 'bad-boolean:2'],
    ['an unknown status', `${head}a,A,Size,S,1,,sold`, 'bad-value:2'],
    ['no title', `${head}a,,Size,S,1,,`, 'missing-title:2'],
    ['neither handle nor title', `${head},,Size,S,1,,`, 'missing-handle:2'],
    ['a handle with a slash', `${head}a/b,A,Size,S,1,,`, 'bad-handle:2'],
    ['the same variant twice', `${head}a,A,Size,S,1,,\na,,,S,2,,`, 'duplicate-variant:3'],
    ['two variants without options', `${head}a,A,,,1,,\na,,,,2,,`, 'duplicate-variant:3'],
    ['an option without a value', `${head}a,A,Size,S,1,,\na,,,,2,,`, 'missing-option:3'],
    ['a value without an option', `${head}a,A,,S,1,,\na,,,M,2,,`, 'missing-option:2'],
    ['too few cells', `${head}a,A,Size`, 'wrong-cell-count:2'],
    ['too many cells', `${head}a,A,Size,S,1,,,surplus`, 'wrong-cell-count:2'],
    ['a title of 300 characters', `${head}a,${'x'.repeat(300)},Size,S,1,,`, 'too-long:2'],
  ])('refuses %s', async (_what, content, code) => {
    const found = await one(content);
    expect(found.product).toBeNull();
    expect(codes(found)).toContain(code);
  });

  it('names the column as the file names it', async () => {
    const { problems } = await one('URL handle, Title ,Price\na,A,x');
    expect(problems).toEqual([
      {
        line: 2,
        handle: 'a',
        field: 'Price',
        code: 'bad-price',
        message: expect.stringContaining('“x”'),
      },
    ]);
    expect(codes(await one('Handle,Title,Price\na,A,1.50', 'JPY'))).toEqual(['bad-price:2']);
  });

  it('refuses 2,049 variants and takes 2,048', async () => {
    const rows = Array.from(
      { length: 2_049 },
      (_, i) => `a,${i ? '' : 'A'},${i ? '' : 'No'},${i},1`,
    );
    const file = (count: number) =>
      ['Handle,Title,Option1 Name,Option1 Value,Price', ...rows.slice(0, count)].join('\n');
    expect((await one(file(2_048))).product?.variants).toHaveLength(2_048);
    const over = await one(file(2_049));
    expect(over.product).toBeNull();
    expect(over.problems).toEqual([
      expect.objectContaining({ code: 'too-many-variants', line: 2_050, field: 'Option1 Value' }),
    ]);
    expect(over.counts.variants).toBe(2_049);
  });

  it('never loses a product for its picture', async () => {
    const found = await one(
      'Handle,Title,Image Src\na,A,not an address\na,,ftp://x.test/1.png\na,,https://x.test/1.png',
    );
    expect(found.product?.images).toHaveLength(1);
    expect(found.counts).toMatchObject({ images: 1, imagesFailed: 2 });
    expect(codes(found)).toEqual(['bad-image:2', 'bad-image:3']);
  });

  it('orders pictures by their position', async () => {
    const found = await one(
      'Handle,Title,Image Src,Image Position\na,A,https://x.test/2.png,2\na,,https://x.test/1.png,1\na,,https://x.test/3.png,',
    );
    expect(found.product?.images?.map(({ src }) => src.at(-5))).toEqual(['1', '2', '3']);
  });

  it('knows every column of both generations', () => {
    expect(COLUMNS).toHaveLength(56);
    expect(new Set(COLUMNS.map(({ header }) => header.toLowerCase())).size).toBe(56);
  });

  it('guards formulas so that reading gives back the same text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("'", '=', '-', '@', 'a', '\t') }), (text) => {
        expect(unguard(guard(text))).toBe(text);
        expect(guard(text)).not.toMatch(/^[=+\-@\t]/);
      }),
    );
    expect(guard('=1+1')).toBe("'=1+1");
    expect(unguard("'2016")).toBe("'2016");
  });
});
