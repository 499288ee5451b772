import { z } from 'zod';
import { minor } from './parts';

const valued = z
  .object({
    /** In the currency. */
    amountMinor: minor,
    /** In the store's: as it was booked when it was ordered, and at today's rate. */
    bookedMinor: minor,
    todayMinor: minor,
  })
  .meta({ id: 'ValuedAmount' });

/** What a store has open in other currencies than its own. */
export const exposureList = z
  .object({
    items: z.array(
      z
        .object({
          currency: z.string(),
          /** How many orders have something open. */
          orders: z.int(),
          /** What the currency is worth today, by market. */
          rates: z.array(
            z.object({
              marketId: z.uuid(),
              rate: z.string(),
              source: z.string(),
              at: z.string(),
            }),
          ),
          /** Held at providers and not taken yet. */
          authorized: valued,
          /** Taken for what is not shipped yet. */
          unshipped: valued,
          /** Taken and not given back, of the last 30 days' orders. */
          refundable: valued,
          /** Wanted of providers and not there yet. */
          refunding: valued,
          /** In the store's currency: gained, or lost below 0, by refunds of the last 30 days. */
          refundResultMinor: minor,
        })
        .meta({ id: 'CurrencyExposure' }),
    ),
    nextCursor: z.null(),
  })
  .meta({ id: 'CurrencyExposureList' });
