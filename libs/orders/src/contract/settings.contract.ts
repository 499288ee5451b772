import { z } from 'zod';

const settings = {
  cancelUnpaid: z.boolean(),
  holdDisputed: z.boolean(),
};

const tender = z.enum(['provider', 'store_credit', 'gift_card']);
const tenders = z.array(tender);
const kinds = tender.options;

export const orderSettingsInput = z.strictObject({
  ...settings,
  /** What is given back first; the kernel's order when left out. */
  refundTenders: tenders
    .refine(
      (order) => order.length === kinds.length && new Set(order).size === order.length,
      `names each of ${kinds.join(', ')} once`,
    )
    .optional(),
});

export const orderSettings = z
  .object({ ...settings, refundTenders: tenders })
  .meta({ id: 'OrderSettings' });
