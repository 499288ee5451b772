import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { orderDetail, orderReturn, parcel, refund } from '@contract/orders';
import {
  OrderCancelled,
  OrderEdited,
  OrderPaid,
  OrderPlaced,
  Orders,
  ParcelShipped,
  RefundRecorded,
  afterSales,
} from '@libs/orders';
import type { StoreReader } from '@platform/database';
import { type EventHandler, HandlesEvent, type JobContext } from '@platform/outbox';
import type { WebhookTopicName } from '../../contract';
import { WebhookRecorder } from '../../webhooks/webhook-recorder.service';
import { shaped } from './shaped';

type OrderEvent = Parameters<EventHandler<typeof OrderPaid>['handle']>[0];

/** Tells of orders and what becomes of them. */
@Injectable()
export class OrderTeller {
  constructor(
    @Inject(WebhookRecorder) private readonly recorder: WebhookRecorder,
    @Inject(Orders) private readonly orders: Orders,
  ) {}

  /** Tells of an order as it is now. */
  order(topic: WebhookTopicName, { orderId }: OrderEvent, context: JobContext): Promise<void> {
    return this.recorder.react(context, [topic], async (store) => {
      const payload = shaped(orderDetail, await this.orders.answer(store, orderId));
      return [{ topic, resourceId: orderId, payload }];
    });
  }

  /** Tells of one thing within an order; of nothing when it is not there. */
  part(
    topic: WebhookTopicName,
    { orderId, id, shape, of }: Part,
    context: JobContext,
  ): Promise<void> {
    return this.recorder.react(context, [topic], async (store: StoreReader) => {
      const order = await this.orders.answer(store, orderId);
      const found = order[of].find((one) => one.id === id);
      if (!found) return [];
      return [{ topic, resourceId: id, payload: { orderId, ...shaped(shape, found) } }];
    });
  }
}

interface Part {
  orderId: string;
  id: string;
  of: 'parcels' | 'refunds' | 'returns';
  shape: z.ZodObject;
}

/** orders/create */
@Injectable()
@HandlesEvent(OrderPlaced)
export class TellOrderPlaced implements EventHandler<typeof OrderPlaced> {
  constructor(@Inject(OrderTeller) private readonly teller: OrderTeller) {}

  handle(event: z.output<typeof OrderPlaced.payload>, context: JobContext): Promise<void> {
    return this.teller.order('orders/create', event, context);
  }
}

/** orders/paid */
@Injectable()
@HandlesEvent(OrderPaid)
export class TellOrderPaid implements EventHandler<typeof OrderPaid> {
  constructor(@Inject(OrderTeller) private readonly teller: OrderTeller) {}

  handle(event: z.output<typeof OrderPaid.payload>, context: JobContext): Promise<void> {
    return this.teller.order('orders/paid', event, context);
  }
}

/** orders/cancelled */
@Injectable()
@HandlesEvent(OrderCancelled)
export class TellOrderCancelled implements EventHandler<typeof OrderCancelled> {
  constructor(@Inject(OrderTeller) private readonly teller: OrderTeller) {}

  handle(event: z.output<typeof OrderCancelled.payload>, context: JobContext): Promise<void> {
    return this.teller.order('orders/cancelled', event, context);
  }
}

/** orders/edited */
@Injectable()
@HandlesEvent(OrderEdited)
export class TellOrderEdited implements EventHandler<typeof OrderEdited> {
  constructor(@Inject(OrderTeller) private readonly teller: OrderTeller) {}

  handle(event: z.output<typeof OrderEdited.payload>, context: JobContext): Promise<void> {
    return this.teller.order('orders/edited', event, context);
  }
}

/** fulfillments/create */
@Injectable()
@HandlesEvent(ParcelShipped)
export class TellParcelShipped implements EventHandler<typeof ParcelShipped> {
  constructor(@Inject(OrderTeller) private readonly teller: OrderTeller) {}

  handle(
    { orderId, fulfilmentId: id }: z.output<typeof ParcelShipped.payload>,
    context: JobContext,
  ): Promise<void> {
    const part: Part = { orderId, id, of: 'parcels', shape: parcel };
    return this.teller.part('fulfillments/create', part, context);
  }
}

/** refunds/create */
@Injectable()
@HandlesEvent(RefundRecorded)
export class TellRefundRecorded implements EventHandler<typeof RefundRecorded> {
  constructor(@Inject(OrderTeller) private readonly teller: OrderTeller) {}

  handle(
    { orderId, refundId: id }: z.output<typeof RefundRecorded.payload>,
    context: JobContext,
  ): Promise<void> {
    const part: Part = { orderId, id, of: 'refunds', shape: refund };
    return this.teller.part('refunds/create', part, context);
  }
}

const { ReturnChanged } = afterSales;

const returnTopics = {
  requested: 'returns/request',
  approved: 'returns/approve',
  declined: 'returns/decline',
  received: 'returns/receive',
  refunded: 'returns/refund',
  exchanged: 'returns/exchange',
  closed: 'returns/close',
} as const;

/** returns/request and what follows. */
@Injectable()
@HandlesEvent(ReturnChanged)
export class TellReturnChanged implements EventHandler<typeof ReturnChanged> {
  constructor(@Inject(OrderTeller) private readonly teller: OrderTeller) {}

  handle(
    { orderId, returnId: id, state }: z.output<typeof ReturnChanged.payload>,
    context: JobContext,
  ): Promise<void> {
    const part: Part = { orderId, id, of: 'returns', shape: orderReturn };
    return this.teller.part(returnTopics[state], part, context);
  }
}
