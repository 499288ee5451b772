import { z } from 'zod';

const amount = z.int().min(0).max(Number.MAX_SAFE_INTEGER);
const country = z.string().regex(/^[A-Z]{2}$/, 'is a country code such as DE');
const keys = z.record(z.string().max(60), z.string().min(1).max(500));

export const paymentProvider = z.enum(['manual', 'cash_on_delivery', 'test', 'stripe', 'paypal']);

const fields = {
  /** What shoppers read. */
  title: z.string().min(1).max(120),
  description: z.string().max(500),
  /** With test keys: no real money moves, and shoppers see that. */
  testMode: z.boolean(),
  enabled: z.boolean(),
  /** Lowest first. */
  position: z.int().min(0).max(1000),
  /** Where goods must go for it to be offered; null for everywhere. */
  countries: z.array(country).max(250).nullable(),
  /** Minor units of the store's currency. */
  minMinor: amount.nullable(),
  maxMinor: amount.nullable(),
  /** What paying this way costs the shopper. */
  feeMinor: amount,
  /** When money moves: at once, or when the order exists. */
  capture: z.enum(['now', 'later']),
  /** What the shopper is told to do, by bank transfer for example. */
  instructions: z.string().max(2000),
  /** Values by their names; an answer never holds a secret one. A key that is left out stays. */
  keys,
};

export const paymentAccountInput = z
  .object({ provider: paymentProvider, ...z.object(fields).partial().shape })
  .meta({ id: 'PaymentAccountInput' });

export const paymentAccountPatch = z
  .object({ ...z.object(fields).partial().shape, version: z.int().optional() })
  .meta({ id: 'PaymentAccountPatch' });

const keyState = z.object({
  name: z.string(),
  title: z.string(),
  secret: z.boolean(),
  required: z.boolean(),
  isSet: z.boolean(),
  /** Of one that is no secret. */
  value: z.string().nullable(),
});

export const paymentAccount = z
  .object({
    id: z.uuid(),
    provider: paymentProvider,
    ...z.object(fields).omit({ keys: true }).shape,
    keys: z.array(keyState),
    /** Since when the provider has refused the keys: checkouts do not offer the account until it takes them. */
    keysRefusedAt: z.iso.datetime().nullable(),
    /** To be given to the provider, which sends its news there; null when it sends none. */
    webhookUrl: z.string().nullable(),
    version: z.int(),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'PaymentAccount' });

export const paymentAccountList = z
  .object({ items: z.array(paymentAccount), nextCursor: z.string().nullable() })
  .meta({ id: 'PaymentAccountList' });

export type PaymentAccountView = z.infer<typeof paymentAccount>;
export type PaymentAccountInput = z.infer<typeof paymentAccountInput>;
export type PaymentAccountPatch = z.infer<typeof paymentAccountPatch>;
