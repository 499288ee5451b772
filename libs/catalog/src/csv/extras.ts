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

/** Known columns that our tables have no place for, to the metafield that keeps them. */
export const HOMES: ReadonlyMap<Field, { namespace: string; key: string }> = new Map(
  (
    [
      ['category', KEPT, 'product_category'],
      ['option1LinkedTo', KEPT, 'option1_linked_to'],
      ['option2LinkedTo', KEPT, 'option2_linked_to'],
      ['option3LinkedTo', KEPT, 'option3_linked_to'],
      ['taxCode', KEPT, 'tax_code'],
      ['unitTotal', KEPT, 'unit_price_total_measure'],
      ['unitTotalUnit', KEPT, 'unit_price_total_measure_unit'],
      ['unitBase', KEPT, 'unit_price_base_measure'],
      ['unitBaseUnit', KEPT, 'unit_price_base_measure_unit'],
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

/** The values of one row that become metafields of its product or of its variant. */
export function readExtras(
  cells: Cells,
  row: CsvRow,
  header: Header,
  owner: 'product' | 'variant',
): CsvExtra[] {
  const extras: CsvExtra[] = [];
  for (const [field, home] of HOMES) {
    if (levelOf(field) !== owner) continue;
    const index = header.fields.get(field);
    if (index === undefined) continue;
    const value = cells.raw(row, index);
    const said = value?.toLowerCase() === USUAL[field] ? null : value;
    extras.push({ ...home, type: textType(said), value: said });
  }
  for (const { index, owner: level, namespace, key } of header.metafields) {
    if (level !== owner) continue;
    const value = cells.raw(row, index);
    extras.push({ namespace, key, type: textType(value), value });
  }
  for (const column of header.markets) {
    if ((column.kind === 'included' ? 'product' : 'variant') !== owner) continue;
    extras.push(marketExtra(column, cells.raw(row, column.index)));
  }
  return extras;
}

function textType(value: string | null): CsvExtra['type'] {
  return value?.includes('\n') ? 'multi_line_text_field' : 'single_line_text_field';
}

/** A market's name may be any text and a key may not: the key holds its hash, the value its name. */
function marketExtra({ kind, market }: MarketColumn, value: string | null): CsvExtra {
  const hash = createHash('sha256').update(market).digest('hex').slice(0, 16);
  return {
    namespace: MARKETS,
    key: `${kind}_${hash}`,
    type: 'json',
    value: value === null ? null : JSON.stringify({ kind, market, value }),
  };
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
