import type { CollectionCondition, CollectionRules } from '../contract/collection-rules.contract';
import { lower } from './rule-fields';

/** A condition on `products p` as SQL, with the values of its parameters. */
export interface CompiledRules {
  sql: string;
  params: unknown[];
}

/**
 * Compiles rules to SQL over `products p`, for finding a collection's members in the whole store at once. It says of
 * every product what `matchesRules` says.
 * @param first the number of the first free parameter
 */
export function compileRules(rules: CollectionRules, first: number): CompiledRules {
  const params: unknown[] = [];
  const param = (value: unknown) => {
    params.push(value);
    return `$${first + params.length - 1}`;
  };
  return { sql: compile(rules, param), params };
}

type Param = (value: unknown) => string;

function compile(rules: CollectionRules, param: Param): string {
  if ('all' in rules) return `(${rules.all.map((rule) => compile(rule, param)).join(' AND ')})`;
  if ('any' in rules) return `(${rules.any.map((rule) => compile(rule, param)).join(' OR ')})`;
  if (!('value' in rules)) {
    const present = some(rules, () => 'true', param);
    return rules.operator === 'is_set' ? present : `NOT ${present}`;
  }
  const { operator, value: wanted } = rules;
  const negated = operator === 'not_equals' || operator === 'not_contains';
  const positive = negated ? operator.slice('not_'.length) : operator;
  const found = some(rules, (value) => comparison(value, positive, wanted, param), param);
  return negated ? `NOT ${found}` : found;
}

/** SQL that says whether one of the values that a condition asks about passes a test. */
function some(condition: CollectionCondition, test: (sql: string) => string, param: Param): string {
  switch (condition.field) {
    case 'title':
      return `(${test('p.title')})`;
    case 'type':
      return `(${test('p.product_type')})`;
    case 'vendor':
      return `(${test('p.vendor')})`;
    case 'tag':
      return `EXISTS (SELECT FROM unnest(p.tags) AS t (tag) WHERE ${test('t.tag')})`;
    case 'inventory':
      return `(${test(`(SELECT coalesce(sum(l.on_hand - l.committed - l.reserved - l.unavailable), 0)
        FROM variants v JOIN inventory_levels l ON l.store_id = v.store_id AND l.item_id = v.variant_id
        WHERE v.store_id = p.store_id AND v.product_id = p.product_id AND v.tracked)`)})`;
    case 'metafield':
      return `EXISTS (SELECT FROM product_metafields m WHERE m.store_id = p.store_id
        AND m.product_id = p.product_id AND m.namespace = ${param(condition.namespace)}
        AND m.key = ${param(condition.key)} AND m.value <> 'null' AND ${test(metafieldValue(condition))})`;
    default: {
      const column = variantColumns[condition.field];
      return `EXISTS (SELECT FROM variants v WHERE v.store_id = p.store_id AND v.product_id = p.product_id
        AND ${column} IS NOT NULL AND ${test(column)})`;
    }
  }
}

const variantColumns = {
  variant_title: `coalesce(nullif(concat_ws(' / ', v.option1, v.option2, v.option3), ''), 'Default Title')`,
  price: 'v.price_minor',
  compare_at: 'v.compare_at_minor',
  weight: 'v.weight_grams',
} as const;

/** A metafield's value as the type that it is compared with; null when it has another. */
function metafieldValue(condition: CollectionCondition): string {
  if (!('value' in condition)) return 'm.value';
  const wanted = condition.value;
  if (typeof wanted === 'number')
    return `CASE WHEN jsonb_typeof(m.value) = 'number' THEN m.value::numeric END`;
  if (typeof wanted === 'boolean')
    return `CASE WHEN jsonb_typeof(m.value) = 'boolean' THEN m.value::boolean END`;
  return `CASE WHEN jsonb_typeof(m.value) = 'string' THEN m.value #>> '{}' END`;
}

function comparison(
  value: string,
  operator: string,
  wanted: string | number | boolean,
  param: Param,
): string {
  if (typeof wanted === 'boolean') return `${value} = ${param(wanted)}::boolean`;
  if (typeof wanted === 'number') {
    const sign = operator === 'greater_than' ? '>' : operator === 'less_than' ? '<' : '=';
    return `${value} ${sign} ${param(wanted)}::numeric`;
  }
  const text = `lower(${value})`;
  const slot = `${param(lower(wanted))}::text`;
  switch (operator) {
    case 'starts_with':
      return `starts_with(${text}, ${slot})`;
    case 'ends_with':
      return `right(${text}, length(${slot})) = ${slot}`;
    case 'contains':
      return `strpos(${text}, ${slot}) > 0`;
    default:
      return `${text} = ${slot}`;
  }
}
