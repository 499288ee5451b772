import { changedFields } from '@platform/audit';
import { AppError, type HtmlWarning, merchantHtml, newId } from '@libs/kernel';
import { Problems, checkDraft, limits } from './check-draft';
import type { CurrentProduct, LevelState, ProductState, VariantState } from './current-product';
import { type MediaPlan, planMedia } from './plan-media';
import { type MetafieldsPlan, planMetafields, sameJson } from './plan-metafields';
import { optionNames, planOptions } from './plan-options';
import { type StockChange, planStock } from './plan-stock';
import { type PlannedVariant, type VariantsPlan, planVariants, valuesOf } from './plan-variants';
import type { DraftProblem, ProductDraft } from './product-draft';

/** What the planning of a batch knows beside the products. */
export interface PlanContext {
  /** The moment of the change, ISO 8601. */
  at: string;
  locationId: string;
  levels: ReadonlyMap<string, readonly LevelState[]>;
  /** Those of the media slice's images that the drafts name and that are there. */
  images: ReadonlySet<string>;
  /** From `<owner> <namespace>.<key>` to the defined type. */
  definitions: ReadonlyMap<string, string>;
}

/** Everything that is to be written for one draft. */
export interface ProductPlan {
  draft: ProductDraft;
  productId: string;
  current: CurrentProduct | null;
  state: ProductState;
  variants: VariantsPlan;
  /** The variants whose own row differs from what is there, new ones included. */
  changedVariants: PlannedVariant[];
  media: MediaPlan;
  metafields: MetafieldsPlan;
  variantMetafields: { variantId: string; plan: MetafieldsPlan }[];
  stock: StockChange[];
  /** What was taken out of the draft's description. */
  warnings: HtmlWarning[];
  /** Whether the product as such changes: all but its stock. */
  changed: boolean;
  problems: DraftProblem[];
}

/** Compares a draft with the product that it meets. Pure: nothing is written, and problems are values. */
export function planProduct(
  draft: ProductDraft,
  current: CurrentProduct | null,
  context: PlanContext,
): ProductPlan {
  const problems = new Problems();
  problems.list.push(...checkDraft(draft));
  if (!current && draft.title === undefined)
    problems.add('title', 'blank', 'A new product needs a title.');
  const names = optionNames(draft, current);
  const media = planMedia(draft, current, context.images, problems);
  const variants = planVariants({ draft, current }, names, media.known, problems);
  const values = variants.variants.map(({ state }) => valuesOf(state));
  const { bodyHtml, warnings } = cleanBody(draft, problems);
  const state = nextState({ ...draft, bodyHtml }, current, context.at);
  state.options = planOptions(draft, current, names, values);
  const plan = {
    draft,
    productId: current?.productId ?? newId(),
    current,
    state,
    warnings,
    variants,
    changedVariants: variants.variants.filter(
      ({ state: next, before }) => !before || !sameVariant(before, next),
    ),
    media,
    ...planAllMetafields(draft, current, { variants, context, problems }),
    stock: planStock(variants.variants, context.levels, context.locationId, problems),
  };
  return { ...plan, changed: changes(plan), problems: problems.list };
}

/** The draft's description as it may stand in a shop's page. */
function cleanBody(
  { bodyHtml }: ProductDraft,
  problems: Problems,
): { bodyHtml: ProductDraft['bodyHtml']; warnings: HtmlWarning[] } {
  if (bodyHtml == null || bodyHtml.length > limits.bodyLength) return { bodyHtml, warnings: [] };
  try {
    const { input, warnings } = merchantHtml({ bodyHtml }, { bodyHtml: limits.bodyLength });
    return { ...input, warnings };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    problems.add('bodyHtml', error.code.replace('html.', ''), error.message);
    return { bodyHtml, warnings: [] };
  }
}

function planAllMetafields(
  draft: ProductDraft,
  current: CurrentProduct | null,
  how: { variants: VariantsPlan; context: PlanContext; problems: Problems },
): Pick<ProductPlan, 'metafields' | 'variantMetafields'> {
  const { problems } = how;
  const definedType = (owner: string) => (namespace: string, key: string) =>
    how.context.definitions.get(`${owner} ${namespace}.${key}`);
  const field = 'metafields';
  const there = current?.metafields ?? [];
  const own = planMetafields(draft.metafields, there, definedType('product'), { field, problems });
  const variantMetafields = how.variants.variants.flatMap((variant) => {
    if (variant.draft?.metafields === undefined) return [];
    const before = variant.before?.metafields ?? [];
    const at = { field: `${variant.field}.metafields`, problems };
    const plan = planMetafields(variant.draft.metafields, before, definedType('variant'), at);
    return [{ variantId: variant.state.variantId, plan }];
  });
  return { metafields: own, variantMetafields };
}

