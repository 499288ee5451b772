import { everyField } from '../collections/rule-fields';
import { variantColumns, type ProductPlan } from './plan-product';
import type { VariantState } from './current-product';

/** The columns of a variant that collections ask about. */
const variantFields: Partial<Record<keyof VariantState, string>> = {
  option1: 'variant_title',
  option2: 'variant_title',
  option3: 'variant_title',
  priceMinor: 'price',
  compareAtMinor: 'compare_at',
  grams: 'weight',
  tracked: 'inventory',
};

const allVariantFields = ['variant_title', 'price', 'compare_at', 'weight', 'inventory'];

/** Which fields that collection rules may ask about are changed by a plan. */
export function touchedFields(plan: ProductPlan): Set<string> {
  const { current, state, variants, changedVariants, metafields, stock } = plan;
  if (!current) return new Set([everyField]);
  const touched = new Set<string>();
  if (current.title !== state.title) touched.add('title');
  if (current.productType !== state.productType) touched.add('type');
  if (current.vendor !== state.vendor) touched.add('vendor');
  if (JSON.stringify(current.tags) !== JSON.stringify(state.tags)) touched.add('tag');
  if (variants.removed.length > 0 || changedVariants.some(({ before }) => before === null))
    for (const field of allVariantFields) touched.add(field);
  for (const { before, state: next } of changedVariants) {
    for (const column of variantColumns) {
      const field = variantFields[column];
      if (field !== undefined && before && before[column] !== next[column]) touched.add(field);
    }
  }
  if (stock.some(({ delta }) => delta !== 0)) touched.add('inventory');
  for (const { namespace, key } of [...metafields.upserts, ...metafields.deletes])
    touched.add(`metafield:${namespace}.${key}`);
  return touched;
}
