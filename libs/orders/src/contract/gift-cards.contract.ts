import { z } from 'zod';
import { minor, text, when } from './parts';

/** A day where the store is. */
const day = z.iso.date();

export const giftRecipient = z
  .object({
    /** Null once it was erased who it was. */
    email: z.string().nullable(),
    name: z.string().nullable(),
    message: z.string().nullable(),
    /** Null for as soon as it is paid. */
    sendOn: day.nullable(),
  })
  .meta({ id: 'GiftRecipient' });

export const giftRecipientPatch = z
  .object({
    email: z.email().max(254),
    name: text(255).nullable(),
    message: text(200).nullable(),
    sendOn: day.nullable(),
  })
  .partial()
  .meta({ id: 'GiftRecipientPatch' });

export const giftCardLine = z
  .object({
    /** The order line's. */
    id: z.uuid(),
    title: z.string(),
    /** What one card is worth. */
    amountMinor: minor,
    currency: z.string(),
    recipient: giftRecipient.nullable(),
    /** Those that were issued. */
    cards: z.array(
      z.object({
        id: z.uuid(),
        lastCharacters: z.string(),
        /** When the recipient is mailed the code; null when the buyer got it. */
        dueAt: when.nullable(),
        sentAt: when.nullable(),
        withdrawnAt: when.nullable(),
      }),
    ),
  })
  .meta({ id: 'OrderGiftCardLine' });

export const giftCardLineList = z
  .object({ items: z.array(giftCardLine), nextCursor: z.string().nullable() })
  .meta({ id: 'OrderGiftCardLineList' });
