import { isMetafieldType, readMetafield } from '@libs/kernel';
import type { Problems } from './check-draft';
import { limits } from './check-draft';
import type { MetafieldState } from './current-product';
import type { MetafieldDraft } from './product-draft';

/** What happens to the metafields of a product or a variant. */
export interface MetafieldsPlan {
  upserts: MetafieldState[];
  deletes: { namespace: string; key: string }[];
}

const nothing: MetafieldsPlan = { upserts: [], deletes: [] };
const nameForm = /^[a-zA-Z0-9_-]{1,64}$/;

/**
 * Compares metafields with those asked for. The type that counts is the one of the definition, else the one there is,
 * else the draft's own.
 * @param definedType the type of the store's definition, or undefined
 */
export function planMetafields(
  drafts: readonly MetafieldDraft[] | undefined,
  current: readonly MetafieldState[],
  definedType: (namespace: string, key: string) => string | undefined,
  { field, problems }: { field: string; problems: Problems },
): MetafieldsPlan {
  if (drafts === undefined || drafts.length === 0) return nothing;
  problems.count(field, drafts, limits.metafields);
  const plan: MetafieldsPlan = { upserts: [], deletes: [] };
  for (const [index, { namespace, key, type, value, fromText }] of drafts.entries()) {
    const at = `${field}.${index}`;
    const before = current.find((known) => known.namespace === namespace && known.key === key);
    if (value === null || value === undefined) {
      if (before) plan.deletes.push({ namespace, key });
      continue;
    }
    const counts = definedType(namespace, key) ?? before?.type ?? type;
    if (!nameForm.test(namespace) || !nameForm.test(key)) {
      const message = 'Namespace and key have 1 to 64 letters, digits, hyphens and underscores.';
      problems.add(at, 'bad-metafield-key', message);
    } else if (!isMetafieldType(counts)) {
      problems.add(`${at}.type`, 'unknown-metafield-type', `There is no type ${counts}.`);
    } else {
      const read = readMetafield(counts, value, fromText ?? false);
      const message = `${namespace}.${key} has the type ${counts}, and this value is not of it.`;
      if (read === undefined) problems.add(`${at}.value`, 'bad-metafield-value', message);
      else if (!before || before.type !== counts || !sameJson(before.value, read))
        plan.upserts.push({ namespace, key, type: counts, value: read });
    }
  }
  return plan;
}

/** Whether two JSON values are the same, whatever the order of their keys: jsonb keeps its own. */
export function sameJson(a: unknown, b: unknown): boolean {
  return canonical(a) === canonical(b);
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
