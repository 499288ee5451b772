import { z } from 'zod';
import { mailingAddress, minor, refundWish, text, units, when } from './parts';
import { refund } from './refund.contract';
import { giftRecipient } from './gift-cards.contract';
import { orderReturn } from './returns.contract';

export { giftCardLine, giftCardLineList, giftRecipientPatch } from './gift-cards.contract';
export { mailingAddress } from './parts';
export { refund } from './refund.contract';
export {
  orderReturn,
  returnInput,
  returnPatch,
  returnReceivedInput,
  returnRefundInput,
} from './returns.contract';
export {
  withdrawal,
  withdrawalList,
  withdrawalMatchInput,
  withdrawalQuery,
  withdrawalRejectionInput,
} from './withdrawals.contract';

const financialStatus = z.enum([
  'pending',
  'authorized',
  'expired',
  'voided',
  'partially_paid',
  'paid',
  'partially_refunded',
  'refunded',
]);
const fulfilmentStatus = z.enum(['unfulfilled', 'partial', 'fulfilled', 'on_hold', 'restocked']);
const returnStatus = z.enum([
  'none',
  'requested',
  'in_progress',
  'inspection_complete',
  'returned',
]);
const orderState = z.enum(['open', 'archived', 'cancelled']);
const riskFilter = z.enum([
  'any',
  'late',
  'countries_differ',
  'many_attempts',
  'disposable_email',
  'reshipper',
  'disputed',
]);
const cancelReason = z.enum(['customer', 'inventory', 'fraud', 'declined', 'other']);

const order = z.object({
  id: z.uuid(),
  number: z.int(),
  name: z.string(),
  test: z.boolean(),
  state: orderState,
  financialStatus,
  fulfilmentStatus,
  returnStatus,
  onHold: z.boolean(),
  captureFailed: z.boolean(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  customerId: z.uuid().nullable(),
  tags: z.array(z.string()),
  risk: z.array(z.string()),
  currency: z.string(),
  totalMinor: minor,
  dueMinor: minor,
  capturedMinor: minor,
  refundedMinor: minor,
  placedAt: when,
  updatedAt: when,
  version: z.int(),
});

/** An order in a list. */
export const orderSummary = order.meta({ id: 'OrderSummary' });

export const orderList = z
  .object({ items: z.array(orderSummary), nextCursor: z.string().nullable() })
  .meta({ id: 'OrderList' });

export const orderQuery = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(50),
  cursor: z.string().max(1000).optional(),
  state: orderState.optional(),
  financialStatus: financialStatus.optional(),
  fulfilmentStatus: fulfilmentStatus.optional(),
  returnStatus: returnStatus.optional(),
  captureFailed: z.enum(['true', 'false']).optional(),
  risk: riskFilter.optional(),
  test: z.enum(['true', 'false']).optional(),
  tag: z.string().max(255).optional(),
  q: z.string().max(255).optional(),
});

const orderLine = z
  .object({
    id: z.uuid(),
    variantId: z.uuid().nullable(),
    productId: z.uuid().nullable(),
    title: z.string(),
    variantTitle: z.string().nullable(),
    sku: z.string().nullable(),
    imageUrl: z.string().nullable(),
    properties: z.array(z.tuple([z.string(), z.string()])),
    /** Whom gift cards are for; null for the buyer, and on lines of anything else. */
    recipient: giftRecipient.nullable(),
    requiresShipping: z.boolean(),
    quantity: z.int(),
    shipped: z.int(),
    removed: z.int(),
    refundedUnits: z.int(),
    restocked: z.int(),
    /** Units that are to be shipped yet. */
    open: z.int(),
    unitMinor: minor,
    subtotalMinor: minor,
    productDiscountMinor: minor,
    orderDiscountMinor: minor,
    totalMinor: minor,
    taxMinor: minor,
    /** Of the total, in the store's currency. */
    baseMinor: minor,
    refundedMinor: minor,
  })
  .meta({ id: 'OrderLine' });

const orderCharge = z
  .object({
    id: z.uuid(),
    kind: z.enum(['shipping', 'fee']),
    title: z.string(),
    priceMinor: minor,
    discountMinor: minor,
    totalMinor: minor,
    taxMinor: minor,
    /** Of the total, in the store's currency. */
    baseMinor: minor,
    refundedMinor: minor,
    promise: z.record(z.string(), z.string()),
  })
  .meta({ id: 'OrderCharge' });

export const parcel = z
  .object({
    id: z.uuid(),
    locationId: z.uuid().nullable(),
    carrier: z.string().nullable(),
    trackingNumber: z.string().nullable(),
    trackingUrl: z.string().nullable(),
    deliveryStatus: z.enum(['label', 'in_transit', 'out_for_delivery', 'delivered', 'failure']),
    notify: z.boolean(),
    shippedAt: when,
    deliveredAt: when.nullable(),
    lines: z.array(z.object({ lineId: z.uuid(), quantity: z.int() })),
  })
  .meta({ id: 'Parcel' });

const timelineEvent = z
  .object({
    id: z.uuid(),
    kind: z.string(),
    at: when,
    actor: z.object({
      kind: z.enum(['staff', 'customer', 'provider', 'system']),
      label: z.string(),
      userId: z.uuid().optional(),
    }),
    data: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'OrderEvent' });

