import { z } from 'zod';

const textOperator = z.enum([
  'equals',
  'not_equals',
  'starts_with',
  'ends_with',
  'contains',
  'not_contains',
]);
const numberOperator = z.enum(['equals', 'not_equals', 'greater_than', 'less_than']);

const textCondition = z.object({
  field: z.enum(['title', 'type', 'vendor', 'tag', 'variant_title']),
  operator: textOperator,
  value: z.string().min(1).max(255),
});

/** Prices are in minor units, weights in grams; the inventory is what is available over all variants. */
const numberCondition = z.object({
  field: z.enum(['price', 'compare_at', 'weight', 'inventory']),
  operator: numberOperator,
  value: z.number().min(-1e12).max(1e12),
});

const presenceCondition = z.object({
  field: z.literal('compare_at'),
  operator: z.enum(['is_set', 'is_not_set']),
});

const metafieldName = { namespace: z.string().min(1).max(64), key: z.string().min(1).max(64) };

const metafieldTextCondition = z.object({
  field: z.literal('metafield'),
  ...metafieldName,
  operator: textOperator,
  value: z.string().min(1).max(255),
});

const metafieldNumberCondition = z.object({
  field: z.literal('metafield'),
  ...metafieldName,
  operator: numberOperator,
  value: z.number(),
});

const metafieldPresenceCondition = z.object({
  field: z.literal('metafield'),
  ...metafieldName,
  operator: z.enum(['is_set', 'is_not_set']),
});

const metafieldFlagCondition = z.object({
  field: z.literal('metafield'),
  ...metafieldName,
  operator: z.enum(['equals', 'not_equals']),
  value: z.boolean(),
});

export const collectionCondition = z
  .union([
    textCondition,
    numberCondition,
    presenceCondition,
    metafieldTextCondition,
    metafieldNumberCondition,
    metafieldFlagCondition,
    metafieldPresenceCondition,
  ])
  .meta({ id: 'CollectionCondition' });

/** One question about a product. */
export type CollectionCondition = z.output<typeof collectionCondition>;

/** A question, or several of which all or any must hold; groups nest. */
export type CollectionRules =
  CollectionCondition | { all: CollectionRules[] } | { any: CollectionRules[] };

const rulesNode: z.ZodType<CollectionRules> = z.lazy(() =>
  z.union([
    z.object({ all: z.array(rulesNode).min(1).max(60) }),
    z.object({ any: z.array(rulesNode).min(1).max(60) }),
    collectionCondition,
  ]),
);

export const collectionRules = rulesNode.meta({ id: 'CollectionRules' });
