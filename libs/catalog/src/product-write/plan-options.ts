import type { CurrentProduct, ProductOption } from './current-product';
import type { Problems } from './check-draft';
import type { ProductDraft } from './product-draft';

/** The names of the options that a product shall have. */
export function optionNames(draft: ProductDraft, current: CurrentProduct | null): string[] {
  if (draft.options !== undefined) return draft.options.map(({ name }) => name.trim());
  // Variants that say no values mean the single default variant, whatever the product had before.
  if (draft.variants?.every(({ options }) => options.length === 0)) return [];
  return current?.options.map(({ name }) => name) ?? [];
}

/**
 * The options of a product with the values that its variants have. The order is the one that the draft asks for, then
 * the one that was there, then that of the variants.
 * @param values the option values of each variant
 */
export function planOptions(
  draft: ProductDraft,
  current: CurrentProduct | null,
  names: readonly string[],
  values: readonly (readonly (string | null)[])[],
): ProductOption[] {
  return names.map((name, index) => {
    const used = new Set<string>();
    for (const row of values) {
      const value = row[index];
      if (value != null) used.add(value);
    }
    const known =
      draft.options?.[index]?.values ??
      current?.options.find((option) => option.name === name)?.values ??
      [];
    return { name, values: [...new Set([...known.filter((value) => used.has(value)), ...used])] };
  });
}

/** Every variant has a value per option, and no two have the same. */
export function checkCombinations(
  problems: Problems,
  names: readonly string[],
  variants: readonly { field: string; values: readonly string[] }[],
): void {
  const seen = new Set<string>();
  for (const { field, values } of variants) {
    if (values.length !== names.length) {
      const message = `The product has ${names.length} options and the variant ${values.length} values.`;
      problems.add(`${field}.options`, 'option-count', message);
      continue;
    }
    const known = JSON.stringify(values);
    if (seen.has(known)) {
      const title = values.join(' / ') || 'Default Title';
      const message = `There is another variant “${title}”.`;
      problems.add(`${field}.options`, 'duplicate-variant', message);
    }
    seen.add(known);
  }
}
