import { createHash } from 'node:crypto';
import type { Cells } from './cells';
import { levelOf, type Field } from './columns';
import type { CsvExtra } from './csv-product';
import type { Header, MarketColumn } from './header';
import type { CsvRow } from './read-rows';

/** Shopify's own namespace for the values of its Google columns. */
const GOOGLE = 'mm-google-shopping';
/** Our namespaces for what the shop does not use yet, so that an export gives it back. */
const KEPT = 'shopify-csv';
const MARKETS = 'shopify-csv-market';

/** The address of a metafield on its owner. */
interface Home {
  namespace: string;
  key: string;
}

/** Known columns that our tables have no place for, to the metafield that keeps them. */
export const HOMES: ReadonlyMap<Field, Home> = new Map(
  (
    [
      ['category', KEPT, 'product_category'],
      ['option1LinkedTo', KEPT, 'option1_linked_to'],
      ['option2LinkedTo', KEPT, 'option2_linked_to'],
      ['option3LinkedTo', KEPT, 'option3_linked_to'],
      ['fulfillmentService', KEPT, 'fulfillment_service'],
      ['tracker', KEPT, 'inventory_tracker'],
      ['googleCategory', GOOGLE, 'google_product_category'],
      ['googleGender', GOOGLE, 'gender'],
      ['googleAgeGroup', GOOGLE, 'age_group'],
      ['googleMpn', GOOGLE, 'mpn'],
      ['googleAdGroup', GOOGLE, 'ad_group_name'],
      ['googleAdLabels', GOOGLE, 'ads_labels'],
      ['googleCondition', GOOGLE, 'condition'],
      ['googleCustomProduct', GOOGLE, 'custom_product'],
      ['googleLabel0', GOOGLE, 'custom_label_0'],
      ['googleLabel1', GOOGLE, 'custom_label_1'],
      ['googleLabel2', GOOGLE, 'custom_label_2'],
      ['googleLabel3', GOOGLE, 'custom_label_3'],
      ['googleLabel4', GOOGLE, 'custom_label_4'],
    ] as const satisfies readonly (readonly [Field, string, string])[]
  ).map(([field, namespace, key]) => [field, { namespace, key }]),
);

/** Values that say nothing: the same as a blank cell. */
const USUAL: Partial<Record<Field, string>> = { fulfillmentService: 'manual', tracker: 'shopify' };

/** What a blank or absent metafield of a field stands for in an export. */
export function usualValue(field: Field): string {
  return USUAL[field] ?? '';
}

/** A column whose values become metafields, and what to make of a cell. */
interface Source {
  index: number;
  /** For a blank cell; one object for all rows, since most of these cells are blank. */
  blank: CsvExtra;
  read: (value: string) => CsvExtra;
}

type Sources = Record<'product' | 'variant', readonly Source[]>;

const known = new WeakMap<Header, Sources>();

/** The values of one row that become metafields of its product or of its variant. */
export function readExtras(
  cells: Cells,
  row: CsvRow,
  header: Header,
  owner: 'product' | 'variant',
): CsvExtra[] {
  let sources = known.get(header);
  if (!sources) {
    sources = { product: sourcesOf(header, 'product'), variant: sourcesOf(header, 'variant') };
    known.set(header, sources);
  }
  return sources[owner].map(({ index, blank, read }) => {
    const value = cells.raw(row, index);
    return value === null ? blank : read(value);
  });
}

function sourcesOf(header: Header, owner: 'product' | 'variant'): Source[] {
  const sources: Source[] = [];
  for (const [field, home] of HOMES) {
    const index = header.fields.get(field);
    if (index === undefined || levelOf(field) !== owner) continue;
    sources.push(textSource(index, home, USUAL[field]));
  }
  for (const { index, owner: level, namespace, key } of header.metafields) {
    if (level === owner) sources.push(textSource(index, { namespace, key }));
  }
  for (const column of header.markets) {
    const level = column.kind === 'included' ? 'product' : 'variant';
    if (level === owner) sources.push(marketSource(column));
  }
  return sources;
}

function textSource(index: number, home: Home, usual?: string): Source {
  const blank: CsvExtra = {
    ...home,
    type: 'single_line_text_field',
    value: null,
    fromText: true,
  };
  const read = (value: string): CsvExtra => {
    if (value.toLowerCase() === usual) return blank;
    const long = value.length > 5_000 || /[\r\n]/.test(value);
    const type = long ? 'multi_line_text_field' : 'single_line_text_field';
    const { namespace, key } = home;
    return { namespace, key, type, value, fromText: true };
  };
  return { index, blank, read };
}

/** A market's name may be any text and a key may not: the key holds its hash, the value its name. */
function marketSource({ index, kind, market }: MarketColumn): Source {
  const hash = createHash('sha256').update(market).digest('hex').slice(0, 16);
  const blank: CsvExtra = {
    namespace: MARKETS,
    key: `${kind}_${hash}`,
    type: 'json',
    value: null,
    fromText: true,
  };
  const read = (value: string) => ({ ...blank, value: JSON.stringify({ kind, market, value }) });
  return { index, blank, read };
}

const MARKET_HEADERS = {
  included: 'Included',
  price: 'Price',
  compareAtPrice: 'Compare-at price',
} as const;

/** The header and cell of a metafield that keeps a market's value; null for any other metafield. */
export function marketCell(
  namespace: string,
  value: unknown,
): { header: string; value: string } | null {
  if (namespace !== MARKETS || typeof value !== 'object' || value === null) return null;
  const kept = value as { kind: keyof typeof MARKET_HEADERS; market: string; value: string };
  return { header: `${MARKET_HEADERS[kept.kind]} / ${kept.market}`, value: kept.value };
}
