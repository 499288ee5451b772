import type { StoreReader } from '@platform/database';
import { canBeBought, visible } from '../page-sql';
import { bits, failures, filterSql, optionName, SqlParameters } from './filter-sql';
import { filterParameters, type ListFilters } from './list-filters';

/** One value of one facet. */
export interface FacetRow {
  /** `availability`, `type`, `vendor`, `tag`, or `option:<lower-case name>`. */
  facet: string;
  value: string;
  /** Products that the list would show if this value alone were chosen of its facet. */
  count: number;
  /** Products that have it, whatever is chosen. */
  total: number;
  /** Where it stands among a product's own values; the least of all products. */
  place: number;
}

/** All that a list can be narrowed by. */
export interface Facets {
  rows: FacetRow[];
  /** Names of options as merchants write them, by their lower-case form. */
  names: Record<string, string>;
  /** Minor units; null in an empty list. */
  priceMin: number | null;
  priceMax: number | null;
}

/** Which products a list is about before anything is chosen. */
export type ListBase =
  { kind: 'all' } | { kind: 'collection'; handle: string } | { kind: 'search'; wanted: string };

/** Values of a facet that are sent to a page; the most frequent win. */
const mostValues = 100;
const places = [1, 2, 3];
/** A longer list is not counted: it would cost a page too much. Shopify draws the line at the same place. */
const mostProducts = 5_000;

/**
 * Counts what every value of every filter would list, in one statement. Each variant carries the filters that it does
 * not pass as bits; a value counts the products that have a variant with it which passes all filters but its own. So
 * values of one filter add up as OR and filters narrow each other as AND, exactly as the list itself does.
 */
export async function findFacets(
  store: StoreReader,
  base: ListBase,
  filters: ListFilters,
  currency: string,
): Promise<Facets> {
  const parameters = new SqlParameters([store.storeId]);
  const from = baseSql(base, parameters);
  const sql = filterSql(filters, currency, parameters);
  const chosen = parameters.add(filterParameters(filters).map(([, value]) => value));
  const [found] = await store.query<Facets>(
    `WITH base AS MATERIALIZED (
       SELECT p.store_id, p.product_id, p.vendor, p.product_type, p.tags, p.options FROM ${from}
       LIMIT ${mostProducts + 1}),
     rows AS MATERIALIZED (
       SELECT p.product_id, p.vendor, p.product_type, v.position, v.price_minor, ${failures(sql)} AS fails,
         ${canBeBought} AS available,
         ${places.map((n) => `${optionName(n)} AS name${n}, v.option${n}, ${sql.optionBit(n)} AS bit${n}`).join(', ')}
       FROM base p JOIN variants v ON v.store_id = p.store_id AND v.product_id = p.product_id
       WHERE (SELECT count(*) FROM base) <= ${mostProducts}),
     ${countedWords},
     counted AS (
       SELECT facet, value, count(*) FILTER (WHERE fits)::int AS count, count(*)::int AS total, min(place) AS place,
         row_number() OVER (PARTITION BY facet ORDER BY count(*) DESC, value) AS rank
       FROM words GROUP BY facet, value)
     SELECT (SELECT coalesce(jsonb_agg(jsonb_build_object('facet', facet, 'value', value, 'count', count,
         'total', total, 'place', place) ORDER BY place, value), '[]')
         FROM counted WHERE rank <= ${mostValues} OR value = ANY (${chosen}::text[])) AS rows,
       (SELECT coalesce(jsonb_object_agg(lower(o ->> 'name'), o ->> 'name'), '{}')
         FROM base p CROSS JOIN LATERAL jsonb_array_elements(p.options) o) AS names,
       (SELECT min(price_minor) FROM rows) AS "priceMin", (SELECT max(price_minor) FROM rows) AS "priceMax"`,
    parameters.values,
  );
  return found ?? { rows: [], names: {}, priceMin: null, priceMax: null };
}

/** Of every product once: which facets' own bits are all that it fails; and every word that it can be found by. */
const countedWords = `products AS MATERIALIZED (
       SELECT product_id, bool_or(fails & ~${bits.type} = 0) AS of_type, bool_or(fails & ~${bits.vendor} = 0) AS of_vendor,
         bool_or(fails & ~${bits.tag} = 0) AS of_tag,
         bool_or(available) AS has_1, bool_or(available AND fails & ~${bits.availability} = 0) AS of_1,
         bool_or(NOT available) AS has_0, bool_or(NOT available AND fails & ~${bits.availability} = 0) AS of_0
       FROM rows GROUP BY product_id),
     words AS (
       SELECT f.facet, f.value, f.fits, f.place FROM base p JOIN products USING (product_id)
       CROSS JOIN LATERAL (VALUES ('type', p.product_type, of_type, 0), ('vendor', p.vendor, of_vendor, 0),
         ('availability', CASE WHEN has_1 THEN '1' END, of_1, 0),
         ('availability', CASE WHEN has_0 THEN '0' END, of_0, 1)) f (facet, value, fits, place)
       WHERE f.value <> ''
       UNION ALL
       SELECT 'tag', t.tag, of_tag, 0 FROM base p JOIN products USING (product_id)
       CROSS JOIN LATERAL (SELECT DISTINCT unnest(p.tags)) t (tag)
       UNION ALL
       ${places.map(optionWords).join(' UNION ALL ')})`;

/** The values of one place among the options, each once a product. */
function optionWords(place: number): string {
  return `SELECT 'option:' || name${place}, option${place}, bool_or(fails & ~bit${place} = 0), min(position)
    FROM rows WHERE option${place} <> '' AND name${place} IS NOT NULL GROUP BY product_id, name${place}, option${place}`;
}

function baseSql(base: ListBase, parameters: SqlParameters): string {
  switch (base.kind) {
    case 'all':
      return `products p WHERE p.store_id = $1 AND ${visible}`;
    case 'collection':
      return `collections c JOIN collection_products cp USING (store_id, collection_id)
        JOIN products p USING (store_id, product_id)
        WHERE store_id = $1 AND c.handle = ${parameters.add(base.handle)} AND ${visible}`;
    default:
      return `search_products(${parameters.add(base.wanted)}::tsquery, true) s JOIN products p USING (product_id)
        WHERE p.store_id = $1`;
  }
}
