import { z } from 'zod';
import { defineJob } from '@platform/outbox';

/** Asks to bring a store's markets to the rates that were fetched last. */
export const applyFetchedRates = defineJob('catalog.apply-rates', {
  version: 1,
  queue: 'steady',
  payload: z.object({}),
});
