import type { CollectionCondition, CollectionRules } from '../contract/collection-rules.contract';
import { lower } from './rule-fields';

/** What rules may ask of a product. */
export interface ProductFacts {
  title: string;
  productType: string;
  vendor: string;
  tags: readonly string[];
  variants: readonly {
    title: string;
    priceMinor: number;
    compareAtMinor: number | null;
    grams: number;
  }[];
  /** What is available of all tracked variants. */
  inventory: number;
  /** From `namespace.key` to the value. */
  metafields: Readonly<Record<string, unknown>>;
}

/**
 * Whether a product belongs to a smart collection. Text is compared without case. Of several values (tags, variants)
 * one that fits is enough; a negated condition holds when none does.
 */
export function matchesRules(facts: ProductFacts, rules: CollectionRules): boolean {
  if ('all' in rules) return rules.all.every((rule) => matchesRules(facts, rule));
  if ('any' in rules) return rules.any.some((rule) => matchesRules(facts, rule));
  const values = valuesFor(facts, rules).filter((value) => value !== null && value !== undefined);
  switch (rules.operator) {
    case 'is_set':
      return values.length > 0;
    case 'is_not_set':
      return values.length === 0;
    case 'not_equals':
      return !values.some((value) => compare(value, 'equals', rules.value));
    case 'not_contains':
      return !values.some((value) => compare(value, 'contains', rules.value));
    default: {
      const { operator, value: wanted } = rules;
      return values.some((value) => compare(value, operator, wanted));
    }
  }
}

function valuesFor(facts: ProductFacts, condition: CollectionCondition): readonly unknown[] {
  switch (condition.field) {
    case 'title':
      return [facts.title];
    case 'type':
      return [facts.productType];
    case 'vendor':
      return [facts.vendor];
    case 'tag':
      return facts.tags;
    case 'inventory':
      return [facts.inventory];
    case 'variant_title':
      return facts.variants.map(({ title }) => title);
    case 'price':
      return facts.variants.map(({ priceMinor }) => priceMinor);
    case 'compare_at':
      return facts.variants.map(({ compareAtMinor }) => compareAtMinor);
    case 'weight':
      return facts.variants.map(({ grams }) => grams);
    default:
      return [facts.metafields[`${condition.namespace}.${condition.key}`]];
  }
}

type Comparison =
  'equals' | 'starts_with' | 'ends_with' | 'contains' | 'greater_than' | 'less_than';

function compare(value: unknown, operator: Comparison, wanted: string | number | boolean): boolean {
  if (typeof value === 'string' && typeof wanted === 'string')
    return compareText(lower(value), operator, lower(wanted));
  if (typeof value === 'number' && typeof wanted === 'number') {
    if (operator === 'greater_than') return value > wanted;
    return operator === 'less_than' ? value < wanted : value === wanted;
  }
  return typeof value === 'boolean' && value === wanted;
}

function compareText(value: string, operator: Comparison, wanted: string): boolean {
  switch (operator) {
    case 'starts_with':
      return value.startsWith(wanted);
    case 'ends_with':
      return value.endsWith(wanted);
    case 'contains':
      return value.includes(wanted);
    default:
      return value === wanted;
  }
}