/** Whether a plan changes anything of the product but its stock. */
function changes(plan: Omit<ProductPlan, 'changed' | 'problems'>): boolean {
  const { current, changedVariants, variants, media, metafields, variantMetafields } = plan;
  if (!current || changedVariants.length > 0 || variants.removed.length > 0) return true;
  if (media.inserts.length + media.updates.length + media.deletes.length > 0) return true;
  const all = [metafields, ...variantMetafields.map((one) => one.plan)];
  if (all.some(({ upserts, deletes }) => upserts.length + deletes.length > 0)) return true;
  return Object.keys(stateChanges(current, plan.state).after).length > 0;
}

/** What of a product's own row differs, in both versions. */
export function stateChanges(
  before: ProductState,
  after: ProductState,
): { before: Record<string, unknown>; after: Record<string, unknown> } {
  const moment = (iso: string | null) => (iso === null ? null : new Date(iso).toISOString());
  const own = ({ publishedAt, ...state }: ProductState): ProductState => ({
    handle: state.handle,
    title: state.title,
    bodyHtml: state.bodyHtml,
    vendor: state.vendor,
    productType: state.productType,
    tags: state.tags,
    status: state.status,
    publishedAt: moment(publishedAt),
    giftCard: state.giftCard,
    templateSuffix: state.templateSuffix,
    seoTitle: state.seoTitle,
    seoDescription: state.seoDescription,
    options: state.options.map(({ name, values }) => ({ name, values })),
  });
  return changedFields(own(before), own(after));
}

function nextState(draft: ProductDraft, current: CurrentProduct | null, at: string): ProductState {
  const old = current ?? blank;
  return {
    handle: draft.handle,
    title: draft.title?.trim() ?? old.title,
    bodyHtml: said(draft.bodyHtml, old.bodyHtml) ?? '',
    vendor: said(draft.vendor, old.vendor) ?? '',
    productType: said(draft.productType, old.productType) ?? '',
    tags: draft.tags ? [...new Set(draft.tags.map((tag) => tag.trim()))] : old.tags,
    status: draft.status ?? old.status,
    publishedAt: publishedAt(draft, current, at),
    giftCard: draft.giftCard ?? old.giftCard,
    templateSuffix: said(draft.templateSuffix, old.templateSuffix) || null,
    seoTitle: said(draft.seoTitle, old.seoTitle) || null,
    seoDescription: said(draft.seoDescription, old.seoDescription) || null,
    options: [],
  };
}

const blank: Omit<ProductState, 'handle'> = {
  title: '',
  bodyHtml: '',
  vendor: '',
  productType: '',
  tags: [],
  status: 'active',
  publishedAt: null,
  giftCard: false,
  templateSuffix: null,
  seoTitle: null,
  seoDescription: null,
  options: [],
};

function said<T>(wanted: T | null | undefined, before: T | null): T | null {
  return wanted === undefined ? before : wanted;
}

function publishedAt(
  draft: ProductDraft,
  current: CurrentProduct | null,
  at: string,
): string | null {
  if (draft.publishedAt !== undefined) return draft.publishedAt;
  const before = current ? current.publishedAt : null;
  const published = draft.published ?? (current ? before !== null : true);
  return published ? (before ?? at) : null;
}

/** What a variant's row holds beside its ids; the price per unit is an object and compared apart. */
export const variantColumns = [
  'position',
  'option1',
  'option2',
  'option3',
  'sku',
  'barcode',
  'priceMinor',
  'compareAtMinor',
  'costMinor',
  'grams',
  'weightUnit',
  'taxable',
  'taxCode',
  'requiresShipping',
  'mediaId',
  'tracked',
  'policy',
] as const satisfies readonly (keyof VariantState)[];

function sameVariant(before: VariantState, after: VariantState): boolean {
  return (
    variantColumns.every((column) => before[column] === after[column]) &&
    sameJson(before.unitPrice, after.unitPrice)
  );
}
