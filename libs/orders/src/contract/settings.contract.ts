import { z } from 'zod';
import { refundOrder } from '@libs/kernel';

const settings = {
  cancelUnpaid: z.boolean(),
  holdDisputed: z.boolean(),
};

/** Each thing that can have paid. */
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
