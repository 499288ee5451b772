import { z } from 'zod';

export const giftCardInput = z
  .object({
    /** Minor units. */
    amountMinor: z.int().min(1).max(100_000_000),
    currency: z.string().length(3),
    /** From then on it cannot be used; without it, it never expires. */
    expiresAt: z.iso.datetime().optional(),
  })
  .meta({ id: 'GiftCardInput' });

export const giftCardPatch = z.object({ disabled: z.boolean() }).meta({ id: 'GiftCardPatch' });

const shape = {
  id: z.uuid(),
  lastCharacters: z.string(),
  currency: z.string(),
  /** What can be spent: what a checkout holds is off already. */
  balanceMinor: z.int(),
  expiresAt: z.iso.datetime().nullable(),
  disabled: z.boolean(),
  createdAt: z.iso.datetime(),
};

export const giftCard = z.object(shape).meta({ id: 'GiftCard' });

/** The only answer that tells the code. */
export const issuedGiftCard = z
  .object({ ...shape, code: z.string() })
  .meta({ id: 'IssuedGiftCard' });

export const giftCardList = z
  .object({ items: z.array(giftCard), nextCursor: z.string().nullable() })
  .meta({ id: 'GiftCardList' });

export type GiftCardView = z.infer<typeof giftCard>;
