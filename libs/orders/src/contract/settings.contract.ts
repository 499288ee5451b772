import { z } from 'zod';

const settings = {
  cancelUnpaid: z.boolean(),
  holdDisputed: z.boolean(),
};

/** Each thing that can have paid, in the order that counts where a store chose none: the kernel's `refundOrder`. */
const refundOrder = ['provider', 'store_credit', 'gift_card'] as const;
const tenders = z.array(z.enum(refundOrder));

export const orderSettingsInput = z.strictObject({
  ...settings,
  refundTenders: tenders
    .refine(
      (order) => order.length === refundOrder.length && new Set(order).size === order.length,
      `names each of ${refundOrder.join(', ')} once`,
    )
    .default([...refundOrder]),
});

export const orderSettings = z
  .object({ ...settings, refundTenders: tenders })
  .meta({ id: 'OrderSettings' });
