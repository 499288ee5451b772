/**
 * A product file of the older generation, as wide as a real one.
 * @returns CSV of `products` products with `variants` rows each, one picture a product
 */
export function productFile(products: number, variants: number): string {
  const rows = [HEADER.join(',')];
  for (let product = 0; product < products; product += 1) {
    for (let variant = 0; variant < variants; variant += 1) {
      rows.push(row(product, variant));
    }
  }
  return rows.join('\n');
}

const HEADER = [
  'Handle',
  'Title',
  'Body (HTML)',
  'Vendor',
  'Type',
  'Tags',
  'Published',
  'Option1 Name',
  'Option1 Value',
  'Option2 Name',
  'Option2 Value',
  'Option3 Name',
  'Option3 Value',
  'Variant SKU',
  'Variant Grams',
  'Variant Inventory Tracker',
  'Variant Inventory Qty',
  'Variant Inventory Policy',
  'Variant Fulfillment Service',
  'Variant Price',
  'Variant Compare At Price',
  'Variant Requires Shipping',
  'Variant Taxable',
  'Variant Barcode',
  'Image Src',
  'Image Position',
  'Image Alt Text',
  'Gift Card',
  'SEO Title',
  'SEO Description',
  'Variant Image',
  'Variant Weight Unit',
];

const SIZES = ['Small', 'Medium', 'Large', 'XLarge'];

function row(product: number, variant: number): string {
  const own: Record<string, string> =
    variant > 0
      ? {}
      : {
          Title: `Harbour cap ${product}`,
          'Body (HTML)': `"<p>A cap for ""wet"" days, number ${product}.</p>\n<ul><li>Wool, felted by hand</li><li>Made in the north</li></ul>"`,
          Vendor: `Vendor ${product % 20}`,
          Type: `Type ${product % 12}`,
          Tags: '"caps, wool, winter"',
          Published: 'true',
          'Option1 Name': 'Size',
          'Image Src': `https://pictures.example/${product}.jpg`,
          'Image Position': '1',
          'Gift Card': 'false',
        };
  const cells: Record<string, string> = {
    ...own,
    Handle: `harbour-cap-${product}`,
    'Option1 Value': SIZES[variant] ?? `Size ${variant}`,
    'Variant SKU': `CAP-${product}-${variant}`,
    'Variant Grams': '120',
    'Variant Inventory Tracker': 'shopify',
    'Variant Inventory Qty': String((product + variant) % 50),
    'Variant Inventory Policy': 'deny',
    'Variant Fulfillment Service': 'manual',
    'Variant Price': `${20 + (product % 200)}.95`,
    'Variant Requires Shipping': 'true',
    'Variant Taxable': 'true',
    'Variant Barcode': `'${4_000_000_000_000 + product * 10 + variant}`,
    'Variant Weight Unit': 'kg',
  };
  return HEADER.map((name) => cells[name] ?? '').join(',');
}
