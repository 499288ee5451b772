import { newId } from '@libs/kernel';
import type { Problems } from './check-draft';
import { limits } from './check-draft';
import type { CurrentProduct, VariantState } from './current-product';
import { checkCombinations } from './plan-options';
import type { ProductDraft, VariantDraft } from './product-draft';

type CurrentVariant = CurrentProduct['variants'][number];

/** A variant as it shall be, beside what it was and what asked for it. */
export interface PlannedVariant {
  state: VariantState;
  before: CurrentVariant | null;
  draft: VariantDraft | null;
  /** Where the draft speaks of it, such as `variants.3`. */
  field: string;
}

/** What happens to a product's variants: all that stay or come, in their order, and those that go. */
export interface VariantsPlan {
  variants: PlannedVariant[];
  removed: CurrentVariant[];
}

/**
 * Compares the variants that a product has with those it shall have.
 * @param names the product's options
 * @param pictures from a picture's source or id to its row
 */
export function planVariants(
  { draft, current }: { draft: ProductDraft; current: CurrentProduct | null },
  names: readonly string[],
  pictures: ReadonlyMap<string, string>,
  problems: Problems,
): VariantsPlan {
  const before = current?.variants ?? [];
  const wanted = wantedVariants(draft, before, names);
  if (wanted === null) {
    const message = 'The options changed: say the variants and their values, too.';
    problems.add('variants', 'variants-needed', message);
    return { variants: [], removed: [] };
  }
  const entries = matchVariants(wanted, before, problems);
  const kept = new Set(entries.map(({ known }) => known));
  const others = before.filter((variant) => !kept.has(variant));
  const ordered = draft.keepOtherVariants ? inOldOrder(entries, before) : entries;
  const planned = ordered.map(({ known, variant, field }, index): PlannedVariant => {
    const position = index + 1;
    if (variant === null)
      return { state: { ...known, position }, before: known, draft: null, field };
    const state = nextVariant(known, variant, { position, pictures });
    return { state, before: known, draft: draft.variants === undefined ? null : variant, field };
  });
  if (planned.length > limits.variants) {
    const message = `There are ${planned.length} variants; at most ${limits.variants} are possible.`;
    problems.add('variants', 'too-many', message);
  } else if (draft.variants !== undefined || current === null) {
    const rows = planned.map(({ field, state }) => ({ field, values: valuesOf(state) }));
    checkCombinations(problems, names, rows);
  }
  return { variants: planned, removed: draft.keepOtherVariants ? [] : others };
}

/** A variant that is there, one that is asked for, or both. */
type Entry = { field: string } & (
  { known: CurrentVariant; variant: null } | { known: CurrentVariant | null; variant: VariantDraft }
);

function matchVariants(
  wanted: readonly VariantDraft[],
  before: readonly CurrentVariant[],
  problems: Problems,
): Entry[] {
  const find = finder(before);
  return wanted.map((variant, index) => {
    const field = `variants.${index}`;
    const known = find(variant);
    if (variant.variantId !== undefined && !known)
      problems.add(`${field}.variantId`, 'variant-missing', 'The product has no such variant.');
    return { known, variant, field };
  });
}

/** Those that are there keep their places, new ones follow. */
function inOldOrder(entries: readonly Entry[], before: readonly CurrentVariant[]): Entry[] {
  const byKnown = new Map(entries.map((entry) => [entry.known, entry]));
  const old = before.map(
    (known): Entry => byKnown.get(known) ?? { known, variant: null, field: 'variants' },
  );
  return [...old, ...entries.filter(({ known }) => known === null)];
}

/** The option values of a variant. */
export function valuesOf({
  option1,
  option2,
  option3,
}: Pick<VariantState, 'option1' | 'option2' | 'option3'>): string[] {
  return [option1, option2, option3].filter((value) => value !== null);
}

/** A variant's title: its values, or Shopify's name for the single default variant. */
export function variantTitle(state: Pick<VariantState, 'option1' | 'option2' | 'option3'>): string {
  return valuesOf(state).join(' / ') || 'Default Title';
}

function wantedVariants(
  draft: ProductDraft,
  before: readonly CurrentVariant[],
  names: readonly string[],
): readonly VariantDraft[] | null {
  if (draft.variants !== undefined && draft.variants.length > 0) return draft.variants;
  const sameCount = before[0] !== undefined && valuesOf(before[0]).length === names.length;
  if (draft.variants === undefined && sameCount)
    return before.map((variant) => ({ options: valuesOf(variant) }));
  return names.length === 0 ? [{ options: [] }] : null;
}

function finder(before: readonly CurrentVariant[]): (draft: VariantDraft) => CurrentVariant | null {
  const byId = new Map(before.map((variant) => [variant.variantId, variant]));
  const byValues = new Map(before.map((variant) => [JSON.stringify(valuesOf(variant)), variant]));
  return ({ variantId, options }) =>
    (variantId === undefined ? byValues.get(JSON.stringify(options)) : byId.get(variantId)) ?? null;
}

const fresh = {
  sku: null,
  barcode: null,
  priceMinor: 0,
  compareAtMinor: null,
  costMinor: null,
  grams: 0,
  weightUnit: 'kg',
  taxable: true,
  taxCode: null,
  requiresShipping: true,
  unitPrice: null,
  mediaId: null,
  tracked: false,
  policy: 'deny',
} as const satisfies Partial<VariantState>;

function nextVariant(
  known: CurrentVariant | null,
  draft: VariantDraft,
  { position, pictures }: { position: number; pictures: ReadonlyMap<string, string> },
): VariantState {
  const old: Omit<VariantState, 'variantId' | 'itemId'> = known ?? {
    ...fresh,
    position,
    option1: null,
    option2: null,
    option3: null,
  };
  const [option1 = null, option2 = null, option3 = null] = draft.options;
  const variantId = known?.variantId ?? newId();
  return {
    variantId,
    itemId: variantId,
    position,
    option1,
    option2,
    option3,
    sku: said(draft.sku, old.sku),
    barcode: said(draft.barcode, old.barcode),
    priceMinor: draft.priceMinor ?? old.priceMinor,
    compareAtMinor: said(draft.compareAtMinor, old.compareAtMinor),
    costMinor: said(draft.costMinor, old.costMinor),
    grams: draft.grams ?? old.grams,
    weightUnit: draft.weightUnit === null ? fresh.weightUnit : (draft.weightUnit ?? old.weightUnit),
    taxable: draft.taxable ?? old.taxable,
    taxCode: said(draft.taxCode, old.taxCode),
    requiresShipping: draft.requiresShipping ?? old.requiresShipping,
    unitPrice: said(draft.unitPrice, old.unitPrice),
    mediaId:
      draft.imageSrc == null
        ? said(draft.imageSrc, old.mediaId)
        : (pictures.get(draft.imageSrc) ?? null),
    tracked: draft.inventory?.tracked ?? old.tracked,
    policy: draft.inventory?.policy ?? old.policy,
  };
}

/** What a draft says, or what was there when it says nothing; an empty text clears like null. */
function said<T>(wanted: T | null | undefined, before: T | null): T | null {
  if (wanted === undefined) return before;
  return wanted === '' ? null : wanted;
}
