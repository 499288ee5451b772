import { z } from 'zod';
import { defineJob } from '@platform/outbox';

/** Asks to compute a store's prior prices again: each night, and when what a market asks for changed. */
export const recomputeFacts = defineJob('catalog.recompute-price-facts', {
  version: 1,
  queue: 'heavy',
  payload: z.object({}),
});
