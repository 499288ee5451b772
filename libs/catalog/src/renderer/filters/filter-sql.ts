import { canBeBought } from '../page-sql';
import { type ListFilters, typedAmount } from './list-filters';

/** Collects the parameters of a statement that is put together from parts. */
export class SqlParameters {
  readonly values: unknown[];

  constructor(first: readonly unknown[]) {
    this.values = [...first];
  }

  /** Adds a value. @returns its place holder */
  add(value: unknown): string {
    this.values.push(value);
    return `$${this.values.length}`;
  }
}

/** One filter as a condition, with the bit that stands for it where several are weighed at once. */
interface Condition {
  bit: number;
  sql: string;
}

/** The bit of each kind of filter; those of options follow. */
export const bits = { availability: 1, price: 2, type: 4, vendor: 8, tag: 16 } as const;
const firstOptionBit = 32;

/** The name of a product's option in lower case, as SQL over `p`. @param place from 1 */
export const optionName = (place: number): string => `lower(p.options -> ${place - 1} ->> 'name')`;

/** Filters as SQL over `products p` and `variants v`: those of the product, and those that one variant has to pass. */
export interface FilterSql {
  product: Condition[];
  variant: Condition[];
  /** The bit of the option of that name, as SQL. @param place from 1 */
  optionBit(place: number): string;
}

/** @param currency of the bounds of a price */
export function filterSql(
  filters: ListFilters,
  currency: string,
  parameters: SqlParameters,
): FilterSql {
  const any = (bit: number, column: string, values: readonly string[]): Condition[] =>
    values.length === 0
      ? []
      : [{ bit, sql: `${column} = ANY (${parameters.add(values)}::text[])` }];
  const { tags, availability } = filters;
  const options = Object.entries(filters.options).map(([name, values], index) => ({
    bit: firstOptionBit << index,
    name: `${parameters.add(name)}::text`,
    values: `${parameters.add(values)}::text[]`,
  }));
  return {
    product: [
      ...any(bits.type, 'p.product_type', filters.types),
      ...any(bits.vendor, 'p.vendor', filters.vendors),
      ...(tags.length === 0
        ? []
        : [{ bit: bits.tag, sql: `p.tags && ${parameters.add(tags)}::text[]` }]),
    ],
    variant: [
      ...(availability.length === 0
        ? []
        : [
            {
              bit: bits.availability,
              sql: `${canBeBought} = ANY (${parameters.add(availability.map((one) => one === '1'))}::boolean[])`,
            },
          ]),
      ...priceCondition(filters, currency, parameters),
      ...options.map(({ bit, name, values }) => ({
        bit,
        sql: `(${[1, 2, 3].map((place) => `(${optionName(place)} = ${name} AND v.option${place} = ANY (${values}))`).join(' OR ')})`,
      })),
    ],
    optionBit: (place) =>
      options.length === 0
        ? '0'
        : `CASE ${optionName(place)} ${options.map(({ bit, name }) => `WHEN ${name} THEN ${bit}`).join(' ')} ELSE 0 END`,
  };
}

function priceCondition(
  { priceFrom, priceTo }: ListFilters,
  currency: string,
  parameters: SqlParameters,
): Condition[] {
  const from = typedAmount(priceFrom, currency);
  const to = typedAmount(priceTo, currency);
  const bounds = [
    ...(from === null ? [] : [`v.price_minor >= ${parameters.add(from)}::bigint`]),
    ...(to === null ? [] : [`v.price_minor <= ${parameters.add(to)}::bigint`]),
  ];
  return bounds.length === 0 ? [] : [{ bit: bits.price, sql: `(${bounds.join(' AND ')})` }];
}

/** What a product has to be to be listed, begun with AND; empty without filters. */
export function listCondition({ product, variant }: FilterSql): string {
  const own = product.map(({ sql }) => ` AND ${sql}`).join('');
  if (variant.length === 0) return own;
  return `${own} AND EXISTS (SELECT FROM variants v WHERE v.store_id = p.store_id
    AND v.product_id = p.product_id AND ${variant.map(({ sql }) => sql).join(' AND ')})`;
}

/** A number with the bit of every filter that a variant `v` of a product `p` does not pass. */
export function failures({ product, variant }: FilterSql): string {
  const all = [...product, ...variant];
  return all.length === 0
    ? '0'
    : `(${all.map(({ bit, sql }) => `CASE WHEN ${sql} THEN 0 ELSE ${bit} END`).join(' + ')})`;
}