/** An order with everything that happened to it. */
export const orderDetail = order
  .extend({
    locale: z.string(),
    source: z.string().nullable(),
    shippingAddress: mailingAddress.nullable(),
    billingAddress: mailingAddress.nullable(),
    note: z.string().nullable(),
    attributes: z.record(z.string(), z.string()),
    subtotalMinor: minor,
    discountMinor: minor,
    shippingMinor: minor,
    feesMinor: minor,
    taxMinor: minor,
    taxIncluded: z.boolean(),
    /** What is booked in the store's own currency; without a rate where the order is in that. */
    base: z.object({
      currency: z.string(),
      totalMinor: minor,
      taxMinor: minor,
      /** Units of the order's currency for one of the store's, without mark-up. */
      rate: z.string().nullable(),
      markupPpm: z.int().nullable(),
      /** Who set the rate, and since when it counted. */
      source: z.string().nullable(),
      at: z.string().nullable(),
      marketId: z.uuid().nullable(),
    }),
    authorizedMinor: minor,
    cancelReason: cancelReason.nullable(),
    cancelledAt: when.nullable(),
    /** The tax terms and the steps of the calculation: why the amounts are what they are. */
    reasons: z.record(z.string(), z.unknown()),
    lines: z.array(orderLine),
    charges: z.array(orderCharge),
    taxLines: z.array(
      z.object({
        name: z.string(),
        ppm: z.int(),
        jurisdiction: z.string(),
        taxMinor: minor,
        /** In the store's currency. */
        baseTaxMinor: minor,
      }),
    ),
    discounts: z.array(
      z.object({
        title: z.string(),
        code: z.string().nullable(),
        class: z.string(),
        amountMinor: minor,
      }),
    ),
    parcels: z.array(parcel),
    refunds: z.array(refund),
    returns: z.array(orderReturn),
    payments: z.array(
      z.object({
        id: z.uuid(),
        provider: z.string(),
        title: z.string(),
        testMode: z.boolean(),
        state: z.string(),
        authorizedMinor: minor,
        /** Until when that can be captured; null when nothing is, or the provider names no end. */
        authorizationExpiresAt: when.nullable(),
        capturedMinor: minor,
        refundedMinor: minor,
      }),
    ),
    /** What paid for it: payments, gift cards, store credit, and what of each went back or is on its way. */
    tenders: z.array(
      z.object({
        kind: z.enum(['provider', 'gift_card', 'store_credit']),
        id: z.string(),
        paidMinor: minor,
        refundedMinor: minor,
      }),
    ),
    timeline: z.array(timelineEvent),
    /** What is missing of the money, and what was paid beyond what is due. */
    owedMinor: minor,
    overMinor: minor,
    /** How often it was edited. */
    revision: z.int(),
  })
  .meta({ id: 'Order' });

export const orderPatch = z
  .object({
    note: text(5000).nullable().optional(),
    tags: z.array(text(255)).max(250).optional(),
    onHold: z.boolean().optional(),
    archived: z.boolean().optional(),
    version: z.int().optional(),
  })
  .meta({ id: 'OrderPatch' });

export const commentInput = z.object({ text: text(5000).min(1) }).meta({ id: 'OrderCommentInput' });

export const cancelInput = z
  .object({
    reason: cancelReason,
    /** Whether what was captured goes back. */
    refund: z.boolean().default(true),
    /** Whether the units are for sale again. */
    restock: z.boolean().default(true),
    note: text(5000).nullable().optional(),
  })
  .meta({ id: 'OrderCancelInput' });

const tracking = z.object({
  number: text(100).nullable().optional(),
  /** By the number when left out. */
  carrier: text(100).nullable().optional(),
  url: z
    .url({ protocol: /^https?$/ })
    .max(2000)
    .nullable()
    .optional(),
});

export const parcelInput = z
  .object({
    /** All that is to be shipped when left out. */
    lines: z.array(units).min(1).max(500).optional(),
    locationId: z.uuid().nullable().optional(),
    tracking: tracking.optional(),
    notify: z.boolean().default(true),
  })
  .meta({ id: 'ParcelInput' });

export const parcelPatch = z
  .object({ tracking: tracking.optional(), delivered: z.boolean().optional() })
  .meta({ id: 'ParcelPatch' });

export const refundInput = refundWish
  .extend({ reason: text(1000).nullable().optional() })
  .meta({ id: 'RefundInput' });

export const refundProposal = z
  .object({
    totalMinor: minor,
    taxMinor: minor,
    currency: z.string(),
    lines: z.array(
      z.object({
        lineId: z.uuid(),
        quantity: z.int(),
        amountMinor: minor,
        taxMinor: minor,
        /** How many of them will not be shipped any more. */
        unshipped: z.int(),
      }),
    ),
    charges: z.array(z.object({ chargeId: z.uuid(), amountMinor: minor, taxMinor: minor })),
    tenders: z.array(
      z.object({
        kind: z.string(),
        id: z.string(),
        amountMinor: minor,
        to: z.enum(['original', 'store_credit']),
      }),
    ),
  })
  .meta({ id: 'RefundProposal' });

export const moneyInput = z
  .object({
    /** All that there is when left out. */
    amountMinor: minor.min(1).optional(),
  })
  .meta({ id: 'OrderMoneyInput' });

export {
  document,
  documentInput,
  documentList,
  documentQuery,
  documentSettings,
  documentSettingsInput,
  packingSlipQuery,
} from './documents.contract';
export { orderSettings, orderSettingsInput } from './settings.contract';
