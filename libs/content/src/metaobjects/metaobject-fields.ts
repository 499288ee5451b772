import { isMetafieldType, readMetafield } from '@libs/kernel';
import { contentErrors } from '../content.errors';
import type { MetaobjectField } from '../contract/metaobjects.contract';

/**
 * Checks the fields of a kind: each key once, each of a type that there is.
 * @param before the fields that the kind had; one that stays keeps its type, since values were written by it
 * @throws content.field-twice, content.unknown-field-type, content.field-type-fixed, content.unknown-field
 */
export function checkDefinition(
  fields: readonly MetaobjectField[],
  displayField: string | null,
  before: readonly MetaobjectField[] = [],
): void {
  const seen = new Set<string>();
  fields.forEach(({ key, type }, index) => {
    const at = `fields.${index}`;
    if (seen.has(key)) throw contentErrors.error('field-twice', { key }, { field: `${at}.key` });
    seen.add(key);
    if (!isMetafieldType(type))
      throw contentErrors.error('unknown-field-type', { type }, { field: `${at}.type` });
    const old = before.find((field) => field.key === key);
    if (old && old.type !== type) {
      const was = old.type;
      throw contentErrors.error('field-type-fixed', { key, was }, { field: `${at}.type` });
    }
  });
  if (displayField !== null && !seen.has(displayField))
    throw contentErrors.error('unknown-field', { key: displayField }, { field: 'displayField' });
}

/**
 * Reads the values of a record by its kind's fields.
 * @param given values by key; null and nothing are the same
 * @throws content.unknown-field, content.field-missing, content.bad-field-value, each naming the field
 */
export function readFields(
  fields: readonly MetaobjectField[],
  given: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const known = new Map(fields.map((field) => [field.key, field]));
  for (const key of Object.keys(given)) {
    if (!known.has(key)) throw contentErrors.error('unknown-field', { key }, at(key));
  }
  return Object.fromEntries(
    fields.flatMap(({ key, type, required }) => {
      const value = Object.hasOwn(given, key) ? (given[key] ?? null) : null;
      if (value === null || value === '') {
        if (required) throw contentErrors.error('field-missing', { key }, at(key));
        return [];
      }
      const read = readMetafield(type, value, false);
      if (read === undefined) throw contentErrors.error('bad-field-value', { key, type }, at(key));
      return [[key, read]];
    }),
  );
}

function at(key: string): { field: string } {
  return { field: `fields.${key}` };
}
