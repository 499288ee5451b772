import { z } from 'zod';
import { lineDiscount, newLine, pricedLine, saleShipping, saleTotals } from './sales.contract';

const price = z.int().min(0).max(1_000_000_000_000);

const wish = z.object({
  lines: z
    .array(
      z.object({
        lineId: z.uuid(),
        /** Units in all, those that were shipped among them; 0 takes the line out. */
        quantity: z.int().min(0).max(9_999).optional(),
        unitMinor: price.optional(),
        /** Instead of what was taken off before; null takes nothing off. */
        discount: lineDiscount.nullable().optional(),
      }),
    )
    .max(500)
    .default([]),
  add: z.array(newLine).max(100).default([]),
  /** Stays when left out; null is free. */
  shipping: saleShipping.nullable().optional(),
});

export const orderEditPreviewInput = wish.meta({ id: 'OrderEditPreviewInput' });

export const orderEditInput = wish
  .extend({
    /** Of the order when it was looked at. */
    version: z.int().optional(),
    reason: z.string().trim().max(1000).nullable().default(null),
    notify: z.boolean().default(true),
  })
  .meta({ id: 'OrderEditInput' });

/** What the order would cost. */
export const orderEditPreview = z
  .object({
    version: z.int(),
    currency: z.string(),
    beforeMinor: z.int(),
    differenceMinor: z.int(),
    totals: saleTotals,
    lines: z.array(pricedLine),
    /** What would be missing of the money, and what would be too much of it. */
    owedMinor: z.int(),
    overMinor: z.int(),
  })
  .meta({ id: 'OrderEditPreview' });

export const orderEdit = z
  .object({
    id: z.uuid(),
    orderId: z.uuid(),
    revision: z.int(),
    /** Of the order after the edit. */
    version: z.int(),
    currency: z.string(),
    totalMinor: z.int(),
    owedMinor: z.int(),
    overMinor: z.int(),
  })
  .meta({ id: 'OrderEdit' });
