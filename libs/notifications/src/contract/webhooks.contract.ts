import { z } from 'zod';

const id = z.uuid();
const when = z.iso.datetime();

/** What can be listened to, in Shopify's words. */
export const webhookTopicName = z.enum([
  'checkouts/create',
  'checkouts/update',
  'checkouts/delete',
  'orders/create',
  'orders/paid',
  'orders/cancelled',
  'orders/edited',
  'fulfillments/create',
  'refunds/create',
  'disputes/create',
  'disputes/update',
  'returns/request',
  'returns/approve',
  'returns/decline',
  'returns/receive',
  'returns/refund',
  'returns/exchange',
  'returns/close',
  'products/create',
  'products/update',
  'products/delete',
  'collections/create',
  'collections/update',
  'collections/delete',
  'inventory_levels/update',
  'customers/create',
  'customers/update',
  'customers/delete',
  'themes/publish',
  'themes/delete',
]);

export const webhookTopic = z
  .object({ topic: webhookTopicName, about: z.string() })
  .meta({ id: 'WebhookTopic' });

export const webhookTopicList = z
  .object({ items: z.array(webhookTopic), nextCursor: z.null() })
  .meta({ id: 'WebhookTopicList' });

/** Somebody who listens, and how it goes. The secret is shown when it is made and never again. */
export const webhook = z
  .object({
    id,
    address: z.string(),
    topics: z.array(z.string()),
    state: z.enum(['active', 'paused']),
    /** Paused by staff, after it failed for three days, or because the receiver answered 410. */
    pauseReason: z.enum(['staff', 'failing', 'gone']).nullable(),
    pausedAt: when.nullable(),
    /** Until when the secret before this one signs as well. */
    previousSecretUntil: when.nullable(),
    /** Attempts in a row that failed. */
    failures: z.int(),
    failingSince: when.nullable(),
    lastSuccessAt: when.nullable(),
    /** Deliveries that wait. */
    pending: z.int(),
    createdAt: when,
    updatedAt: when,
    version: z.int(),
  })
  .meta({ id: 'Webhook' });

export const webhookList = z
  .object({ items: z.array(webhook), nextCursor: z.null() })
  .meta({ id: 'WebhookList' });

export const webhookWithSecret = webhook
  .extend({ secret: z.string() })
  .meta({ id: 'WebhookWithSecret' });

const fields = {
  address: z.url('must be a web address').max(2000),
  topics: z
    .array(webhookTopicName)
    .min(1, 'needs at least one topic')
    .max(50)
    .transform((topics) => [...new Set(topics)]),
};

export const webhookInput = z.object(fields).meta({ id: 'WebhookInput' });

export const webhookPatch = z
  .object({ ...fields, state: z.enum(['active', 'paused']), version: z.int() })
  .partial()
  .meta({ id: 'WebhookPatch' });

export const webhookSecretInput = z
  .object({
    /** For so long the secret before this one signs as well. */
    overlapHours: z.int().min(0).max(168).default(24),
  })
  .meta({ id: 'WebhookSecretInput' });

const deliveryState = z.enum(['pending', 'delivered', 'failed']);

/** One event on its way to one receiver. */
export const webhookDelivery = z
  .object({
    id,
    eventId: id,
    topic: z.string(),
    resourceId: z.string(),
    sequence: z.int(),
    state: deliveryState,
    test: z.boolean(),
    attempts: z.int(),
    replays: z.int(),
    lastStatus: z.int().nullable(),
    lastError: z.string().nullable(),
    triggeredAt: when,
    nextAttemptAt: when.nullable(),
    deliveredAt: when.nullable(),
  })
  .meta({ id: 'WebhookDelivery' });

export const webhookDeliveryList = z
  .object({ items: z.array(webhookDelivery), nextCursor: z.string().nullable() })
  .meta({ id: 'WebhookDeliveryList' });

export const webhookDeliveryFilter = z.object({
  state: deliveryState.optional(),
  topic: z.string().max(100).optional(),
});

export const webhookDeliveryDetail = webhookDelivery
  .extend({
    /** What is sent, byte for byte. */
    payload: z.string(),
    log: z.array(
      z.object({
        attempt: z.int(),
        at: when,
        durationMs: z.int(),
        requestHeaders: z.record(z.string(), z.string()),
        status: z.int().nullable(),
        /** The first 2,000 bytes of the answer. */
        responseExcerpt: z.string().nullable(),
        error: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'WebhookDeliveryDetail' });

/** Which deliveries are sent again: by their order numbers, by time, by state, or all that are kept. */
export const webhookReplayInput = z
  .object({
    fromSequence: z.int().min(1),
    toSequence: z.int().min(1),
    from: when,
    to: when,
    state: z.enum(['delivered', 'failed']),
  })
  .partial()
  .meta({ id: 'WebhookReplayInput' });

export const webhookReplay = z.object({ replayed: z.int() }).meta({ id: 'WebhookReplay' });

export type WebhookTopicName = z.output<typeof webhookTopicName>;
export type WebhookView = z.output<typeof webhook>;
export type WebhookPatch = z.output<typeof webhookPatch>;
export type WebhookReplayInput = z.output<typeof webhookReplayInput>;
