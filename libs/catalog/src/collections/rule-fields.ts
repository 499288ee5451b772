import type { CollectionCondition, CollectionRules } from '../contract/collection-rules.contract';

/** More than this in one collection is a mistake or an attack (Shopify: 60 conditions). */
export const ruleLimits = { conditions: 60, depth: 5 } as const;

/** The name under which the index knows the field of a condition. */
export function indexedField(condition: CollectionCondition): string {
  return condition.field === 'metafield'
    ? `metafield:${condition.namespace}.${condition.key}`
    : condition.field;
}

/** All conditions of rules, however nested. */
export function conditionsOf(rules: CollectionRules): CollectionCondition[] {
  if ('all' in rules) return rules.all.flatMap(conditionsOf);
  if ('any' in rules) return rules.any.flatMap(conditionsOf);
  return [rules];
}

/** The fields that rules ask about. */
export function fieldsOf(rules: CollectionRules): string[] {
  return [...new Set(conditionsOf(rules).map(indexedField))];
}

/** How deep groups nest; a lone condition has depth 0. */
export function depthOf(rules: CollectionRules): number {
  const inner = 'all' in rules ? rules.all : 'any' in rules ? rules.any : null;
  return inner === null ? 0 : 1 + Math.max(...inner.map(depthOf));
}

/**
 * Lower case without regard to context, one character for one, as PostgreSQL's `lower` does it under C.UTF-8: the
 * evaluator and the compiled SQL have to agree.
 */
export function lower(text: string): string {
  return Array.from(text, (character) => (character === 'İ' ? 'i' : character.toLowerCase())).join(
    '',
  );
}

/** Stands for every field that rules may ask about; a new product touches them all. */
export const everyField = '*';
