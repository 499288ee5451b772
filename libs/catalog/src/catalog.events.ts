import { z } from 'zod';
import { defineEvent, tag } from '@platform/outbox';

const ids = z.array(z.uuid());

/** Products came to be, changed or went; the collections are those that show one of them, or showed it before. */
export const ProductsChanged = defineEvent('catalog.products-changed', {
  version: 1,
  payload: z.object({
    productIds: ids,
    collectionIds: ids,
    /** Those of the products that came to be, and those that went. */
    createdIds: ids.default([]),
    deletedIds: ids.default([]),
  }),
  makesStale: ({ productIds, collectionIds }) => [
    tag('products'),
    ...productIds.map((id) => tag('product', id)),
    ...collectionIds.map((id) => tag('collection', id)),
  ],
});

/** A collection came to be, changed its words, rules or members, or went. */
export const CollectionChanged = defineEvent('catalog.collection-changed', {
  version: 1,
  payload: z.object({
    collectionId: z.uuid(),
    change: z.enum(['created', 'updated', 'deleted']).default('updated'),
  }),
  makesStale: ({ collectionId }) => [tag('collections'), tag('collection', collectionId)],
});

/** A market was opened or changed, or its rate did: every price may be shown as another. */
export const MarketsChanged = defineEvent('catalog.markets-changed', {
  version: 1,
  payload: z.object({}),
  makesStale: () => [tag('products')],
});

/** A discount or the clock changed what products cost, without a change to the products themselves. */
export const PricesChanged = defineEvent('catalog.prices-changed', {
  version: 1,
  payload: z.object({ productIds: ids, collectionIds: ids }),
  makesStale: ({ productIds, collectionIds }) => [
    tag('products'),
    ...productIds.map((id) => tag('product', id)),
    ...collectionIds.map((id) => tag('collection', id)),
  ],
});

/**
 * Stock moved. Pages print whether there is some, never how much: only items that came to be available, or ceased to
 * be, make a page stale.
 */
export const StockChanged = defineEvent('catalog.stock-changed', {
  version: 1,
  payload: z.object({
    itemIds: ids,
    /** Products of which an item crossed zero, and the collections that show them. */
    crossedZero: z.object({ productIds: ids, collectionIds: ids }),
  }),
  makesStale: ({ crossedZero: { productIds, collectionIds } }) => [
    ...productIds.map((id) => tag('product', id)),
    ...collectionIds.map((id) => tag('collection', id)),
  ],
});
