import { z } from 'zod';
import { defineJob } from '@platform/outbox';

/** Asks to bring the ledger of everything that discounts mean up to date: when they changed, begin or end. */
export const noteDiscounts = defineJob('catalog.note-discounts', {
  version: 1,
  queue: 'steady',
  payload: z.object({}),
});
